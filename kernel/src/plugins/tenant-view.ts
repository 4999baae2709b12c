import { entityNamed, withCustomFields, type CustomField } from '../data/index.ts'
import type { LimitOverride } from '../entitlements/index.ts'
import type { PluginView } from './plugin-view.ts'

/** A field a tenant has added, with the entity it belongs to, `plugin.entity`. */
export type TenantField = CustomField & { readonly entity: string }

/**
 * The view of a tenant that has added fields, or limits of its own: the shared one, with models of its own for the entities concerned. All other tenants go on
 * sharing.
 */
export function tenantView(
  view: PluginView,
  fields: readonly TenantField[],
  limitOverrides: ReadonlyMap<string, LimitOverride>,
): PluginView {
  const entities = new Map(view.entities)
  const targetOf = (entity: string): string | undefined => entityNamed(view.entities, entity)?.id
  for (const [id, own] of Map.groupBy(fields, (field) => field.entity)) {
    const model = entities.get(id)
    if (model?.declaration.extensible) entities.set(id, withCustomFields(model, own, targetOf))
  }
  if (fields.length === 0) return limitOverrides.size === 0 ? view : { ...view, limitOverrides }
  return {
    ...view,
    limitOverrides,
    models: new Map([...view.models, ...entities]),
    entities,
    byPath: new Map([...entities.values()].map((model) => [model.path, model])),
  }
}
