import { createMiddleware } from 'hono/factory'
import type { HttpEnvironment } from '../environment.ts'

/**
 * What every answer tells the browser not to do. Pages add their content security policy. Headers are set before the answer is made:
 * adding one to a finished answer would make it be copied, body and all.
 */
export const securityHeaders = createMiddleware<HttpEnvironment>(async function securityHeaders(c, next) {
  c.header('x-content-type-options', 'nosniff')
  c.header('x-frame-options', 'DENY')
  c.header('referrer-policy', 'same-origin')
  c.header('cross-origin-opener-policy', 'same-origin')
  c.header('cross-origin-resource-policy', 'same-origin')
  c.header('cache-control', 'no-store')
  if (isHttps(c.req.url, c.req.header('x-forwarded-proto')))
    c.header('strict-transport-security', 'max-age=31536000')
  await next()
})

export function isHttps(url: string, forwarded: string | undefined): boolean {
  return forwarded === 'https' || url.startsWith('https:')
}
