import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { propertyNames } from '../model/field-columns.ts'
import { initialValue, narrowed, withCustomDefaults, type Moment } from './custom-values.ts'
import { renderValue, type RecordJson } from './render-record.ts'

/** The given values and, where none is given, the declared defaults. Fields without either are left out. */
export function withDefaults(model: EntityModel, values: RecordJson, work: Moment): RecordJson {
  const defaults = model.fields
    .map((field) => [field.name, initialValue(field, work)] as const)
    .filter(([, value]) => value !== undefined)
  return withCustomDefaults(model, { ...Object.fromEntries(defaults), ...values }, work)
}

export function emptyRecord(model: EntityModel): RecordJson {
  return Object.fromEntries(model.fields.map((field) => [field.name, null]))
}

/** Whether two values are shown alike. */
export function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

export function pickValues(values: RecordJson, names: readonly string[]): RecordJson {
  return Object.fromEntries(names.filter((name) => name in values).map((name) => [name, values[name]]))
}

export function declaredOnly(model: EntityModel, values: RecordJson): RecordJson {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !model.byName.get(name)?.base))
}

/** Without personal and hidden data: events travel further than records. */
export function publicOnly(model: EntityModel, values: RecordJson): RecordJson {
  const open = Object.entries(values).filter(([name]) => {
    const { pii, mask, encrypted } = model.byName.get(name)?.declaration ?? {}
    return !pii && mask === undefined && !encrypted
  })
  const custom = model.custom.filter(
    ({ declaration: { pii, mask }, custom: place }) =>
      !pii && mask === undefined && Object.hasOwn(Object(values[CUSTOM]), place!.key),
  )
  return narrowed(Object.fromEntries(open), custom)
}

/** Those fields of a record that have a stored value. */
export function renderSome(model: EntityModel, stored: RecordJson): RecordJson {
  const fields = model.fields.filter((field) => propertyNames(field).some((name) => name in stored))
  return Object.fromEntries(fields.map((field) => [field.name, renderValue(field, stored)]))
}
