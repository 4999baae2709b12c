import { Failure } from '../../errors.ts'
import { compileRowScope } from '../query/compile-filter.ts'
import type { RowScope } from '../query/row-scope.ts'
import { SqlValues } from '../query/sql-values.ts'
import { statementName } from '../query/statement-name.ts'
import type { Write } from './write.ts'

/** Whether all these records meet a condition, as they are in this transaction. */
export async function meets(write: Write, ids: readonly string[], scope: RowScope): Promise<boolean> {
  if (ids.length === 0) return true
  if (typeof scope === 'boolean') return scope
  return (await meeting(write, ids, scope)).size === ids.length
}

/** The same of one record at a time, where the same condition is asked of several: it is judged for all of them at once. */
export function meetsEach(
  write: Write,
  ids: readonly string[],
): (id: string, scope: RowScope) => Promise<boolean> {
  const known = new Map<string, Promise<ReadonlySet<string>>>()
  return async (id, scope) => {
    if (typeof scope === 'boolean') return scope
    const key = JSON.stringify(scope)
    const found = known.get(key) ?? meeting(write, ids, scope)
    known.set(key, found)
    return (await found).has(id)
  }
}

async function meeting(write: Write, ids: readonly string[], scope: RowScope): Promise<ReadonlySet<string>> {
  const values = new SqlValues()
  const wanted = values.add(JSON.stringify(ids))
  const condition = compileRowScope(write.model, scope, values)
  const text = `SELECT t.id FROM ${write.schema}.${write.model.table} t
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid
    AND t.id IN (SELECT each::uuid FROM json_array_elements_text(${wanted}::json) each) AND ${condition}`
  const rows = await write.work.run<{ id: string }>({
    text,
    values: values.list,
    ...statementName(write.model.role, text),
  })
  return new Set(rows.map((row) => row.id))
}

/** @throws Failure `permission_missing` unless all these records meet the condition */
export async function requireRows(write: Write, ids: readonly string[], scope: RowScope): Promise<void> {
  if (!(await meets(write, ids, scope)))
    throw new Failure('permission_missing', { extensions: { permission: write.permission } })
}
