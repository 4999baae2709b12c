import type { EntityModel } from '../model/entity-model.ts'
import { compileRowScope } from '../query/compile-filter.ts'
import { SqlValues } from '../query/sql-values.ts'
import { statementName } from '../query/statement-name.ts'
import { rememberStored } from './custom-values.ts'
import { opened, storedColumns, type LockedRecord, type Questions } from './lock-record.ts'
import type { RecordJson } from './render-record.ts'
import type { LoneWrite } from './write.ts'

type Row = Omit<LockedRecord, 'item'> & { readonly item: RecordJson }

/**
 * Reads and locks several records of an entity in one statement, in the order of their ids, so that two who lock some of the same never
 * wait for each other in a circle.
 *
 * @returns those there are, by id
 */
export async function lockRecords(
  write: LoneWrite,
  ids: readonly string[],
  questions: Questions,
): Promise<ReadonlyMap<string, LockedRecord>> {
  const { work, model, schema } = write
  const values = new SqlValues()
  const wanted = values.add(`{${ids.join(',')}}`)
  const readable = compileRowScope(model, write.readable, values)
  const writable = compileRowScope(model, write.writable, values)
  const columns = storedColumns(write, values)
  const asked = questions(values).map((condition) => `(${condition}) IS TRUE`)
  const text = `SELECT row_to_json(s) AS item, s._readable IS TRUE AS readable, s._writable IS TRUE AS writable, s._asked AS asked FROM (
    SELECT ${columns}, ${readable} AS _readable, ${writable} AS _writable, json_build_array(${asked.join(', ')}) AS _asked FROM ${schema}.${model.table} t
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ANY (${wanted}::uuid[]) ORDER BY t.id FOR NO KEY UPDATE OF t) s`
  const rows = await work.run<Row>({ text, values: values.list, ...statementName(model.role, text) })
  const found = new Map<string, LockedRecord>()
  for (const row of rows) {
    const { _readable, _writable, _asked, ...stored } = row.item
    const item = rememberStored(await opened(write, stored))
    found.set(String(item['id']), { ...row, item })
  }
  return found
}

/** Asks several yes-or-no questions that are about no record in one statement. */
export async function askQuestions(
  { work }: Pick<LoneWrite, 'work'>,
  model: Pick<EntityModel, 'role'>,
  questions: Questions,
): Promise<readonly boolean[]> {
  const values = new SqlValues()
  const asked = questions(values).map((condition) => `(${condition}) IS TRUE`)
  if (asked.length === 0) return []
  const text = `SELECT json_build_array(${asked.join(', ')}) AS asked`
  const [row] = await work.run<{ asked: readonly boolean[] }>({
    text,
    values: values.list,
    ...statementName(model.role, text),
  })
  return row!.asked
}
