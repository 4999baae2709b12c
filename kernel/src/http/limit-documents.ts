import type { LimitDocument } from '@plinth/sdk'
import { limitsOf } from '../data/index.ts'
import { describeLimit, MEMBER_LIMIT, MEMBERS_USED, type Limit } from '../entitlements/index.ts'
import { countLimited, limitedModels } from '../plugins/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { HttpServices } from './services.ts'

/** Every limit of the platform: that of members, then those of plugins. */
export function allLimits({ catalogue }: HttpServices): readonly Limit[] {
  return [MEMBER_LIMIT, ...[...catalogue.plugins.values()].flatMap(({ manifest }) => limitsOf(manifest))]
}

/** How limits stand in a tenant now. */
export async function limitDocuments(
  { catalogue, database, limitOverrides }: HttpServices,
  tenant: Tenant,
  limits: readonly Limit[],
): Promise<LimitDocument[]> {
  const wanted = new Set(limits.map(({ id }) => id))
  const limited = limitedModels(catalogue).filter(({ limit }) => wanted.has(limit.id))
  const [overrides, used, members] = await Promise.all([
    limitOverrides.of(tenant.id),
    countLimited(database, tenant, limited),
    wanted.has(MEMBER_LIMIT.id) ? countMembers(database, tenant) : 0,
  ])
  return limits.map((limit) =>
    describeLimit(
      limit,
      tenant.tier,
      overrides.get(limit.id),
      limit === MEMBER_LIMIT ? members : (used.get(limit.id) ?? 0),
    ),
  )
}

async function countMembers(database: HttpServices['database'], { id }: Tenant): Promise<number> {
  const [row] = await database.query<{ used: number }>(
    { tenantId: id },
    { text: `SELECT ${MEMBERS_USED} AS used`, values: [id] },
  )
  return row!.used
}
