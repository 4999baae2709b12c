import type { FeatureState, RoleTemplate } from '@plinth/sdk'
import type { EntityModel, Models } from '../data/index.ts'
import type { LimitOverride } from '../entitlements/index.ts'
import { permissionsOf } from '../contributions/index.ts'
import type { InstalledPlugin, PluginCatalogue } from './catalogue.ts'

/**
 * What a set of active plugins adds up to. Tenants with the same plugins share one view, so that a further tenant costs
 * nothing.
 */
export interface PluginView {
  /** Active plugins, in the order of their dependencies. */
  readonly active: readonly InstalledPlugin[]
  readonly ids: ReadonlySet<string>
  /** All installed entities as the tenant has them, those of plugins that are off too. */
  readonly models: Models
  /** Entities of active plugins by `plugin.entity`. */
  readonly entities: ReadonlyMap<string, EntityModel>
  /** Entities by address, `crm/customers`. */
  readonly byPath: ReadonlyMap<string, EntityModel>
  readonly permissions: ReadonlySet<string>
  readonly roles: ReadonlyMap<string, RoleTemplate>
  /** Who wants to hear of an event, as `<plugin>/<handler>`. */
  readonly consumers: ReadonlyMap<string, readonly string[]>
  /** Features that are off, as `<plugin>.<feature>`, with what decided that; also those of plugins that are off. */
  readonly off: ReadonlyMap<string, FeatureState>
  /** What operators have set for the tenant in place of its tier's limits, by limit. */
  readonly limitOverrides: ReadonlyMap<string, LimitOverride>
}

const NO_OVERRIDES: ReadonlyMap<string, LimitOverride> = new Map()

/**
 * @param waiting plugins that are out of service for a while and want to hear afterwards what happened meanwhile
 * @param off features that are off
 */
export function buildView(
  catalogue: PluginCatalogue,
  ids: ReadonlySet<string>,
  waiting: ReadonlySet<string> = new Set(),
  off: PluginView['off'] = new Map(),
): PluginView {
  const active = [...catalogue.plugins.values()].filter((plugin) => ids.has(plugin.id))
  const entities = new Map([...catalogue.models].filter(([, model]) => ids.has(model.plugin)))
  const consumers = new Map<string, string[]>()
  const listening = [...catalogue.plugins.values()].filter(({ id }) => ids.has(id) || waiting.has(id))
  for (const { id, manifest } of listening) {
    for (const { event, handler } of manifest.events?.subscribes ?? []) {
      consumers.set(event, [...(consumers.get(event) ?? []), `${id}/${handler}`])
    }
  }
  return {
    active,
    ids,
    models: catalogue.models,
    entities,
    byPath: new Map([...entities.values()].map((model) => [model.path, model])),
    permissions: new Set(active.flatMap(({ manifest }) => permissionsOf(manifest))),
    roles: new Map(
      active.flatMap(({ id, manifest }) =>
        (manifest.roles ?? []).map((role) => [`${id}.${role.id}`, role] as const),
      ),
    ),
    consumers,
    off,
    limitOverrides: NO_OVERRIDES,
  }
}
