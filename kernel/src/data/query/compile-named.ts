import type { EntityModel } from '../model/entity-model.ts'
import { compileRowScope } from './compile-filter.ts'
import type { ReadScope } from './row-scope.ts'
import type { SqlValues } from './sql-values.ts'

/** The condition that a record exists for the actor, or, without an entity, that the tenant has an active member of that id. */
export function compileNamed(
  model: EntityModel | undefined,
  id: string,
  scope: ReadScope,
  values: SqlValues,
): string {
  const table = model ? `${scope.schema}.${model.table}` : 'plinth.member'
  const visible = model ? compileRowScope(model, scope.readable(model), values, 'n') : `n.status = 'active'`
  return `EXISTS (SELECT 1 FROM ${table} n
    WHERE n.tenant_id = current_setting('plinth.tenant')::uuid AND n.id = ${values.add(id)}::uuid AND ${visible})`
}
