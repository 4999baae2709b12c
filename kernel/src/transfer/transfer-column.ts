import type { Text } from '@plinth/sdk'
import { valueIn, type EntityModel, type FieldModel } from '../data/index.ts'

/** What a cell holds, as far as a spreadsheet tells it apart. Values are text in the form the API has them in. */
export type CellKind = 'text' | 'number' | 'date' | 'datetime' | 'bool'

/** A record as a list answers it. */
export type TransferRecord = Readonly<Record<string, unknown>>

/** A column of a file: a field, or a part of a field that takes several. */
export interface TransferColumn {
  /** Header for machines: `name`, `price.amount`, `customer` for the label of `customerId`. */
  readonly name: string
  readonly field: FieldModel
  /** Member of the field's value, or `label` for what is shown of a reference. */
  readonly part?: string
  readonly kind: CellKind
  /** Header for people. */
  readonly label: Text
  /** The cell of a record; null is an empty one. */
  read(record: TransferRecord): string | null
}

type Part = readonly [name: string, label: Text, kind: CellKind]

/** Types that take several columns. */
const PARTS: Readonly<Partial<Record<string, readonly Part[]>>> = {
  money: [
    ['amount', { en: 'Amount', de: 'Betrag' }, 'number'],
    ['currency', { en: 'Currency', de: 'Währung' }, 'text'],
  ],
  geo: [
    ['lat', { en: 'Latitude', de: 'Breite' }, 'number'],
    ['lng', { en: 'Longitude', de: 'Länge' }, 'number'],
  ],
  address: [
    ['street', { en: 'Street', de: 'Straße' }, 'text'],
    ['zip', { en: 'Postal code', de: 'PLZ' }, 'text'],
    ['city', { en: 'City', de: 'Ort' }, 'text'],
    ['country', { en: 'Country', de: 'Land' }, 'text'],
  ],
}

const KINDS: Readonly<Partial<Record<string, CellKind>>> = {
  int: 'number',
  decimal: 'number',
  bool: 'bool',
  date: 'date',
  datetime: 'datetime',
}

/** The columns of some fields, in their order. The label of a reference or member follows its id. */
export function columnsOf(fields: readonly FieldModel[]): TransferColumn[] {
  return fields.flatMap((field) => {
    if (field.members) return columnsOf(field.members)
    const { type } = field.declaration
    const parts = PARTS[type]
    if (parts) return parts.map((part) => partColumn(field, part))
    if (type === 'member') return [whole(field), labelColumn(field, memberLabelName(field))]
    if (field.include !== undefined) return [whole(field), labelColumn(field, field.include)]
    if (type === 'file') return [fileColumn(field)]
    return [whole(field)]
  })
}

/** The columns of a file that shows masks, which are texts, of all masked fields but some. */
export function withMasks(
  columns: readonly TransferColumn[],
  revealed: readonly FieldModel[],
): TransferColumn[] {
  const masked = ({ field }: TransferColumn): boolean =>
    field.declaration.mask !== undefined && !revealed.includes(field)
  return columns
    .filter(
      (column, index) =>
        !masked(column) || columns.findIndex(({ field }) => field === column.field) === index,
    )
    .map((column) => (masked(column) ? { ...whole(column.field), kind: 'text' } : column))
}

/** All columns a file of an entity can have: its declared fields between its id and what is known of each record. */
export function allColumns(model: EntityModel): TransferColumn[] {
  const [id, ...base] = model.fields.filter((field) => field.base)
  return columnsOf([id!, ...model.fields.filter((field) => !field.base), ...base])
}

/** Name under which the name of a member stands beside its id. */
export function memberLabelName(field: FieldModel): string {
  return `${field.name}.name`
}

function whole(field: FieldModel): TransferColumn {
  return {
    name: field.name,
    field,
    kind: KINDS[field.declaration.type] ?? 'text',
    label: field.declaration.label,
    read: (record) => toCell(valueIn(record, field), field.declaration.type === 'tags'),
  }
}

/** Files keep their bytes; what they are called says that there is one. */
function fileColumn(field: FieldModel): TransferColumn {
  return {
    ...whole(field),
    read: (record) => toCell((record[field.name] as { readonly name: string } | null)?.name),
  }
}

function partColumn(field: FieldModel, [part, label, kind]: Part): TransferColumn {
  return {
    name: `${field.name}.${part}`,
    field,
    part,
    kind,
    label: joined(field.declaration.label, label),
    read: (record) => toCell((valueIn(record, field) as Readonly<Record<string, unknown>> | null)?.[part]),
  }
}

function labelColumn(field: FieldModel, name: string): TransferColumn {
  return {
    name,
    field,
    part: 'label',
    kind: 'text',
    label: joined(field.declaration.label, { en: 'Name', de: 'Name' }),
    read: (record) => toCell((record[name] as { readonly label: unknown } | null | undefined)?.label),
  }
}

function joined(outer: Text, inner: Text): Text {
  const text = (locale: string): string =>
    `${(outer as Readonly<Record<string, string>>)[locale] ?? outer.en} (${(inner as Readonly<Record<string, string>>)[locale] ?? inner.en})`
  return { en: text('en'), de: text('de') }
}

/** @param isList whether texts stand side by side; in JSON, which may be a list of texts too, they do not */
function toCell(value: unknown, isList = false): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (isList && Array.isArray(value)) return joinTags(value as string[])
  return JSON.stringify(value)
}

/** Several texts in one cell: `red, "green, light", blue`. */
function joinTags(tags: readonly string[]): string {
  return tags.map((tag) => (/[",;\n]|^\s|\s$/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(', ')
}

/** The texts of a cell, separated by comma, semicolon or line break; undefined when its quotes do not match. */
export function splitTags(cell: string): string[] | undefined {
  const tags: string[] = []
  const part = /\s*(?:"((?:[^"]|"")*)"|([^",;\n]*))\s*(?:[,;\n]|$)/y
  while (part.lastIndex < cell.length) {
    const found = part.exec(cell)
    if (!found) return undefined
    const tag = found[1] === undefined ? found[2]!.trim() : found[1].replaceAll('""', '"')
    if (tag !== '') tags.push(tag)
  }
  return tags
}
