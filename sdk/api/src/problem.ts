/** One refused value, by JSON Pointer (RFC 6901). */
export interface ProblemError {
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

/** An error answer after RFC 9457. `code` is stable; `detail` is for people and may change. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string
  readonly requestId?: string
  readonly errors?: readonly ProblemError[]
  readonly [extension: string]: unknown
}

/**
 * Thrown by plugin code to refuse something with a reason people can read. Becomes a problem answer with the code
 * `<plugin>.<code>` and status 409, or 422 when it points to a field.
 */
export class PluginProblem extends Error {
  override readonly name = 'PluginProblem'
  readonly code: string
  readonly pointer: string | undefined
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    detail: string,
    options: { pointer?: string; data?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(detail)
    this.code = code
    this.pointer = options.pointer
    this.data = options.data ?? {}
  }
}
