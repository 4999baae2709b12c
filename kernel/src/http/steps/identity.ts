import { timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { Failure } from '../../errors.ts'
import type { Access } from '../../access/index.ts'
import { accessOf, type TenantPlugins } from '../../plugins/index.ts'
import { ApiKeys, type Identity } from '../../identity/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { TenantAccesses } from '../../operators/index.ts'
import { bearerToken } from '../bearer-token.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { isGraceOver, judgeGrace, mayOweByNow } from '../end-of-grace.ts'
import { answerWithin } from '../rate-room.ts'
import { isWithinReach, secondFactorNeeded } from '../waiting-session.ts'
import type { HttpServices } from '../services.ts'
import { visitorOf } from '../origin.ts'
import { readSessionCookie } from '../session-cookie.ts'
import { isOutOfView, mayView } from '../viewing.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Finds out who asks, by session cookie, API key or access token, and what they may do. */
export function identityStep(services: HttpServices) {
  return createMiddleware<HttpEnvironment>(async function identity(c, next) {
    const { found: known, plugins, token } = await whoAsks(c, services)
    const isToJudge =
      known && (isGraceOver(known) || (known.lacksFactor && (await mayOweByNow(services, known, plugins))))
    const found = isToJudge ? await judgeGrace(c, services, known, { plugins, token }) : known
    if (!found) throw new Failure('session_missing')
    if (found.waits && !isWithinReach(c, found.waits)) throw secondFactorNeeded(found.waits)
    if (found.viewing && isOutOfView(c)) {
      // Who is refused stands in the log.
      c.set('identity', found)
      throw new Failure('viewing_as')
    }
    if (found.csrf !== undefined && !SAFE.has(c.req.method)) requireCsrf(c, found.csrf)
    if (found.operator) await noteOperator(c, services, found)
    c.set('sessionToken', token)
    c.set('identity', found)
    c.set('plugins', plugins)
    c.set('access', accessOf(found, plugins))
    return found.machine ? answerWithin(c, services, found.machine, next) : next()
  })
}

/** What the one who asks may do by now, and with which plugins; undefined when session or key have ended. For answers that take their time. */
export async function currentState(
  c: HttpContext,
  services: HttpServices,
): Promise<{ readonly access: Access; readonly plugins: TenantPlugins } | undefined> {
  const { found, plugins } = await whoAsks(c, services)
  if (found?.waits || (found && isGraceOver(found))) return undefined
  return found && { access: accessOf(found, plugins), plugins }
}

async function whoAsks(c: HttpContext, services: HttpServices) {
  const tenant = c.get('tenant')
  const key = bearerToken(c.req.header('authorization'))
  const token = key === undefined ? readSessionCookie(c) : undefined
  const [found, plugins] = await Promise.all([
    key === undefined
      ? token === undefined
        ? undefined
        : services.sessions.find(tenant.id, token)
      : findByToken(services, tenant, key),
    services.states.of(tenant),
  ])
  if (!found?.viewing || mayView(found.viewing.viewer, found, plugins)) return { found, plugins, token }
  // Rights have changed meanwhile: who looks has lost some, or whom they look as has gained more.
  const { viewer } = found.viewing
  await services.sessionViews.end(tenant.id, found.sessionId!, {
    ...visitorOf(c, services),
    actor: viewer.actor,
  })
  return { found: viewer, plugins, token }
}

/** A browser sends the cookie by itself, but only our own pages know the token. */
function requireCsrf(c: HttpContext, expected: string): void {
  const given = Buffer.from(c.req.header('x-csrf-token') ?? '')
  const wanted = Buffer.from(expected)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Failure('csrf_invalid')
}

function findByToken(
  { apiKeys, tenantAccesses, oauthTokens }: HttpServices,
  tenant: Tenant,
  token: string,
): Promise<Identity | undefined> {
  if (ApiKeys.tenantOf(token) !== undefined) return apiKeys.find(tenant.id, token)
  if (TenantAccesses.tenantOf(token) !== undefined) return tenantAccesses.find(tenant.id, token)
  return oauthTokens.find(tenant, token)
}

/** The tenant sees in its own audit log whatever an operator asks of it, before anything is answered. */
async function noteOperator(c: HttpContext, services: HttpServices, found: Identity): Promise<void> {
  const { method, path } = c.req
  const origin = { ...visitorOf(c, services), actor: found.actor }
  await services.tenantAccesses.noteUse(found, { method, path }, origin)
}
