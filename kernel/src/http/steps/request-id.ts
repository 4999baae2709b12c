import { randomUUID } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { HttpEnvironment } from '../environment.ts'

/** Gives every request an id that the answer, the log and the audit entries share. */
export const requestId = createMiddleware<HttpEnvironment>(async function requestId(c, next) {
  c.set('requestId', randomUUID())
  await next()
})
