import type { FieldDeclaration, FieldType, Money } from '@plinth/sdk'
import type { EntityModel, FieldModel } from './entity-model.ts'
import { fieldSql } from './field-sql.ts'
import { toMinor } from './money.ts'

/** Columns of the side table that hold values in the order and with the index of their kind. */
export type SideColumn = 'text' | 'number' | 'moment' | 'member' | 'ref'

/** Where the value of a field is that a tenant has added. */
export interface CustomPlace {
  /** Id of the definition. */
  readonly id: string
  /** Member of the column `custom`. */
  readonly key: string
  /** Table that holds the values to look them up by, without its schema. */
  readonly table: string
  /** Its column; none for long texts, which no index takes. */
  readonly column: SideColumn | undefined
  /** Whether lists show a column of it. */
  readonly listed: boolean
}

/** A field a tenant has added to an entity and not archived. */
export interface CustomField {
  readonly id: string
  readonly name: string
  readonly declaration: FieldDeclaration & { readonly listed?: boolean }
}

/** Name under which records show the fields of the tenant. */
export const CUSTOM = 'custom'

/** Column of the texts of custom fields that the search box looks into. Names of declared fields never start with an underscore. */
export const CUSTOM_SEARCH = '_custom_search'

const SIDE_COLUMNS: Partial<Record<FieldType, SideColumn>> = {
  string: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  enum: 'text',
  tags: 'text',
  int: 'number',
  decimal: 'number',
  money: 'number',
  bool: 'number',
  date: 'moment',
  datetime: 'moment',
  member: 'member',
  ref: 'ref',
}

/** Table beside an extensible entity's own: one row for each value its custom fields are filtered and sorted by. */
export function sideTable(table: string): string {
  return `${table}__custom`
}

/** The column `custom` as a field: with its members it is shown, checked and changed as one value. */
export function customContainer(members: readonly FieldModel[] = []): FieldModel {
  return {
    name: CUSTOM,
    columns: [CUSTOM],
    column: CUSTOM,
    base: false,
    notNull: true,
    declaration: { type: 'json', label: { en: 'Custom fields', de: 'Eigene Felder' } },
    members,
  }
}

/**
 * The model of an entity as one tenant has it: with the fields it has added.
 *
 * @param targetOf the id an entity has now whose records can be referred to; undefined where they cannot
 */
export function withCustomFields(
  model: EntityModel,
  fields: readonly CustomField[],
  targetOf: (entity: string) => string | undefined,
): EntityModel {
  const custom = fields.map((field) => customField(model, field, targetOf))
  const all = model.fields.map((field) => (field.members ? customContainer(custom) : field))
  const { trash } = model
  return {
    ...model,
    custom,
    fields: all,
    byName: new Map([...all, ...custom].map((field) => [field.name, field])),
    ...(trash ? { trash: { ...trash, ...withCustomFields(trash, fields, targetOf) } } : {}),
  }
}

/** The fields of an entity as queries know them: each of the tenant's by itself, none for all of them. */
export function queryFields(model: EntityModel): FieldModel[] {
  return [...model.fields.filter((field) => !field.members), ...model.custom]
}

function customField(
  model: EntityModel,
  { id, name, declaration }: CustomField,
  targetOf: (entity: string) => string | undefined,
): FieldModel {
  const target = declaration.entity === undefined ? undefined : targetOf(declaration.entity)
  const path = `${CUSTOM}.${name}`
  return {
    name: path,
    // No columns of its own: see `customSql`.
    columns: declaration.type === 'money' ? [path, `${path}.currency`] : [path],
    column: path,
    base: false,
    notNull: false,
    declaration,
    // Where the plugin of the target is off, the id is all there is.
    ...(declaration.type === 'ref' || declaration.type === 'member' ? { include: `${path}.record` } : {}),
    ...(target === undefined ? {} : { target }),
    custom: {
      id,
      key: name,
      table: sideTable(model.table),
      column: SIDE_COLUMNS[declaration.type],
      listed: declaration.listed === true,
    },
  }
}

/**
 * A value of the API as the side table holds it: decimals as whole numbers of their last digit, which row-level security lets to
 * their index and numerics it does not, like amounts in minor units; days as their first moment in UTC. Undefined for numbers the field
 * can never have.
 */
export function sideValue({ declaration }: FieldModel, value: unknown): string | undefined {
  switch (declaration.type) {
    case 'decimal':
      return scaled(String(value), declaration.scale ?? 2)
    case 'money':
      // Cursors hold minor units already.
      return typeof value === 'string' ? value : String(toMinor(value as Money))
    case 'bool':
      return String(value) === 'true' ? '1' : '0'
    case 'date':
      return `${String(value)}T00:00:00Z`
    default:
      return String(value)
  }
}

function scaled(text: string, scale: number): string | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (fraction.length > scale || whole.length > 18 - scale) return undefined
  return String(BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}` || '0'))
}

/** The currency of an amount in SQL, from the row itself. */
export function customCurrencySql(alias: string, key: string): string {
  return `(${alias}.${CUSTOM} -> ${key}::text ->> 'currency')`
}

/** The value of a custom field in SQL, from the row itself: whatever needs no index. Keys are values, so that tenants share statements. */
export function customSql(field: FieldModel, alias: string, key: string): string {
  const { type } = field.declaration
  if (type === 'tags' || type === 'address' || type === 'json') return `(${alias}.${CUSTOM} -> ${key}::text)`
  // Amounts are stored with all digits of their currency: without its point one is the number of minor units.
  if (type === 'money') return `replace(${alias}.${CUSTOM} -> ${key}::text ->> 'amount', '.', '')::bigint`
  const sql = fieldSql[type]
  const text = `(${alias}.${CUSTOM} ->> ${key}::text)`
  return sql.cast === 'text' ? `(${text} COLLATE "und-x-icu")` : `${text}::${sql.cast}`
}
