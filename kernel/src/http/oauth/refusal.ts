import { Failure } from '../../errors.ts'
import { answer } from '../answer.ts'
import type { HttpContext } from '../environment.ts'

/** Codes of RFC 6749, 7009 and 8628, each with its status. */
const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  invalid_scope: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  slow_down: 429,
} as const

export type OAuthErrorCode = keyof typeof STATUS

/** A refusal in the words of OAuth, whose clients understand no others. */
export class OAuthRefusal extends Error {
  readonly code: OAuthErrorCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: OAuthErrorCode, description: string, headers: Readonly<Record<string, string>> = {}) {
    super(description)
    this.code = code
    this.status = STATUS[code]
    this.headers = headers
  }
}

/** Answers in JSON; a refusal in the words of OAuth, whoever refused. */
export async function answerOAuth(c: HttpContext, work: () => Promise<object | void>): Promise<Response> {
  try {
    return json(c, 200, (await work()) ?? undefined)
  } catch (error) {
    const refusal =
      error instanceof Failure && error.status < 500
        ? new OAuthRefusal('invalid_request', error.title)
        : error
    if (!(refusal instanceof OAuthRefusal)) throw error
    const body = { error: refusal.code, error_description: refusal.message }
    const basic = refusal.code === 'invalid_client' && c.req.header('authorization') !== undefined
    return json(c, refusal.status, body, {
      ...refusal.headers,
      ...(basic ? { 'www-authenticate': 'Basic realm="Plinth"' } : {}),
    })
  }
}

function json(c: HttpContext, status: number, body: object | undefined, headers = {}): Response {
  const type = body ? { 'content-type': 'application/json' } : {}
  return answer(c, status, body ? JSON.stringify(body) : null, { ...type, ...headers })
}
