import type { LimitDocument } from '@plinth/sdk'
import { describeLimit, MEMBER_LIMIT, MEMBERS_USED, type Limit } from '../entitlements/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'

/** Every limit of the platform. */
export function allLimits(): readonly Limit[] {
  return [MEMBER_LIMIT]
}

/** How limits stand in a tenant now. */
export async function limitDocuments(
  { database, limitOverrides }: HttpServices,
  tenant: Tenant,
  limits: readonly Limit[],
): Promise<LimitDocument[]> {
  if (limits.length === 0) return []
  const [overrides, used] = await Promise.all([
    limitOverrides.of(tenant.id),
    database
      .query<{ members: number }>(
        { tenantId: tenant.id },
        { text: `SELECT ${MEMBERS_USED} AS members`, values: [tenant.id] },
      )
      .then(([row]) => row!.members),
  ])
  return limits.map((limit) => describeLimit(limit, tenant.tier, overrides.get(limit.id), used))
}
