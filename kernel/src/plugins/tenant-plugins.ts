import type { PluginState, RoleGrant } from '@plinth/sdk'
import { NoticeCache, type Bus, type Database } from '../data/index.ts'
import { entitlementOf } from '../entitlements/index.ts'
import type { Tenant } from '../tenancy/index.ts'
import type { PluginCatalogue } from './catalogue.ts'
import { buildView, type PluginView } from './plugin-view.ts'
import { tenantView, type TenantField } from './tenant-view.ts'

/** What is stored about a plugin in a tenant. Nothing stored means disabled. */
export interface StoredState {
  readonly state: PluginState
  readonly reason: string | null
}

export type CustomRoles = ReadonlyMap<
  string,
  { readonly grants: readonly (string | RoleGrant)[]; readonly inherits: readonly string[] }
>

/** Plugins and roles of one tenant, as of now. */
export interface TenantPlugins {
  readonly stored: ReadonlyMap<string, StoredState>
  readonly customRoles: CustomRoles
  readonly view: PluginView
}

interface StateRow {
  readonly states: Record<string, StoredState> | null
  readonly roles: Record<string, { grants: (string | RoleGrant)[]; inherits: string[] }> | null
  readonly custom: readonly TenantField[] | null
}

/** Knows which plugins are active in a tenant. On every request's way, so cached until a notice says otherwise. */
export class PluginStates {
  readonly #database: Database
  readonly #catalogue: PluginCatalogue
  readonly #cache: NoticeCache<TenantPlugins>
  readonly #views = new Map<string, PluginView>()

  constructor({ database, catalogue, bus }: { database: Database; catalogue: PluginCatalogue; bus: Bus }) {
    this.#database = database
    this.#catalogue = catalogue
    this.#cache = new NoticeCache(bus, 10_000)
  }

  async of(tenant: Tenant): Promise<TenantPlugins> {
    return this.#cache.get(tenant.id, String(this.#catalogue.generation), () => this.#load(tenant))
  }

  /** State of a plugin as people see it: code that cannot run counts as quarantined everywhere. */
  stateOf(plugins: TenantPlugins, id: string): StoredState {
    const failure = this.#catalogue.plugins.get(id)?.failure
    if (failure !== undefined) return { state: 'quarantined', reason: failure }
    return plugins.stored.get(id) ?? { state: 'disabled', reason: null }
  }

  async #load(tenant: Tenant): Promise<TenantPlugins> {
    const [row] = await this.#database.query<StateRow>(
      { tenantId: tenant.id },
      {
        name: 'plinth_tenant_plugins',
        text: `SELECT (SELECT json_object_agg(plugin, json_build_object('state', state, 'reason', reason)) FROM plinth.plugin_state WHERE tenant_id = $1) AS states,
        (SELECT json_object_agg(id, json_build_object('grants', grants, 'inherits', inherits)) FROM plinth.role WHERE tenant_id = $1) AS roles,
        (SELECT json_agg(json_build_object('entity', entity, 'id', id, 'name', name, 'declaration', declaration) ORDER BY position, id) FROM plinth.custom_field WHERE tenant_id = $1 AND archived_at IS NULL) AS custom`,
        values: [tenant.id],
      },
    )
    const stored = new Map(Object.entries(row?.states ?? {}))
    return {
      stored,
      customRoles: new Map(Object.entries(row?.roles ?? {})),
      view: tenantView(this.#view(this.#activeIds(tenant, stored)), row?.custom ?? []),
    }
  }

  #activeIds(tenant: Tenant, stored: ReadonlyMap<string, StoredState>): ReadonlySet<string> {
    const active = [...this.#catalogue.plugins.values()].filter(
      (plugin) =>
        plugin.failure === undefined &&
        stored.get(plugin.id)?.state === 'enabled' &&
        entitlementOf(tenant, plugin.manifest).allowed,
    )
    return new Set(active.map((plugin) => plugin.id))
  }

  #view(ids: ReadonlySet<string>): PluginView {
    const key = [...ids].join()
    let view = this.#views.get(key)
    if (!view) {
      if (this.#views.size > 1_000) this.#views.clear()
      view = buildView(this.#catalogue, ids)
      this.#views.set(key, view)
    }
    return view
  }
}
