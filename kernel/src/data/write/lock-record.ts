import { compileColumns } from '../query/compile-columns.ts'
import { compileRowScope } from '../query/compile-filter.ts'
import type { RowScope } from '../query/row-scope.ts'
import { SqlValues } from '../query/sql-values.ts'
import { statementName } from '../query/statement-name.ts'
import type { RecordJson } from './render-record.ts'
import type { Write } from './write-record.ts'

/** A record as it is, locked against others who want to change it, and what the actor may do with it. */
interface LockedRecord {
  readonly item: RecordJson
  readonly readable: boolean
  readonly writable: boolean
}

/** Whoever changes a record compares with what it holds. */
const EVERYTHING = { clear: () => true, usable: () => true }

/** Reads and locks the record that is to be changed. Conditions are judged by the compiler of the lists: what a list shows and what may be changed cannot differ. */
export async function lockRecord(
  write: Write,
  id: string,
  exclusive = false,
): Promise<LockedRecord | undefined> {
  const { work, model, models, schema } = write
  const values = new SqlValues()
  const wanted = values.add(id)
  const readable = compileRowScope(model, write.readable, values)
  const writable = compileRowScope(model, write.writable, values)
  const scope = { models, schema, readable: () => false, unmasking: EVERYTHING }
  const columns = compileColumns(model, model.fields, [], scope, values)
  const text = `SELECT row_to_json(s) AS item, s._readable IS TRUE AS readable, s._writable IS TRUE AS writable FROM (
    SELECT ${columns}, ${readable} AS _readable, ${writable} AS _writable FROM ${schema}.${model.table} t
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid FOR ${exclusive ? '' : 'NO KEY '}UPDATE OF t) s`
  const [row] = await work.run<LockedRecord>({
    text,
    values: values.list,
    ...statementName(model.role, text),
  })
  if (!row) return undefined
  const { _readable, _writable, ...item } = row.item
  return { ...row, item }
}

/** Whether a record meets a condition, as it is in this transaction. */
export async function meets(write: Write, id: string, scope: RowScope): Promise<boolean> {
  if (typeof scope === 'boolean') return scope
  const values = new SqlValues()
  const wanted = values.add(id)
  const condition = compileRowScope(write.model, scope, values)
  const text = `SELECT 1 FROM ${write.schema}.${write.model.table} t WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid AND ${condition}`
  const rows = await write.work.run({ text, values: values.list, ...statementName(write.model.role, text) })
  return rows.length > 0
}
