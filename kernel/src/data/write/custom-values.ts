import type { Money } from '@plinth/sdk'
import { CUSTOM, sideValue } from '../model/custom-fields.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { literalDefault, toColumns, toStored } from '../model/field-columns.ts'
import { renderValue, type RecordJson } from './render-record.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Values of a tenant's fields by name: as stored, where archived ones stay and empty ones are missing, or as given. */
export type CustomJson = Readonly<Record<string, unknown>>

/** When something happens, and on which day of the tenant. */
export type Moment = Pick<UnitOfWork, 'now' | 'today'>

/** The given values and, where none is given, the defaults of the tenant's fields. */
export function withCustomDefaults(model: EntityModel, values: RecordJson, work: Moment): RecordJson {
  if (model.custom.length === 0) return values
  const defaults = model.custom.flatMap((field) => {
    const value = initialValue(field, work)
    return value === undefined ? [] : [[field.custom!.key, value] as const]
  })
  return { ...values, [CUSTOM]: { ...Object.fromEntries(defaults), ...given(values) } }
}

/** The declared default of a field as of now. */
export function initialValue(field: FieldModel, work: Moment): unknown {
  const value = literalDefault(field.declaration)
  if (value === 'now' && field.declaration.type === 'date') return work.today
  if (value === 'now' && field.declaration.type === 'datetime') return work.now.toISOString()
  return value
}

/** What a change makes of the values a record shows: fields that are not mentioned keep theirs. */
export function changedCustom(model: EntityModel, shown: RecordJson, changes: RecordJson): CustomJson {
  const next = Object.fromEntries(Object.entries(given(shown)))
  for (const field of model.custom) {
    const { key } = field.custom!
    if (Object.hasOwn(given(changes), key))
      next[key] = renderValue(field, toColumns(field, given(changes)[key]))
  }
  return next
}

/** Under which a record that was read to be changed remembers all its stored values, those of archived fields too. It is copied along, but shown nowhere. */
const STORED = Symbol('stored values of custom fields')

/** A record as it was read to be changed, with the column `custom` as `_custom` where its entity takes further fields. */
export function rememberStored({ _custom, ...record }: RecordJson): RecordJson {
  return _custom === undefined ? record : Object.assign(record, { [STORED]: _custom })
}

/** The columns that hold the values of a whole record; none where its entity takes no further fields. */
function customColumns(model: EntityModel, record: RecordJson): RecordJson {
  const { [STORED]: before } = record as { [STORED]?: CustomJson }
  const next = Object.create(null) as RecordJson
  Object.assign(next, before)
  for (const field of model.custom) {
    const { key } = field.custom!
    const value = given(record)[key] ?? null
    if (value === null) delete next[key]
    else next[key] = renderValue(field, toColumns(field, value))
  }
  return { [CUSTOM]: { ...next }, _customSearch: searchText(model, next) }
}

/**
 * A record, or some of its fields, as it is stored.
 *
 * @param values of the fields to be stored; with `custom`, all of these
 */
export function toStoredRecord(model: EntityModel, values: RecordJson, record = values): RecordJson {
  const isExtended = model.declaration.extensible && Object.hasOwn(values, CUSTOM)
  return toStored(model, { ...values, ...(isExtended ? customColumns(model, record) : {}) })
}

/** The text the search box looks into; null when there is none. */
function searchText(model: EntityModel, stored: CustomJson): string | null {
  const texts = model.custom
    .filter((field) => field.declaration.search)
    .map((field) => stored[field.custom!.key])
    .filter((text) => typeof text === 'string')
  return texts.length === 0 ? null : texts.join('\n')
}

/**
 * The tenant's fields whose values differ between two records as the API shows them.
 *
 * @param unseen those that count as changed whatever they were
 */
export function differing(
  model: EntityModel,
  before: RecordJson,
  after: RecordJson,
  unseen?: ReadonlySet<string>,
): FieldModel[] {
  return model.custom.filter(
    ({ name, custom }) =>
      unseen?.has(name) ||
      JSON.stringify(given(before)[custom!.key]) !== JSON.stringify(given(after)[custom!.key]),
  )
}

/** The record with only these of the tenant's fields. */
export function narrowed(record: RecordJson, fields: readonly FieldModel[]): RecordJson {
  if (!Object.hasOwn(record, CUSTOM)) return record
  const values = fields.map(({ custom }) => [custom!.key, given(record)[custom!.key]] as const)
  return { ...record, [CUSTOM]: Object.fromEntries(values) }
}

/**
 * Without what is the same already: a record may keep a value that no record gets any more.
 *
 * @param unseen fields that count as changed all the same
 */
export function withoutUnchanged(before: RecordJson, input: unknown, unseen: ReadonlySet<string>): unknown {
  const custom = isObject(input) ? input[CUSTOM] : undefined
  if (!isObject(input) || !isObject(custom)) return input
  const rest = Object.entries(custom).filter(
    ([key, value]) =>
      value === null ||
      unseen.has(`${CUSTOM}.${key}`) ||
      !Object.hasOwn(given(before), key) ||
      JSON.stringify(given(before)[key]) !== JSON.stringify(value),
  )
  return { ...input, [CUSTOM]: Object.fromEntries(rest) }
}

/** One row of a side table. */
export interface SideRow {
  readonly field_id: string
  readonly n: number
  readonly single: string | null
  readonly text?: string
  readonly number?: string
  readonly moment?: string
  readonly member?: string
  readonly ref?: string
  /** Table of the record referred to; nothing where there is none now. */
  readonly target?: string
}

/** The rows by which the values of these fields are found. */
export function sideRows(models: Models, fields: readonly FieldModel[], stored: CustomJson): SideRow[] {
  return fields.flatMap((field) => {
    const { id, key, column } = field.custom!
    const value = stored[key]
    const target = field.target === undefined ? undefined : models.get(field.target)
    if (column === undefined || value === undefined || value === null) return []
    return (Array.isArray(value) ? value : [value]).map((each, n) => ({
      field_id: id,
      n,
      [column]: sideValue(field, each),
      // Amounts are compared within their currency.
      ...(field.declaration.type === 'money' ? { text: (each as Money).currency } : {}),
      ...(target ? { target: target.table } : {}),
      single: field.declaration.unique ? String(each) : null,
    }))
  })
}

/** The value of a field in a record, or in the input of a request: one the tenant has added is a member of `custom`. */
export function valueIn(record: RecordJson, { name, custom }: FieldModel): unknown {
  return custom ? given(record)[custom.key] : record[name]
}

/** Whether a request gives a field a value, an empty one too. */
export function isGiven(input: unknown, { name, custom }: FieldModel): boolean {
  if (!isObject(input)) return false
  if (!custom) return Object.hasOwn(input, name)
  return isObject(input[CUSTOM]) && Object.hasOwn(input[CUSTOM], custom.key)
}

/** The input without a field. */
export function leftOut(input: RecordJson, { name, custom }: FieldModel): RecordJson {
  if (!custom) {
    const { [name]: _, ...rest } = input
    return rest
  }
  const { [custom.key]: _, ...rest } = given(input)
  return { ...input, [CUSTOM]: rest }
}

function given(record: RecordJson): CustomJson {
  return (record[CUSTOM] ?? {}) as CustomJson
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
