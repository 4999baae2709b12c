import { maskOf } from '@plinth/sdk'
import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import type { RecordJson } from './render-record.ts'
import { unreadableFields } from './unreadable-values.ts'

const FULL_MASK = '****'

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
  // Nothing is seen of what lies under a full mask, not even that it cannot be read.
  const unreadable = unreadableFields(values).filter(
    (name) => model.byName.get(name)?.declaration.mask === 'full',
  )
  const covered = (prefix: string, of: RecordJson): RecordJson =>
    Object.fromEntries(
      Object.entries(of).map(([key, value]) => {
        const name = `${prefix}${key}`
        const mask = model.byName.get(name)?.declaration.mask
        if (mask === undefined || shown(name)) return [key, value]
        return [key, unreadable.includes(name) ? FULL_MASK : maskOf(mask, value)]
      }),
    )
  const masked = covered('', values)
  const custom = values[CUSTOM]
  const isHidden = model.custom.some(({ declaration }) => declaration.mask !== undefined)
  if (isHidden && typeof custom === 'object' && custom !== null)
    masked[CUSTOM] = covered(`${CUSTOM}.`, custom as RecordJson)
  return masked
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

/**
 * What the audit log keeps of a record, or of some of its fields: masks, and of what is encrypted that there is something.
 *
 * @param record the record they are of
 */
export function auditForm(model: EntityModel, values: RecordJson, record = values): RecordJson {
  const masked = maskRecord(model, values)
  const unreadable = unreadableFields(record)
  for (const { name } of model.secret)
    if (masked[name] != null || (name in masked && unreadable.includes(name))) masked[name] = FULL_MASK
  return masked
}
