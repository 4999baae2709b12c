import { holdsEverything } from '../access/index.ts'
import type { Identity } from '../identity/index.ts'
import { accessOf, type TenantPlugins } from '../plugins/index.ts'
import type { HttpContext } from './environment.ts'
import { originOf } from './origin.ts'
import { isRecent } from './require-recent.ts'
import { dutyOf } from './second-factor-demand.ts'
import type { HttpServices } from './services.ts'
import { clearSessionCookie } from './session-cookie.ts'

/** Of whom it is known that they owe nothing, with the rights they had then. */
const settled = new WeakMap<Identity, ReturnType<typeof accessOf>>()

/** Whether the days of grace have ended while somebody is signed in. What was known of the session says so: no statement is needed. */
export function isGraceOver({ enrolBy, waits, viewing }: Identity): boolean {
  return enrolBy !== undefined && !waits && !viewing && enrolBy.getTime() <= Date.now()
}

/**
 * Whether somebody who lacks a second factor, and owed none when they signed in, may owe one by now: they have become an administrator, or the workspace
 * asks everyone. Found out once for what is known of a session and may be done in it.
 */
export async function mayOweByNow(
  services: HttpServices,
  found: Identity,
  plugins: TenantPlugins,
): Promise<boolean> {
  if (found.enrolBy || found.waits || found.viewing) return false
  const access = accessOf(found, plugins)
  if (settled.get(found) === access) return false
  if (holdsEverything(access)) return true
  if ((await services.policies.of(found.tenantId)).secondFactor.required === 'everyone') return true
  settled.set(found, access)
  return false
}

/**
 * Judges once more what a member owes who is signed in: their days of grace begin, or have ended. They may have set up a second factor
 * elsewhere, or the workspace may have given more time. Else the session waits until there is one. It ends where nobody has proven lately
 * who is there: whoever finds a browser that was left open must not set up a second factor of theirs. Needed once for a session, which
 * remembers the answer.
 *
 * @returns undefined when the session has ended
 */
export async function judgeGrace(
  c: HttpContext,
  services: HttpServices,
  found: Identity,
  { plugins, token }: { readonly plugins: TenantPlugins; readonly token: string | undefined },
): Promise<Identity | undefined> {
  const { enrolBy: before, ...identity } = found
  const owner = { tenantId: found.tenantId, memberId: found.member!.id }
  const demand = await dutyOf(services, c.get('tenant'), owner, await services.secondFactors.of(owner))
  if (!before && !demand.waits && !demand.enrolBy) {
    settled.set(found, accessOf(found, plugins))
    return found
  }
  c.set('identity', found)
  if (demand.waits && token !== undefined && !(await isRecent(services, found))) {
    await services.sessions.end(found.tenantId, token, originOf(c, services))
    clearSessionCookie(c)
    return undefined
  }
  await services.sessions.judgeAgain(found, demand, originOf(c, services))
  return { ...identity, ...demand }
}
