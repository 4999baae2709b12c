import type { EntityModel } from '../model/entity-model.ts'
import type { Statement } from '../pipeline.ts'
import { compileRowScope } from './compile-filter.ts'
import type { RowScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'

/**
 * Compiles the question which of several scopes a record is within, to one statement with the column `met`. No row: there is no such record
 * within the scope of whoever asks.
 */
export function compileJudgement(
  model: EntityModel,
  id: string,
  schema: string,
  { visible, scopes }: { readonly visible: RowScope; readonly scopes: readonly RowScope[] },
): Statement {
  const values = new SqlValues()
  const wanted = values.add(id)
  const met = scopes.map((scope) => `(${compileRowScope(model, scope, values)}) IS TRUE`)
  const text = `SELECT json_build_array(${met.join(', ')}) AS met FROM ${schema}.${model.table} t
  WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid AND ${compileRowScope(model, visible, values)}`
  return { text, values: values.list }
}
