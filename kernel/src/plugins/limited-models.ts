import { liveCount, type Database, type EntityModel, type LimitModel } from '../data/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { PluginCatalogue } from './catalogue.ts'

/** An entity of which a tenant may have so many records and no more. */
export type LimitedModel = EntityModel & { readonly limit: LimitModel }

/** The limited entities of all installed plugins. */
export function limitedModels({ models }: Pick<PluginCatalogue, 'models'>): LimitedModel[] {
  return [...models.values()].filter((model): model is LimitedModel => model.limit !== undefined)
}

/** How many records a tenant has of each, by limit. */
export async function countLimited(
  database: Database,
  tenant: Tenant,
  models: readonly LimitedModel[],
): Promise<ReadonlyMap<string, number>> {
  if (models.length === 0) return new Map()
  const counts = models.map((model, index) => `${liveCount(model, tenant.schema)} AS "${index}"`)
  const [row] = await database.query<Record<string, number>>(
    { tenantId: tenant.id },
    { text: `SELECT ${counts.join(', ')}` },
  )
  return new Map(models.map(({ limit }, index) => [limit.id, row![String(index)]!]))
}
