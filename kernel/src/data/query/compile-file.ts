import type { Statement } from '../pipeline.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { compileColumns } from './compile-columns.ts'
import { compileRowScope } from './compile-filter.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/** Compiles the reading of one field of one record, as any read would show it, to one statement with the column `value`. No row: the record does not exist for this actor. */
export function compileField(model: EntityModel, field: FieldModel, id: string, scope: ReadScope): Statement {
  const values = new SqlValues()
  const wanted = values.add(id)
  const visible = compileRowScope(model, scope.readable(model), values)
  const text = `SELECT to_json(s."${field.name}") AS value FROM (SELECT ${compileColumns(model, [field], [], scope, values)} FROM ${scope.schema}.${model.table} t
  WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid AND ${visible}) s`
  return { text, values: values.list, ...statementName(model.role, text) }
}
