import { ApiProblem } from '@plinth/client'

export { ApiProblem } from '@plinth/client'

/** Any thrown value as a problem, so that error states have one shape to show. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem({
    status: 0,
    code: 'unexpected',
    detail: error instanceof Error ? error.message : String(error),
  })
}
