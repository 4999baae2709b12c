import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { fieldColumn, type GridColumn } from '@plinth/ui/data-grid'
import { displayLabel, type AnyRecord } from '@plinth/ui'
import { isReadable } from './references.ts'
import { t } from './texts.ts'

/** Names of members by id, for fields that point to one. */
export type MemberNames = ReadonlyMap<string, string>

function columnOf(field: FieldMeta, members: MemberNames): GridColumn {
  const column = fieldColumn(field)
  if (field.type !== 'member' || field.ref) return column
  return { ...column, value: (row: AnyRecord) => members.get(String(row[field.name])) }
}

/** Several fields that name a person become one column with face, name and e-mail address. */
function nameColumn(meta: EntityMeta, email: FieldMeta | undefined): GridColumn {
  const sortable = meta.fields.find((field) => field.name === meta.display.at(-1) && field.sortable)
  return {
    key: 'name',
    label: t('list.name'),
    kind: email ? 'person' : 'text',
    title: true,
    value: (row) => displayLabel(meta.display, row),
    ...(sortable && { sort: sortable.name }),
    ...(email && { secondary: (row: AnyRecord) => row[email.name] }),
  }
}

/**
 * The columns of an entity's list. Fields that name the record together, such as first and last name, are drawn as
 * one; the column that names the record is the link that opens it.
 *
 * @param without field that is the same in every row, e.g. the record whose related list this is
 */
export function listColumns(
  meta: EntityMeta,
  members: MemberNames = new Map(),
  without?: string,
): GridColumn[] {
  const fields = meta.list.columns
    .map((name) => meta.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined && isReadable(field) && field.name !== without) as FieldMeta[]
  const names = new Set(fields.map((field) => field.name))
  const display = meta.display.filter((name) => names.has(name))
  const together =
    display.length > 1 &&
    fields.every((field) => !display.includes(field.name) || (field.type === 'string' && !field.readOnly))
  const email = together ? fields.find((field) => field.type === 'email') : undefined
  const title = display.find((name) => !fields.find((field) => field.name === name)?.readOnly) ?? display[0]
  const columns: GridColumn[] = []
  for (const field of fields) {
    if (together && field === email) continue
    if (together && field.name === display[0]) columns.push(nameColumn(meta, email))
    else if (together && display.includes(field.name)) continue
    else columns.push({ ...columnOf(field, members), ...(field.name === title && { title: true }) })
  }
  const [first, ...rest] = columns
  return first && !columns.some((column) => column.title) ? [{ ...first, title: true }, ...rest] : columns
}
