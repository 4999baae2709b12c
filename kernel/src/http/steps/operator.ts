import { createHash, timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { Failure } from '../../errors.ts'
import {
  noteInJournal,
  noteOutcome,
  rootOperator,
  type Operator,
  type PlatformPermission,
} from '../../operators/index.ts'
import { bearerToken } from '../bearer-token.ts'
import type { HttpEnvironment } from '../environment.ts'
import type { HttpServices } from '../services.ts'

const READING = new Set(['GET', 'HEAD'])
const LONGEST_PATH = 300

/**
 * Lets operators in, by the token of the configuration or one of their own, and notes in the journal what they set about changing, before it
 * is done. Without a token in the configuration there is no such API.
 */
export function operatorStep({ config, operators, database, log }: HttpServices) {
  return createMiddleware<HttpEnvironment>(async function operator(c, next) {
    const { operatorToken: wanted } = config
    if (wanted === undefined) throw new Failure('not_found')
    const given = bearerToken(c.req.header('authorization')) ?? ''
    const found: Operator | undefined = timingSafeEqual(digest(given), digest(wanted))
      ? rootOperator
      : await operators.find(given)
    if (!found) throw new Failure('operator_token_wrong')
    c.set('operator', found)
    if (READING.has(c.req.method)) return next()
    const { method: action, path } = c.req
    const entry = { action, path: path.slice(0, LONGEST_PATH), requestId: c.get('requestId') }
    const id = await noteInJournal(database, found, entry)
    await next()
    // The change has been made or refused: without its outcome, the entry says that it was begun.
    await noteOutcome(database, id, c.res.status, c.get('journal')).catch((error: unknown) =>
      log.error({ err: error, requestId: entry.requestId }, 'outcome not noted in the journal'),
    )
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
