import { createHash, timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { Failure } from '../../errors.ts'
import { noteInJournal, rootOperator, type Operator, type PlatformPermission } from '../../operators/index.ts'
import { bearerToken } from '../bearer-token.ts'
import type { HttpEnvironment } from '../environment.ts'
import type { HttpServices } from '../services.ts'

/**
 * Lets operators in, by the token of the configuration or one of their own, and notes in the journal what they change. Without a token in
 * the configuration there is no such API.
 */
export function operatorStep({ config, operators, database }: HttpServices) {
  return createMiddleware<HttpEnvironment>(async function operator(c, next) {
    const { operatorToken: wanted } = config
    if (wanted === undefined) throw new Failure('not_found')
    const given = bearerToken(c.req.header('authorization')) ?? ''
    const found: Operator | undefined = timingSafeEqual(digest(given), digest(wanted))
      ? rootOperator
      : await operators.find(given)
    if (!found) throw new Failure('operator_token_wrong')
    c.set('operator', found)
    await next()
    if (c.req.method === 'GET' || c.res.status >= 400) return
    const { method: action, path } = c.req
    await noteInJournal(database, found, {
      action,
      path,
      requestId: c.get('requestId'),
      details: c.get('journal') ?? null,
    })
  })
}

/** Refuses operators without the permission. @throws Failure `permission_missing` */
export function operatorMay(permission: PlatformPermission) {
  return createMiddleware<HttpEnvironment>(async function mayOperator(c, next) {
    if (!c.get('operator').can(permission))
      throw new Failure('permission_missing', { extensions: { permission } })
    await next()
  })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
