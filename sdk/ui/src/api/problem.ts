import type { Problem, ProblemError } from '@plinth/sdk'

/**
 * A refused or failed request. Codes beyond those of the server: `network` (nothing answered, also when offline) and
 * `unexpected` (an answer that is no problem document).
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  /** Refused values by JSON Pointer. */
  readonly errors: readonly ProblemError[]
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
}

/** Any thrown value as a problem, so that error states have one shape to show. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({
    status: 0,
    code: 'unexpected',
    detail: error instanceof Error ? error.message : String(error),
  })
}
