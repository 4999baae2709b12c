import { createHash } from 'node:crypto'

/** `billingAddress` → `billing_address` */
export function columnName(field: string): string {
  let column = known.get(field)
  if (column === undefined) {
    column = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    if (known.size < 10_000) known.set(field, column)
  }
  return column
}

/** Asked for with every change. */
const known = new Map<string, string>()

/** `tax_id` → `tax_id_blind` */
export function blindColumn(column: string): string {
  return `${column}_blind`
}

/** `time-tracking`, `timeEntry` → `time_tracking_time_entry` */
export function tableName(plugin: string, entity: string): string {
  return `${plugin.replaceAll('-', '_')}_${columnName(entity)}`
}

/** A name for a constraint or index that says what it is and never exceeds PostgreSQL's 63 bytes. */
export function constraintName(
  table: string,
  kind: 'key' | 'idx' | 'fk',
  columns: readonly string[],
): string {
  const full = `${table}__${columns.join('_')}_${kind}`
  if (full.length <= 63) return full
  return `${full.slice(0, 50)}_${createHash('sha256').update(full).digest('hex').slice(0, 8)}_${kind}`
}
