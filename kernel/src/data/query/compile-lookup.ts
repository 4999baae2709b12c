import type { Statement } from '../pipeline.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { labelSql } from './compile-columns.ts'
import { columnOf } from './compile-custom.ts'
import { compileFilter, compileRowScope } from './compile-filter.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'

/** What the statement of a lookup answers with: one row for each value that was found. */
export interface LookupRow {
  /** The value as text, as the database has it. */
  readonly key: string
  /** One id, or two when the value does not tell records apart. */
  readonly ids: string[]
  readonly version: number
}

/**
 * Compiles the search for records by a field, or by the label that names them to people, among those the actor may see.
 *
 * @param keys values of the field, at most 200
 */
export function compileLookup(
  model: EntityModel,
  by: FieldModel | 'label',
  keys: readonly (string | number)[],
  scope: ReadScope,
): Statement {
  const values = new SqlValues()
  const key = by === 'label' ? labelSql(model, 't') : columnOf(by, 't', values)
  const visible = compileRowScope(model, scope.readable(model), values)
  const wanted =
    by === 'label'
      ? `${key} = ANY(${values.add(keys)}::text[])`
      : compileFilter(model, { [by.name]: { in: [...keys] } }, values, {
          alias: 't',
          pointer: '',
          // Fields the tenant has added are looked up in their side table, by its index.
          ...(by.custom ? { scope } : {}),
        })
  const text = `SELECT ${key}::text AS key, (array_agg(t.id ORDER BY t.id))[1:2]::text[] AS ids, min(t.version) AS version
    FROM ${scope.schema}.${model.table} t WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND ${visible} AND ${wanted} GROUP BY 1`
  return { text, values: values.list }
}
