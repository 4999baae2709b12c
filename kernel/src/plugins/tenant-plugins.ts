import type { PluginState, PluginUpgrade, RoleGrant } from '@plinth/sdk'
import type { RoleRights } from '../access/index.ts'
import { entitiesToVisit, NoticeCache, type Bus, type Database } from '../data/index.ts'
import {
  entitlementOf,
  type FeatureRollouts,
  type LimitOverride,
  type StoredOverride,
} from '../entitlements/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { PluginCatalogue } from './catalogue.ts'
import { featuresOf, featuresOff, type TenantFeature } from './features.ts'
import { entityOf, restrictionFaults } from './grant-faults.ts'
import { buildView, type PluginView } from './plugin-view.ts'
import { tenantView, type TenantField } from './tenant-view.ts'

/** What is stored about a plugin in a tenant. Nothing stored means disabled. */
export interface StoredState {
  readonly state: PluginState
  readonly reason: string | null
}

export type CustomRoles = ReadonlyMap<string, RoleRights>

/** How far a tenant is that has not the shape of the present version of a plugin yet. */
export interface UnfinishedUpgrade extends PluginUpgrade {
  readonly upgrade: string
  readonly error: string | null
}

/** Plugins and roles of one tenant, as of now. */
export interface TenantPlugins {
  readonly stored: ReadonlyMap<string, StoredState>
  readonly customRoles: CustomRoles
  /** By plugin; it is out of service until then. */
  readonly upgrades: ReadonlyMap<string, UnfinishedUpgrade>
  /** Of all plugins, by `<plugin>.<feature>`. */
  readonly features: ReadonlyMap<string, TenantFeature>
  readonly view: PluginView
  /** IANA name of the tenant's time zone. */
  readonly timeZone: string
}

interface StateRow {
  readonly states: Record<string, StoredState> | null
  readonly upgrades: (UnfinishedUpgrade & { plugin: string })[] | null
  readonly roles: Record<string, RoleRights> | null
  readonly custom: readonly TenantField[] | null
  readonly overrides: Record<string, StoredOverride> | null
  readonly limits: Record<string, LimitOverride> | null
}

/** Knows which plugins are active in a tenant. On every request's way, so cached until a notice says otherwise. */
export class PluginStates {
  readonly #database: Database
  readonly #catalogue: PluginCatalogue
  readonly #cache: NoticeCache<TenantPlugins>
  readonly #rollouts: FeatureRollouts
  readonly #views = new Map<string, PluginView>()

  constructor({
    database,
    catalogue,
    bus,
    rollouts,
  }: {
    database: Database
    catalogue: PluginCatalogue
    bus: Bus
    rollouts: FeatureRollouts
  }) {
    this.#rollouts = rollouts
    this.#database = database
    this.#catalogue = catalogue
    this.#cache = new NoticeCache(bus, 10_000)
  }

  async of(tenant: Tenant): Promise<TenantPlugins> {
    const generation = `${this.#catalogue.generation} ${this.#rollouts.generation}`
    return this.#cache.get(tenant.id, generation, () => this.#load(tenant))
  }

  /** The same, where upgrades are under way as far as they are at this moment. Their progress is no news to anybody else. */
  async progressOf(tenant: Tenant): Promise<TenantPlugins> {
    const known = await this.of(tenant)
    return known.upgrades.size === 0 ? known : this.#load(tenant)
  }

  /** State of a plugin as people see it: code that cannot run counts as quarantined everywhere. */
  stateOf(plugins: TenantPlugins, id: string): StoredState {
    const failure = this.#catalogue.plugins.get(id)?.failure
    if (failure !== undefined) return { state: 'quarantined', reason: failure }
    const stored = plugins.stored.get(id) ?? { state: 'disabled', reason: null }
    const upgrade = plugins.upgrades.get(id)
    if (!upgrade || stored.state !== 'enabled') return stored
    return upgrade.state === 'failed'
      ? { state: 'quarantined', reason: upgrade.error }
      : { state: 'upgrading', reason: null }
  }

  async #load(tenant: Tenant): Promise<TenantPlugins> {
    const rollouts = await this.#rollouts.all()
    const [row] = await this.#database.query<StateRow>(
      { tenantId: tenant.id },
      {
        name: 'plinth_tenant_plugins',
        text: `SELECT (SELECT json_object_agg(plugin, json_build_object('state', state, 'reason', reason)) FROM plinth.plugin_state WHERE tenant_id = $1) AS states,
        (SELECT json_agg(json_build_object('plugin', plugin, 'upgrade', upgrade, 'from', from_version, 'to', to_version, 'state', state,
          'records', json_build_object('done', done, 'total', total), 'error', error, 'errors', errors))
          FROM plinth.upgrade WHERE tenant_id = $1 AND phase = 'backfill' AND state <> 'done') AS upgrades,
        (SELECT json_object_agg(id, json_build_object('grants', grants, 'inherits', inherits)) FROM plinth.role WHERE tenant_id = $1) AS roles,
        (SELECT json_agg(json_build_object('entity', entity, 'id', id, 'name', name, 'declaration', declaration) ORDER BY position, id) FROM plinth.custom_field WHERE tenant_id = $1 AND archived_at IS NULL) AS custom,
        (SELECT json_object_agg(plugin || '.' || feature, json_build_object('on', is_on, 'version', version)) FROM plinth.feature_override WHERE tenant_id = $1) AS overrides,
        (SELECT json_object_agg(id, json_build_object('value', value, 'reason', reason, 'until', ends_at)) FROM plinth.limit_override WHERE tenant_id = $1) AS limits`,
        values: [tenant.id],
      },
    )
    const stored = new Map(Object.entries(row?.states ?? {}))
    // Of upgrades that another version is about, this node knows nothing.
    const upgrades = new Map(
      (row?.upgrades ?? [])
        .filter((each) => {
          const upgrade = this.#catalogue.upgrades.find(({ id }) => id === each.upgrade)
          return upgrade !== undefined && entitiesToVisit(upgrade.plan).length > 0
        })
        .map((each) => [each.plugin, each]),
    )
    const on = this.#onIds(tenant, stored)
    const active = [...on].filter((id) => !upgrades.has(id))
    const waiting = [...on].filter((id) => upgrades.has(id))
    const features = featuresOf(this.#catalogue.plugins.values(), tenant, rollouts, row?.overrides ?? {})
    const limits = new Map(Object.entries(row?.limits ?? {}))
    const view = tenantView(this.#view(active, waiting, featuresOff(features)), row?.custom ?? [], limits)
    return {
      stored,
      upgrades,
      features,
      customRoles: soundRoles(view, row?.roles ?? {}),
      view,
      timeZone: tenant.timeZone,
    }
  }

  #onIds(tenant: Tenant, stored: ReadonlyMap<string, StoredState>): ReadonlySet<string> {
    const on = [...this.#catalogue.plugins.values()].filter(
      (plugin) =>
        plugin.failure === undefined &&
        stored.get(plugin.id)?.state === 'enabled' &&
        entitlementOf(tenant, plugin.manifest).allowed,
    )
    return new Set(on.map((plugin) => plugin.id))
  }

  #view(active: readonly string[], waiting: readonly string[], off: PluginView['off']): PluginView {
    const key = [active, waiting, JSON.stringify([...off])].join(' ')
    let view = this.#views.get(key)
    if (!view) {
      if (this.#views.size > 1_000) this.#views.clear()
      view = buildView(this.#catalogue, new Set(active), new Set(waiting), off)
      this.#views.set(key, view)
    }
    return view
  }
}

/**
 * A tenant's roles without the grants whose conditions no longer fit the entity: another version of its plugin may have taken a field
 * away. Such a grant gives nothing, instead of failing every request of those who have it.
 */
function soundRoles(view: PluginView, roles: Readonly<Record<string, RoleRights>>): CustomRoles {
  const sound = (grant: RoleRights['grants'][number]): boolean =>
    typeof grant === 'string' ||
    !entityOf(view, grant.permission) ||
    restrictionFaults(view, grant, '').length === 0
  return new Map(
    Object.entries(roles).map(([id, { grants, inherits }]) => [
      id,
      {
        grants: grants.filter(sound),
        inherits,
        idle: grants.filter((grant): grant is RoleGrant => typeof grant !== 'string' && !sound(grant)),
      },
    ]),
  )
}
