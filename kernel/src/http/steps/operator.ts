import { createHash, timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { Failure } from '../../errors.ts'
import { bearerToken } from '../bearer-token.ts'
import type { HttpEnvironment } from '../environment.ts'
import type { HttpServices } from '../services.ts'

/** Lets operators in, by the token of the configuration. Without one there is no such API. */
export function operatorStep({ config }: HttpServices) {
  return createMiddleware<HttpEnvironment>(async function operator(c, next) {
    const { operatorToken: wanted } = config
    if (wanted === undefined) throw new Failure('not_found')
    const given = bearerToken(c.req.header('authorization')) ?? ''
    if (!timingSafeEqual(digest(given), digest(wanted))) throw new Failure('operator_token_wrong')
    await next()
  })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
