import type { Identity, Proof } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { visitorOf } from './origin.ts'
import { demandOf } from './second-factor-demand.ts'
import type { HttpServices } from './services.ts'
import { writeSessionCookie } from './session-cookie.ts'

/**
 * Lets someone in who has proven who they are: every way of signing in ends here. The answer gets the cookie of the new session, which
 * may still wait for a second factor; then it reaches nothing else.
 */
export async function openSession(c: HttpContext, services: HttpServices, proof: Proof): Promise<Identity> {
  const visitor = visitorOf(c, services)
  const tenant = c.get('tenant')
  const demand = await demandOf(services, tenant, proof)
  const { token, identity } = await services.sessions.open(tenant.id, proof, visitor, demand)
  writeSessionCookie(c, token, identity.expiresAt!)
  return identity
}
