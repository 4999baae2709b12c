import { Access } from '../access/index.ts'
import { pluginRole } from '../data/index.ts'
import { readEvent, type Delivery } from '../events/index.ts'
import { runInTenant, type Tenants } from '../tenancy/index.ts'
import { createHost } from './create-host.ts'
import { runPluginCode } from './plugin-crash.ts'
import type { PluginStates } from './tenant-plugins.ts'
import type { Workshop } from './work.ts'

/**
 * Hands an event to a plugin's subscriber. That it was handed over is noted in the transaction of the subscriber's own changes: they
 * happen once, however often the delivery is tried.
 */
export async function deliverEvent(
  needs: { tenants: Tenants; states: PluginStates; workshop: Workshop },
  delivery: Delivery,
): Promise<'done' | 'parked'> {
  const tenant = await needs.tenants.byId(delivery.tenantId)
  if (!tenant) return 'parked'
  const [id, handler] = delivery.consumer.split('/') as [string, string]
  const { view } = await needs.states.of(tenant)
  const plugin = view.active.find((each) => each.id === id)
  const subscriber = plugin?.definition?.handlers.subscribers?.[handler]
  if (!plugin || !subscriber) return 'parked'
  const actor = { kind: 'system', id: null, name: plugin.manifest.name.en } as const
  // A plugin without entities has no tables and no role of its own; it works with the kernel's, on nothing.
  const role =
    view.entities.size > 0 && [...view.entities.values()].some((model) => model.plugin === id)
      ? pluginRole(id)
      : undefined
  await runInTenant(tenant, () =>
    needs.workshop.run(
      { tenant, view, actor, access: new Access(undefined), ...(role ? { role } : {}) },
      async (work) => {
        const noted = await work.unit.run({
          text: `UPDATE plinth.delivery SET done_at = now() WHERE tenant_id = $1 AND event_id = $2::uuid AND consumer = $3 AND done_at IS NULL RETURNING 1`,
          values: [tenant.id, delivery.eventId, delivery.consumer],
        })
        const event = noted.length > 0 ? await readEvent(work.unit, delivery.eventId) : undefined
        if (event) await runPluginCode(id, () => subscriber(event, createHost(work, plugin, false) as never))
      },
    ),
  )
  return 'done'
}
