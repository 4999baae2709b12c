import { Failure } from '../errors.ts'
import { bearerToken } from './bearer-token.ts'
import type { HttpContext } from './environment.ts'
import { originOf, visitorOf } from './origin.ts'
import type { HttpServices } from './services.ts'
import { readSessionCookie } from './session-cookie.ts'

/** Longest path that is noted. */
const PATH_LENGTH = 300
/** So many ids within a minute that lead nowhere are nobody's mistake. */
const PROBES = 20
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/**
 * Has a refusal noted as a security event where it is one: somebody was not permitted to do something, or came with a key or session that
 * opens nothing here, such as one of another workspace. Who simply has not signed in is none. Nor is an id that leads nowhere: whether it
 * is one of another workspace is not looked up, but who tries one after the other is noted. That a feature is off concerns all alike.
 */
export function noteRefusal(c: HttpContext, services: HttpServices, error: unknown): void {
  if (!(error instanceof Failure) || !c.get('tenant')) return
  const { code, status } = error
  const isWrong = code === 'session_missing' && hasCredential(c)
  const isProbe = code === 'not_found' && c.get('identity') !== undefined && ID.test(c.req.path)
  if (code === 'feature_off') return
  if (status !== 403 && code !== 'credentials_wrong' && !isWrong && !isProbe) return
  const permission = (error.data as { readonly permission?: unknown } | undefined)?.permission
  services.refusals.note(
    {
      tenantId: c.get('tenant').id,
      origin: c.get('identity') ? originOf(c, services) : visitorOf(c, services),
      code: isWrong ? 'credential_wrong' : isProbe ? 'ids_probed' : code,
      permission: typeof permission === 'string' ? permission : undefined,
      method: c.req.method,
      path: c.req.path.slice(0, PATH_LENGTH),
    },
    isProbe ? PROBES : 1,
  )
}

function hasCredential(c: HttpContext): boolean {
  return bearerToken(c.req.header('authorization')) !== undefined || readSessionCookie(c) !== undefined
}
