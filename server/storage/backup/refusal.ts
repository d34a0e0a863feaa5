/** A backup cannot be made or restored; the message says what is wrong and what to do, for the operator. */
export class BackupRefusal extends Error {
  override readonly name = 'BackupRefusal'
  readonly code:
    | 'no_database'
    | 'database_unreachable'
    | 'database_changing'
    | 'not_empty'
    | 'not_a_backup'
    | 'newer_program'
    | 'key_missing'
    | 'damaged'

  constructor(code: BackupRefusal['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
