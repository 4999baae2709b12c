import { createMiddleware } from 'hono/factory'
import { commonHeaders, isComplete } from '../answer.ts'
import type { HttpEnvironment } from '../environment.ts'

/** Gives every answer, wherever it was made, the headers all have. What it says itself stays: pages add their content security policy. */
export const securityHeaders = createMiddleware<HttpEnvironment>(async function securityHeaders(c, next) {
  await next()
  if (isComplete(c.res)) return
  const { headers } = c.res
  for (const [name, value] of Object.entries(commonHeaders(c)))
    if (!headers.has(name)) headers.set(name, value)
})
