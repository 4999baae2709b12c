import type { SecondFactorDocument } from '@plinth/sdk'
import { holdsEverything } from '../access/index.ts'
import { isPublished } from '../accounts/index.ts'
import type { Demand, OwnedFactors, Owner, Proof } from '../identity/index.ts'
import { accessOf } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import { takesMailCodes } from './mail-code-rules.ts'
import type { HttpServices } from './services.ts'

const DAY_MS = 86_400_000

/** What is still asked of someone who comes with a proof: one of their second factors, or to get one. */
export async function demandOf(services: HttpServices, tenant: Tenant, proof: Proof): Promise<Demand> {
  const isStrong = proof.second && proof.second !== 'backup' && proof.second !== 'email'
  if (isStrong) return {}
  const owner = { tenantId: tenant.id, memberId: proof.member.id }
  const owned = await services.secondFactors.of(owner)
  if (owned.factors.length > 0 && !proof.second) {
    const policy = await services.policies.of(tenant.id)
    return { waits: 'secondFactor', takesMail: takesMailCodes(services, policy, owned, proof.method) }
  }
  return dutyOf(services, tenant, owner, owned)
}

/** What follows for a member who may owe a second factor: nothing, days to set one up, or to do so before anything else. */
export async function dutyOf(
  services: HttpServices,
  tenant: Tenant,
  owner: Owner,
  { factors, owedSince }: OwnedFactors,
): Promise<Demand> {
  if (!(await owesSecondFactor(services, tenant, owner.memberId, factors))) return {}
  const { graceDays } = (await services.policies.of(tenant.id)).secondFactor
  const since = owedSince ?? (await services.secondFactors.owe(owner))
  const enrolBy = new Date(since.getTime() + graceDays * DAY_MS)
  return enrolBy.getTime() > Date.now() ? { enrolBy } : { waits: 'enrolment' }
}

/**
 * Whether the workspace demands a second factor of a member. Of its administrators it always does, but of nobody whose account is shown to
 * everyone: whoever set one up would keep out the others.
 */
export async function mustHaveSecondFactor(
  services: HttpServices,
  tenant: Tenant,
  memberId: string,
): Promise<boolean> {
  if (await isShown(services, tenant, memberId)) return false
  const { required } = (await services.policies.of(tenant.id)).secondFactor
  return required === 'everyone' || (await isAdministrator(services, tenant, memberId))
}

async function isShown({ demo, members }: HttpServices, tenant: Tenant, memberId: string): Promise<boolean> {
  if (!demo.has(tenant.slug)) return false
  const identity = await members.actingAs(tenant.id, memberId)
  return identity?.member !== undefined && isPublished(demo, tenant, identity.member.email)
}

/** Whether a member with these factors owes another one. A code by mail is not enough for everyone. */
export async function owesSecondFactor(
  services: HttpServices,
  tenant: Tenant,
  memberId: string,
  factors: readonly Pick<SecondFactorDocument, 'kind'>[],
): Promise<boolean> {
  if (factors.some(({ kind }) => kind !== 'email')) return false
  if (!(await mustHaveSecondFactor(services, tenant, memberId))) return false
  return factors.length === 0 || !(await isMailEnough(services, tenant, memberId))
}

/** Whether a code by mail is all the workspace asks of a member. */
export async function isMailEnough(
  services: HttpServices,
  tenant: Tenant,
  memberId: string,
): Promise<boolean> {
  const { emailCodes } = (await services.policies.of(tenant.id)).secondFactor
  if (emailCodes !== 'members') return emailCodes === 'everyone'
  return !(await isAdministrator(services, tenant, memberId))
}

async function isAdministrator(services: HttpServices, tenant: Tenant, memberId: string): Promise<boolean> {
  const [identity, plugins] = await Promise.all([
    services.members.actingAs(tenant.id, memberId),
    services.states.of(tenant),
  ])
  return identity !== undefined && holdsEverything(accessOf(identity, plugins))
}
