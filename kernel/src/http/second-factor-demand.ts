import { holdsEverything } from '../access/index.ts'
import type { Demand, Proof } from '../identity/index.ts'
import { accessOf } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'

const DAY_MS = 86_400_000

/** What is still asked of someone who comes with a proof: one of their second factors, or to get one. */
export async function demandOf(services: HttpServices, tenant: Tenant, proof: Proof): Promise<Demand> {
  if (proof.second) return {}
  const owner = { tenantId: tenant.id, memberId: proof.member.id }
  const { factors, owedSince } = await services.secondFactors.of(owner)
  if (factors.length > 0) return { waits: 'secondFactor' }
  if (!(await mustHaveSecondFactor(services, tenant, proof.member.id))) return {}
  const { graceDays } = (await services.policies.of(tenant.id)).secondFactor
  const since = owedSince ?? (await services.secondFactors.owe(owner))
  const enrolBy = new Date(since.getTime() + graceDays * DAY_MS)
  return enrolBy.getTime() > Date.now() ? { enrolBy } : { waits: 'enrolment' }
}

/** Whether the workspace demands a second factor of a member. Of its administrators it always does. */
export async function mustHaveSecondFactor(
  services: HttpServices,
  tenant: Tenant,
  memberId: string,
): Promise<boolean> {
  const { required } = (await services.policies.of(tenant.id)).secondFactor
  if (required === 'everyone') return true
  const [identity, plugins] = await Promise.all([
    services.members.actingAs(tenant.id, memberId),
    services.states.of(tenant),
  ])
  return identity !== undefined && holdsEverything(accessOf(identity, plugins))
}
