import type { Statement } from '../pipeline.ts'
import type { EntityModel } from '../model/entity-model.ts'
import type { Include } from './include.ts'
import { compileColumns } from './compile-columns.ts'
import { compileRowScope } from './compile-filter.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'
import { statementName } from './statement-name.ts'

/** A compiled statement but for the id, which is its first value. */
interface Compiled {
  readonly text: string
  readonly values: readonly unknown[]
  /** Once it has come often enough to be prepared. */
  name?: string | undefined
}

const compiled = new WeakMap<ReadScope, Map<EntityModel, Compiled>>()

/** Compiles the reading of one record to one statement with the columns `item` (JSON) and `version`. No row: it does not exist for this actor. */
export function compileGet(
  model: EntityModel,
  id: string,
  include: readonly Include[],
  scope: ReadScope,
): Statement {
  const found = include.length === 0 ? plain(model, scope) : compile(model, include, scope)
  const { text, values } = found
  const name = (found.name ??= statementName(model.role, text).name)
  return { text, values: [id, ...values], ...(name === undefined ? {} : { name }) }
}

/** The statement without anything that comes along, which is the same as long as the actor's rights are. */
function plain(model: EntityModel, scope: ReadScope): Compiled {
  const known = compiled.get(scope) ?? new Map<EntityModel, Compiled>()
  compiled.set(scope, known)
  const statement = known.get(model) ?? compile(model, [], scope)
  known.set(model, statement)
  return statement
}

function compile(model: EntityModel, include: readonly Include[], scope: ReadScope): Compiled {
  const values = new SqlValues()
  const wanted = values.add(undefined)
  const visible = compileRowScope(model, scope.readable(model), values)
  const columns = compileColumns(model, model.fields, include, scope, values)
  const text = `SELECT row_to_json(s)::text AS item, s.version FROM (SELECT ${columns} FROM ${scope.schema}.${model.table} t
  WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid AND ${visible}) s`
  return { text, values: values.list.slice(1) }
}
