import { maskOf } from '@plinth/sdk'
import type { EntityModel, Models } from '../model/entity-model.ts'
import type { RecordJson } from './render-record.ts'

/**
 * A record, or some of its fields, as reads show it to people: with masks instead of what they hide.
 *
 * @param shown masked fields whose values are shown all the same
 */
export function maskRecord(
  model: EntityModel,
  values: RecordJson,
  shown: (field: string) => boolean = () => false,
): RecordJson {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const mask = model.byName.get(name)?.declaration.mask
      return [name, mask === undefined || shown(name) ? value : maskOf(mask, value)]
    }),
  )
}

/** The same of a record with the collections of children it came with. */
export function maskFamily(
  models: Models,
  model: EntityModel,
  values: RecordJson,
  shown: (model: EntityModel, field: string) => boolean,
): RecordJson {
  const masked = maskRecord(model, values, (field) => shown(model, field))
  for (const { name, entity } of model.children) {
    const children = values[name] as readonly RecordJson[] | undefined
    const child = models.get(entity)!
    if (children)
      masked[name] = children.map((each) => maskRecord(child, each, (field) => shown(child, field)))
  }
  return masked
}

/** What the audit log keeps of a record, or of some of its fields: masks, and of what is encrypted that there is something. */
export function auditForm(model: EntityModel, values: RecordJson): RecordJson {
  const masked = maskRecord(model, values)
  for (const { name } of model.secret) if (masked[name] != null) masked[name] = '****'
  return masked
}
