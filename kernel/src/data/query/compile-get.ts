import type { Statement } from '../pipeline.ts'
import type { EntityModel } from '../model/entity-model.ts'
import type { Include } from './include.ts'
import { compileColumns } from './compile-columns.ts'
import { compileRowScope } from './compile-filter.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/** Compiles the reading of one record to one statement with the columns `item` (JSON) and `version`. No row: it does not exist for this actor. */
export function compileGet(
  model: EntityModel,
  id: string,
  include: readonly Include[],
  scope: ReadScope,
): Statement {
  const values = new SqlValues()
  const wanted = values.add(id)
  const visible = compileRowScope(model, scope.readable(model), values)
  const columns = compileColumns(model, model.fields, include, scope, values)
  const text = `SELECT row_to_json(s)::text AS item, s.version FROM (SELECT ${columns} FROM ${scope.schema}.${model.table} t
  WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid AND ${visible}) s`
  return { text, values: values.list, ...statementName(model.role, text) }
}
