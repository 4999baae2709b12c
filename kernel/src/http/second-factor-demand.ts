import { holdsEverything } from '../access/index.ts'
import {
  SECOND_FACTOR_DEFAULTS,
  type Demand,
  type Proof,
  type SecondFactorPolicy,
} from '../identity/index.ts'
import { accessOf } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'

const DAY_MS = 86_400_000

/** On a demonstration platform nobody stays long enough to be asked for a second factor. */
const DEMONSTRATION: SecondFactorPolicy = { ...SECOND_FACTOR_DEFAULTS, graceDays: 365 }

export async function secondFactorPolicy(
  { config }: Pick<HttpServices, 'config'>,
  _tenant: Tenant,
): Promise<SecondFactorPolicy> {
  return config.demo ? DEMONSTRATION : SECOND_FACTOR_DEFAULTS
}

/** What is still asked of someone who comes with a proof: one of their second factors, or to get one. */
export async function demandOf(services: HttpServices, tenant: Tenant, proof: Proof): Promise<Demand> {
  if (proof.second) return {}
  const owner = { tenantId: tenant.id, memberId: proof.member.id }
  const { factors, owedSince } = await services.secondFactors.of(owner)
  if (factors.length > 0) return { waits: 'secondFactor' }
  if (!(await mustHaveSecondFactor(services, tenant, proof.member.id))) return {}
  const { graceDays } = await secondFactorPolicy(services, tenant)
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
  const { required } = await secondFactorPolicy(services, tenant)
  if (required === 'everyone') return true
  const [identity, plugins] = await Promise.all([
    services.members.actingAs(tenant.id, memberId),
    services.states.of(tenant),
  ])
  return identity !== undefined && holdsEverything(accessOf(identity, plugins))
}
