import type { EntityModel } from '../model/entity-model.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { toStoredRecord } from './custom-values.ts'
import { renderValue, type RecordJson } from './render-record.ts'
import { byColumn, type Row } from './row-statements.ts'
import type { LoneWrite } from './write.ts'

/** Columns of a whole record as they go into the table. Only those encrypted values are sealed that are asked for. */
export function sealedColumns(
  { work, model }: LoneWrite,
  record: RecordJson,
  columns: readonly string[],
): Row {
  const stored = toStoredRecord(model, record)
  for (const { name, column } of model.secret) if (!columns.includes(column)) delete stored[name]
  const all = byColumn(model, sealRow(model, String(record['id']), stored, work.context.secrets))
  return Object.fromEntries(columns.map((name) => [name, all[name] ?? null]))
}

/** Stored values as they go into the table: those of encrypted fields sealed, with what stands for them in their blind indexes. */
export function sealRow(
  model: EntityModel,
  id: string,
  stored: RecordJson,
  secrets: Secrets | undefined,
): RecordJson {
  const fields = model.secret.filter((field) => field.name in stored)
  if (fields.length === 0) return stored
  if (!secrets) throw new Error(`${model.id} has encrypted fields, and this transaction has no keys`)
  const row = { ...stored }
  for (const field of fields) {
    const value = renderValue(field, stored)
    row[field.name] = value === null ? null : secrets.seal(model, field, id, value)
    if (field.blind !== undefined)
      row[field.blind] = value === null ? null : secrets.blind(model, field, value)
  }
  return row
}
