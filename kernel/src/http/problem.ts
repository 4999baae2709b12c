import type { Problem } from '@plinth/sdk'
import { Failure } from '../errors.ts'

const TYPE_BASE = 'urn:plinth:problem:'

/** The body of a refusal after RFC 9457. Whatever is not a refusal is `internal`, without a word of what it was. */
export function toProblem(error: unknown, requestId: string): Problem {
  const failure = error instanceof Failure ? error : new Failure('internal')
  return {
    ...failure.data,
    type: `${TYPE_BASE}${failure.code}`,
    title: failure.title,
    status: failure.status,
    code: failure.code,
    ...(failure.publicDetail === undefined ? {} : { detail: failure.publicDetail }),
    ...(failure.errors.length > 0 ? { errors: failure.errors } : {}),
    requestId,
  }
}

export function problemResponse(error: unknown, requestId: string): Response {
  const problem = toProblem(error, requestId)
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json' },
  })
}
