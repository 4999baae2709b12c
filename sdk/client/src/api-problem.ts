import type { Problem, ProblemError } from '@plinth/sdk'

/**
 * A refused or failed request. Decide by `code`, which is stable. Codes beyond those of the platform: `network` (nothing answered, also
 * when offline) and `unexpected` (an answer that is no problem document).
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  /** HTTP status, 0 when nothing answered. */
  readonly status: number
  readonly code: string
  /** Refused values by JSON Pointer. */
  readonly errors: readonly ProblemError[]
  /** Names the request in the platform's logs. */
  readonly requestId: string | undefined
  /** The whole problem, e.g. with `tier` or `permission`. */
  readonly problem: Partial<Problem>

  constructor(problem: Partial<Problem> & { readonly status: number; readonly code: string }) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.errors = problem.errors ?? []
    this.requestId = problem.requestId
    this.problem = problem
  }

  /** What is wrong with one value, by its JSON Pointer, e.g. `/email`. */
  at(pointer: string): readonly ProblemError[] {
    return this.errors.filter((error) => error.pointer === pointer)
  }

  /** The problem a response states. */
  static async of(response: Response): Promise<ApiProblem> {
    const requestId = response.headers.get('x-request-id') ?? undefined
    const isJson = response.headers.get('content-type')?.includes('json')
    const body = isJson ? ((await response.json().catch(() => ({}))) as Partial<Problem>) : {}
    const known = { ...(requestId && { requestId }), ...body }
    return new ApiProblem({
      title: response.statusText,
      ...known,
      status: response.status,
      code: body.code ?? 'unexpected',
    })
  }
}
