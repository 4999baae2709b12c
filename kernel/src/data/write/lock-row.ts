import type { EntityModel } from '../model/entity-model.ts'
import type { Statement } from '../pipeline.ts'
import { statementName } from '../query/statement-name.ts'

/** Locks a record against others who want to lock or change it. What is read afterwards is what those before have left. */
export function compileLock(
  { role, table }: Pick<EntityModel, 'role' | 'table'>,
  id: string,
  schema: string,
): Statement {
  const text = `SELECT 1 FROM ${schema}.${table} WHERE tenant_id = current_setting('plinth.tenant')::uuid AND id = $1::uuid FOR NO KEY UPDATE`
  return { text, values: [id], ...statementName(role, text) }
}
