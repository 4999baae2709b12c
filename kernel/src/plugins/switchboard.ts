import type { LimitDocument, PluginPlan } from '@plinth/sdk'
import { describeLimit } from '../entitlements/index.ts'
import { Failure } from '../errors.ts'
import { limitsOf, roleIn, type Bus, type Database } from '../data/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { InstalledPlugin, PluginCatalogue } from './catalogue.ts'
import { createHost } from './create-host.ts'
import { countLimited, limitedModels } from './limited-models.ts'
import { draftPlan, type DraftPlan } from './plan.ts'
import { PluginCrash, runPluginCode } from './plugin-crash.ts'
import { buildView, type PluginView } from './plugin-view.ts'
import { releaseDeliveries, storeState } from './store-state.ts'
import type { PluginStates, StoredState } from './tenant-plugins.ts'
import type { Work, WorkOrder, Workshop } from './work.ts'

type Action = 'enable' | 'disable'

/** Switches plugins on and off in a tenant: plan, then apply exactly that plan. */
export class Switchboard {
  readonly #database: Database
  readonly #catalogue: PluginCatalogue
  readonly #states: PluginStates
  readonly #workshop: Workshop
  readonly #bus: Bus

  constructor(needs: {
    database: Database
    catalogue: PluginCatalogue
    states: PluginStates
    workshop: Workshop
    bus: Bus
  }) {
    this.#database = needs.database
    this.#catalogue = needs.catalogue
    this.#states = needs.states
    this.#workshop = needs.workshop
    this.#bus = needs.bus
    // Another node has found the cause gone: look whether it is here too.
    needs.bus.on('notice', ({ topic }) => {
      if (topic === 'code') for (const id of this.#catalogue.failed) void this.#catalogue.activate(id, true)
    })
  }

  /** What would happen, with the tenant's rows in every table concerned. */
  async plan(tenant: Tenant, id: string, action: Action): Promise<PluginPlan> {
    this.#require(id)
    const { stored, view } = await this.#states.of(tenant)
    const draft = draftPlan(this.#catalogue, tenant, stored, id, action)
    const steps = await Promise.all(
      draft.steps.map(async ({ plugin, because }) => ({
        plugin: plugin.id,
        name: plugin.manifest.name,
        action,
        because,
        entities: await this.#countRows(tenant, plugin),
        limits: await this.#limits(tenant, plugin, view),
      })),
    )
    return { plugin: id, action, hash: draft.hash, steps, blockers: draft.blockers }
  }

  /**
   * Carries a plan out, all of it or nothing. A plugin that crashes in its handler is quarantined with the reason.
   *
   * @throws Failure `plan_stale` | `tier_required` | `plan_blocked` | `plugin_quarantined`
   */
  async apply(order: WorkOrder, id: string, action: Action, hash: string): Promise<void> {
    this.#require(id)
    try {
      await this.#workshop.run(order, async (work) => {
        const stored = await lockedStates(work)
        const draft = draftPlan(this.#catalogue, order.tenant, stored, id, action)
        refuseBlocked(draft)
        if (draft.hash !== hash) throw new Failure('plan_stale')
        await this.#carryOut(order, work, stored, draft)
      })
    } catch (error) {
      if (!(error instanceof PluginCrash)) throw error
      await this.quarantine(order, error.plugin, reasonOf(error))
      throw new Failure('plugin_quarantined', {
        detail: error.message,
        extensions: { plugin: error.plugin },
        cause: error,
      })
    } finally {
      await this.#bus.publish({ topic: 'tenant', tenantId: order.tenant.id })
    }
  }

  /** Takes a plugin out of service in one tenant, because of what its code did. */
  async quarantine(order: WorkOrder, id: string, reason: string): Promise<void> {
    await this.#workshop.run(
      { ...order, actor: { kind: 'system', id: null, name: 'Plinth' } },
      async (work) => {
        await storeState(work, this.#catalogue.plugins.get(id)!, 'quarantined', reason)
      },
    )
    await this.#bus.publish({ topic: 'tenant', tenantId: order.tenant.id })
  }

  /** Puts a quarantined plugin back: imports its code again where that failed, and enables it. */
  async retry(order: WorkOrder, id: string): Promise<void> {
    const plugin = this.#require(id)
    if (plugin.failure !== undefined) {
      if (!(await this.#catalogue.activate(id, true)))
        throw new Failure('plugin_quarantined', { detail: plugin.failure, extensions: { plugin: id } })
      await this.#bus.publish({ topic: 'code', tenantId: order.tenant.id })
    }
    await this.#bus.publish({ topic: 'tenant', tenantId: order.tenant.id })
    const { stored } = await this.#states.of(order.tenant)
    if (stored.get(id)?.state !== 'quarantined') return
    await this.apply(order, id, 'enable', draftPlan(this.#catalogue, order.tenant, stored, id, 'enable').hash)
  }

  async #carryOut(
    order: WorkOrder,
    work: Work,
    stored: ReadonlyMap<string, StoredState>,
    draft: DraftPlan,
  ): Promise<void> {
    const on = new Set([...stored].filter(([, each]) => each.state === 'enabled').map(([plugin]) => plugin))
    for (const { plugin } of draft.steps) {
      if (draft.action === 'enable') on.add(plugin.id)
      // While a plugin is being switched it still sees its own world: with itself on.
      const { limitOverrides, off } = work.view
      const own = buildView(this.#catalogue, new Set([...on, plugin.id]), new Set(), off)
      const stage: Work = { ...work, view: { ...own, limitOverrides } }
      await runLifecycle(stage, plugin, draft.action)
      if (draft.action === 'disable') on.delete(plugin.id)
      await storeState(work, plugin, draft.action === 'enable' ? 'enabled' : 'disabled', null)
      if (draft.action === 'enable') await releaseDeliveries(work, plugin.id)
    }
  }

  async #countRows(
    tenant: Tenant,
    plugin: InstalledPlugin,
  ): Promise<{ label: { en: string }; rows: number }[]> {
    const models = [...this.#catalogue.models.values()].filter((model) => model.plugin === plugin.id)
    if (models.length === 0) return []
    const counts = models.map(
      (model, index) =>
        `(SELECT count(*)::int FROM ${tenant.schema}.${model.table} WHERE tenant_id = $1) AS "${index}"`,
    )
    const [row] = await this.#database.query<Record<string, number>>(
      { tenantId: tenant.id },
      { text: `SELECT ${counts.join(', ')}`, values: [tenant.id] },
    )
    return models.map((model, index) => ({
      label: model.declaration.labelPlural,
      rows: row![String(index)]!,
    }))
  }

  async #limits(
    tenant: Tenant,
    { id, manifest }: InstalledPlugin,
    { limitOverrides }: PluginView,
  ): Promise<LimitDocument[]> {
    const limited = limitedModels(this.#catalogue).filter(({ plugin }) => plugin === id)
    const used = await countLimited(this.#database, tenant, limited)
    return limitsOf(manifest).map((limit) =>
      describeLimit(limit, tenant.tier, limitOverrides.get(limit.id), used.get(limit.id) ?? 0),
    )
  }

  #require(id: string): InstalledPlugin {
    const plugin = this.#catalogue.plugins.get(id)
    if (!plugin) throw new Failure('not_found')
    return plugin
  }
}

function refuseBlocked(draft: DraftPlan): void {
  const [first] = draft.blockers
  if (!first) return
  if (first.tier)
    throw new Failure('tier_required', { detail: first.detail.en, extensions: { tier: first.tier } })
  throw new Failure('plan_blocked', { detail: first.detail.en, extensions: { blockers: draft.blockers } })
}

function reasonOf(error: PluginCrash): string {
  return ((error.cause as Error | undefined)?.message ?? error.message).slice(0, 500)
}

/** The stored states, read inside the transaction while no one else switches plugins of this tenant. */
async function lockedStates(work: Work): Promise<Map<string, StoredState>> {
  await work.unit.run({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`plugins of ${work.tenant.id}`],
  })
  const rows = await work.unit.run<{ plugin: string } & StoredState>({
    text: 'SELECT plugin, state, reason FROM plinth.plugin_state WHERE tenant_id = $1',
    values: [work.tenant.id],
  })
  return new Map(rows.map(({ plugin, state, reason }) => [plugin, { state, reason }]))
}

async function runLifecycle(work: Work, plugin: InstalledPlugin, action: Action): Promise<void> {
  const handler = plugin.definition?.handlers[action === 'enable' ? 'onEnable' : 'onDisable']
  if (!handler) return
  await asPluginRole(work, plugin.id, async () => {
    await runPluginCode(plugin.id, () => handler(createHost(work, plugin, false) as never))
  })
}

/** Runs `task` with the database role of a plugin inside a transaction of the kernel. */
async function asPluginRole(work: Work, plugin: string, task: () => Promise<void>): Promise<void> {
  const { unit } = work
  const [before] = await unit.run<{ role: string }>({ text: `SELECT current_setting('role') AS role` })
  const model = [...work.models.values()].find((each) => each.plugin === plugin)
  const role = model && roleIn(work.tenant.schema, model.role)
  if (role) await unit.run({ text: `SELECT set_config('role', $1, true)`, values: [role] })
  await task()
  await unit.run({ text: `SELECT set_config('role', $1, true)`, values: [before!.role] })
}
