import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import type { UpgradePlan } from './upgrade-plan.ts'

/**
 * The entities while upgrades are open: fields that records of the version before may lack are marked `late`.
 *
 * @param upgrades of this version; none are marked without
 */
export function withLateFields(
  models: Models,
  upgrades: readonly { readonly plugin: string; readonly plan: UpgradePlan }[],
): Models {
  const late = new Map<string, ReadonlySet<string>>()
  for (const { plugin, plan } of upgrades)
    for (const { entity, later } of plan.entities)
      if (later.length > 0) late.set(`${plugin}.${entity}`, new Set(later))
  return new Map([...models].map(([id, model]) => [id, late.has(id) ? mark(model, late.get(id)!) : model]))
}

function mark<M extends EntityModel>(model: M, names: ReadonlySet<string>): M {
  const fields = model.fields.map((field): FieldModel =>
    names.has(field.name) ? { ...field, late: true } : field,
  )
  return {
    ...model,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    ...(model.trash ? { trash: mark(model.trash, names) } : {}),
  }
}
