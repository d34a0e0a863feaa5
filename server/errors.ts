import { problemStatus, type Problem, type ProblemCode } from '../shared/wire/index.ts'

/**
 * The one error of the program that people are told about. `detail` answers what happened, to what, and what to do now;
 * it is English, for logs and other programs: the panel words `code` itself.
 * Throw it for the unexpected and the forbidden; ordinary outcomes are values.
 */
export class RollbookError extends Error {
  readonly code: ProblemCode
  readonly fields: { path: string; message: string }[]

  constructor(
    code: ProblemCode,
    detail: string,
    options: { cause?: unknown; fields?: { path: string; message: string }[] } = {},
  ) {
    super(detail, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'RollbookError'
    this.code = code
    this.fields = options.fields ?? []
  }

  get status(): number {
    return problemStatus[this.code]
  }

  /** RFC 9457 body. The type is a URN: the codes are documented in docs/api.md, not served as pages. */
  toProblem(reference?: string): Problem {
    return {
      type: `urn:rollbook:problem:${this.code}`,
      title: this.code.replaceAll('_', ' '),
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(reference === undefined ? {} : { reference }),
      ...(this.fields.length === 0 ? {} : { errors: this.fields }),
    }
  }
}

/** Another process holds this piece of work by now, ours took too long: what was written stays, nothing more is. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}
