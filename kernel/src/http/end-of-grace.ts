import type { Identity } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { originOf } from './origin.ts'
import { dutyOf } from './second-factor-demand.ts'
import type { HttpServices } from './services.ts'

/** Whether the days of grace have ended while somebody is signed in. What was known of the session says so: no statement is needed. */
export function isGraceOver({ enrolBy, waits, viewing }: Identity): boolean {
  return enrolBy !== undefined && !waits && !viewing && enrolBy.getTime() <= Date.now()
}

/**
 * Judges once more what a member owes whose days of grace have ended: they may have set up a second factor elsewhere, or the workspace
 * may have given more time. Else the session waits until there is one. Needed once for a session, which remembers the answer.
 */
export async function judgeGrace(c: HttpContext, services: HttpServices, found: Identity): Promise<Identity> {
  const { enrolBy: _, ...identity } = found
  const owner = { tenantId: found.tenantId, memberId: found.member!.id }
  const demand = await dutyOf(services, c.get('tenant'), owner, await services.secondFactors.of(owner))
  c.set('identity', found)
  await services.sessions.judgeAgain(found, demand, originOf(c, services))
  return { ...identity, ...demand }
}
