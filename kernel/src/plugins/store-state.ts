import type { PluginState } from '@plinth/sdk'
import type { InstalledPlugin } from './catalogue.ts'
import type { Work } from './work.ts'

/** Stores the state of a plugin in the running transaction's tenant, with its audit entry and event. */
export async function storeState(
  work: Work,
  plugin: InstalledPlugin,
  state: PluginState,
  reason: string | null,
): Promise<void> {
  const { actor, tenant, unit } = work
  await unit.run({
    text: `INSERT INTO plinth.plugin_state (tenant_id, plugin, state, reason, version, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, now(), $6)
           ON CONFLICT (tenant_id, plugin) DO UPDATE SET state = $3, reason = $4, version = $5, changed_at = now(), changed_by = $6`,
    values: [tenant.id, plugin.id, state, reason, plugin.manifest.version, actor.id],
  })
  unit.audit({
    action: `plugin.${state}`,
    subjectType: 'plugin',
    subjectId: plugin.id,
    after: { state, version: plugin.manifest.version, reason },
  })
  unit.emit(`kernel.plugin.${state}`, plugin.id, { plugin: plugin.id, version: plugin.manifest.version })
}

/** Deliveries that waited while the plugin was off fall due again. */
export async function releaseDeliveries(work: Work, plugin: string): Promise<void> {
  await work.unit.run({
    text: `UPDATE plinth.delivery SET next_at = now() WHERE tenant_id = $1 AND done_at IS NULL AND dead_at IS NULL AND starts_with(consumer, $2)`,
    values: [work.tenant.id, `${plugin}/`],
  })
}
