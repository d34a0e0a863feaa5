/** The embedded database cannot be started here; the message says what is wrong and what to do, for the operator. */
export class EmbeddedRefusal extends Error {
  override readonly name = 'EmbeddedRefusal'
  readonly code:
    'unsupported_platform' | 'unreachable_folder' | 'second_owner' | 'foreign_version' | 'start_failed'

  constructor(code: EmbeddedRefusal['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
