import type { Problem } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import { answer } from './answer.ts'
import { bearerToken } from './bearer-token.ts'
import type { HttpContext } from './environment.ts'

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

/** The answer to a refusal, with the headers every answer has. */
export function problemResponse(c: HttpContext, error: unknown): Response {
  const problem = toProblem(error, c.get('requestId'))
  const { code, retryAfter } = problem
  return answer(c, problem.status, JSON.stringify(problem), {
    'content-type': 'application/problem+json',
    ...(code === 'session_missing' ? { 'www-authenticate': challenge(c) } : {}),
    ...(typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {}),
  })
}

/** How a program would prove who it is, and whether what it came with is worth nothing (RFC 6750, 3). Browsers do not react to it. */
function challenge(c: HttpContext): string {
  const isWrong = bearerToken(c.req.header('authorization')) !== undefined
  return `Bearer realm="Plinth"${isWrong ? ', error="invalid_token"' : ''}`
}
