import { Failure } from '../errors.ts'
import type { Demand, Identity, Proof } from '../identity/index.ts'
import type { HttpContext } from './environment.ts'
import { cameByMail, offersMailCodes } from './mail-code-rules.ts'
import { visitorOf } from './origin.ts'
import { demandOf } from './second-factor-demand.ts'
import type { HttpServices } from './services.ts'
import { writeSessionCookie } from './session-cookie.ts'
import { refuseSignIn, weighSignIn, type WeighedSignIn } from './weigh-sign-in.ts'

/**
 * Lets someone in who has proven who they are: every way of signing in ends here. The answer gets the cookie of the new session, which
 * may still wait for a second factor; then it reaches nothing else.
 *
 * @throws Failure `sign_in_refused` where it differs too much from those before, and the workspace wants that | `password_expired` without
 * another one | `validation_failed` for that
 */
export async function openSession(c: HttpContext, services: HttpServices, given: Proof): Promise<Identity> {
  const visitor = visitorOf(c, services)
  const tenant = c.get('tenant')
  const weighed = await weighSignIn(c, services, given)
  const owed = await withStepUp(c, services, given, weighed, await demandOf(services, tenant, given))
  const { proof, demand } = await withGoodPassword(c, services, given, owed)
  const risk = weighed && { ...weighed.risk, enforced: weighed.isEnforced }
  const { token, identity } = await services.sessions.open(tenant.id, proof, visitor, { ...demand, risk })
  writeSessionCookie(c, token, identity.expiresAt!)
  if (!demand.waits) await weighed?.learn()
  return identity
}

/**
 * Sees to another password where the one that was proven is no longer good. Never before the second factor, where there is one: whoever has
 * found out an old password would keep its owner out.
 */
async function withGoodPassword(
  c: HttpContext,
  services: HttpServices,
  { outdated, ...given }: Proof,
  demand: Demand,
): Promise<{ readonly proof: Proof; readonly demand: Demand }> {
  if (!outdated) return { proof: given, demand }
  if (given.second || demand.waits === 'secondFactor')
    return { proof: { ...given, outdated }, demand: { ...demand, waits: demand.waits ?? 'password' } }
  const { reason, replacement } = outdated
  if (replacement === undefined) throw new Failure('password_expired', { extensions: { reason } })
  // The permit looks for the password that is replaced here.
  const { permit: _, ...proof } = given
  const { id, name } = proof.member
  await services.credentials.set(
    c.get('tenant'),
    { memberId: id, password: replacement, action: 'password.renewed', pointer: '/newPassword' },
    { ...visitorOf(c, services), actor: { kind: 'member', id, name } },
  )
  return { proof, demand }
}

/** Who has a second factor is asked for it anyway. Others get a code by mail; where that cannot be, nothing tells them from a thief. */
async function withStepUp(
  c: HttpContext,
  services: HttpServices,
  proof: Proof,
  weighed: WeighedSignIn | undefined,
  demand: Demand,
): Promise<Demand> {
  if (!weighed?.isEnforced || weighed.risk.outcome === 'none') return demand
  if (weighed.risk.outcome === 'stepUp') {
    if (demand.waits === 'secondFactor') return demand
    const policy = await services.policies.of(c.get('tenant').id)
    if (offersMailCodes(services, policy) && !cameByMail(proof.method))
      return { waits: 'secondFactor', takesMail: true }
  }
  return refuseSignIn(c, services, proof, weighed.risk)
}
