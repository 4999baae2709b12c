import type { Identity, Proof } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { visitorOf } from './origin.ts'
import type { HttpServices } from './services.ts'
import { writeSessionCookie } from './session-cookie.ts'

/** Lets someone in who has proven who they are: every way of signing in ends here. The answer gets the cookie of the new session. */
export async function openSession(c: HttpContext, services: HttpServices, proof: Proof): Promise<Identity> {
  const visitor = visitorOf(c, services)
  const { token, identity } = await services.sessions.open(c.get('tenant').id, proof, visitor)
  writeSessionCookie(c, token)
  return identity
}
