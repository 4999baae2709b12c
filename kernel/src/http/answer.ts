import type { HttpContext } from './environment.ts'

/** What every answer tells the browser not to do. */
const SECURITY = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

type Headers = Readonly<Record<string, string>>

const complete = new WeakSet<Response>()

/**
 * An answer that has all its headers from the start. As a plain object they go to the client as they are; set one by one they cost more
 * than finding out who asks.
 */
export function answer(c: HttpContext, status: number, body: string | null, headers: Headers): Response {
  const response = new Response(body, { status, headers: { ...commonHeaders(c), ...headers } })
  complete.add(response)
  return response
}

/** Whether nothing is missing in its headers. */
export function isComplete(response: Response): boolean {
  return complete.has(response)
}

/** The headers all answers have. */
export function commonHeaders(c: HttpContext): Headers {
  const headers = { 'x-request-id': c.get('requestId'), ...SECURITY }
  return isHttps(c.req.url, c.req.header('x-forwarded-proto'))
    ? { ...headers, 'strict-transport-security': 'max-age=31536000' }
    : headers
}

export function isHttps(url: string, forwarded: string | undefined): boolean {
  return forwarded === 'https' || url.startsWith('https:')
}
