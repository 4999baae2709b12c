import type { UnitOfWork } from '../data/index.ts'
import { Failure } from '../errors.ts'

/** What a tenant has decided about a feature. */
export interface StoredOverride {
  readonly on: boolean | null
  readonly version: number
}

/** Nothing was ever decided. */
export const UNDECIDED: StoredOverride = { on: null, version: 0 }

/**
 * Stores what a tenant decides about a feature, with its audit entry, within the running transaction.
 *
 * @param on null takes the decision back
 * @param version the version its sender has seen
 * @returns what is stored now
 * @throws Failure `version_conflict`
 */
export async function storeOverride(
  unit: UnitOfWork,
  { plugin, feature }: { readonly plugin: string; readonly feature: string },
  on: boolean | null,
  version: number,
): Promise<StoredOverride> {
  const { tenantId, actor } = unit.context
  const key = [tenantId, plugin, feature]
  await unit.run({
    text: `INSERT INTO plinth.feature_override (tenant_id, plugin, feature, version) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING`,
    values: key,
  })
  const [before = UNDECIDED] = await unit.run<StoredOverride & Record<string, unknown>>({
    text: `SELECT is_on AS on, version FROM plinth.feature_override WHERE tenant_id = $1 AND plugin = $2 AND feature = $3 FOR UPDATE`,
    values: key,
  })
  if (before.version !== version)
    throw new Failure('version_conflict', { extensions: { current: before.version } })
  if (before.on === on) return before
  await unit.run({
    text: `UPDATE plinth.feature_override SET is_on = $4, version = version + 1, changed_at = now(), changed_by = $5
      WHERE tenant_id = $1 AND plugin = $2 AND feature = $3`,
    values: [...key, on, actor.id],
  })
  unit.audit({
    action: 'feature.changed',
    subjectType: 'feature',
    subjectId: `${plugin}.${feature}`,
    before: { on: before.on },
    after: { on },
  })
  return { on, version: version + 1 }
}
