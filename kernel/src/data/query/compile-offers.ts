import type { Statement } from '../pipeline.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { compileRowScope } from './compile-filter.ts'
import type { ReadScope, RowScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/**
 * Judges what may be done with a record, by the same conditions and the same compiler as lists are. The answer is one row with `offers`,
 * a yes or no for each deed, or none where the record does not exist for this actor.
 *
 * @param deeds records on which each of them may be done: all these conditions must hold
 */
export function compileOffers(
  model: EntityModel,
  id: string,
  deeds: readonly (readonly RowScope[])[],
  scope: ReadScope,
): Statement {
  const values = new SqlValues()
  const wanted = values.add(id)
  const visible = compileRowScope(model, scope.readable(model), values)
  const offers = deeds.map((conditions) => {
    const all = conditions.map((each) => `(${compileRowScope(model, each, values)})`).join(' AND ')
    return `(${all}) IS TRUE`
  })
  const text = `SELECT json_build_array(${offers.join(', ')}) AS offers FROM ${scope.schema}.${model.table} t
  WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid AND ${visible}`
  return { text, values: values.list, ...statementName(model.role, text) }
}
