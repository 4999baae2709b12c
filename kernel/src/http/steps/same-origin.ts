import { createMiddleware } from 'hono/factory'
import { Failure } from '../../errors.ts'
import type { HttpEnvironment } from '../environment.ts'

/** Refuses requests that another site makes a browser send. Guards signing in, where there is no token yet (login CSRF). */
export const sameOrigin = createMiddleware<HttpEnvironment>(async function sameOrigin(c, next) {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const host = c.req.header('host') ?? new URL(c.req.url).host
  const foreignOrigin = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
  if (foreignOrigin || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new Failure('csrf_invalid')
  await next()
})
