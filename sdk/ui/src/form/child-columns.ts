import type { FieldMeta } from '@plinth/sdk'
import { childFields, type ChildForm } from './child-drafts.ts'

/** Fields that need more room than a cell has. */
const ROOMY: ReadonlySet<FieldMeta['type']> = new Set(['text', 'address', 'tags', 'geo', 'json', 'file'])

/** More would be too narrow to type into. */
const MOST = 6

/** What of a child stands in its line, what below it. */
export interface ChildColumns {
  /** Filled in, or only shown where `readOnly`. */
  readonly line: readonly FieldMeta[]
  readonly more: readonly FieldMeta[]
}

/** In the line stand the columns of the children's own list, and what every child needs. */
export function childColumns(form: ChildForm): ChildColumns {
  const { collection, meta } = form
  const fields = childFields(form)
  const listed = meta.list.columns.flatMap((name) => meta.fields.find((field) => field.name === name) ?? [])
  const needed = fields.filter((field) => field.required && field.default === undefined)
  const wanted = [...new Set([...needed.filter((field) => !listed.includes(field)), ...listed])].filter(
    (field) =>
      field.name !== collection.field && !ROOMY.has(field.type) && (field.readOnly || fields.includes(field)),
  )
  const line = wanted.slice(0, MOST)
  const rest = fields.filter((field) => !line.includes(field))
  const roomy = (field: FieldMeta): boolean => ROOMY.has(field.type)
  return { line, more: [...rest.filter((field) => !roomy(field)), ...rest.filter(roomy)] }
}

const SHARES: Partial<Record<FieldMeta['type'], number>> = {
  int: 1,
  decimal: 1,
  bool: 0.8,
  money: 1.2,
  date: 1.4,
  enum: 1.4,
}

/** Widths for a grid. */
export function columnWidths(line: readonly FieldMeta[]): string {
  return line
    .map((field) => {
      const share =
        field.type === 'money' && !field.currency && !field.readOnly ? 2.2 : (SHARES[field.type] ?? 2)
      return `minmax(0, ${share}fr)`
    })
    .join(' ')
}
