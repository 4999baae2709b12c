import type { Database } from '../database.ts'
import { CUSTOM } from '../model/custom-fields.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { labelSql } from './compile-columns.ts'
import { compileRowScope } from './compile-filter.ts'
import { isCustom } from './custom-include.ts'
import type { Include } from './include.ts'
import type { ReadScope } from './row-scope.ts'
import { SqlValues } from './sql-values.ts'

type Json = Readonly<Record<string, unknown>>

interface Label {
  /** Position of the include. */
  readonly n: number
  readonly id: string
  readonly label: string
}

/**
 * Adds to what a read has answered what the references of custom fields lead to: `{ id, label }`, or null where the actor sees no such
 * record. Tenants may refer to entities the role of no plugin reaches, so that labels are asked for by themselves, all with one statement
 * and the rights of the kernel; the rows are those the actor may read, as everywhere.
 *
 * @param json a record, or a list of them
 */
export async function withCustomLabels(
  database: Pick<Database, 'query'>,
  tenantId: string,
  json: string,
  includes: readonly Include[],
  scope: ReadScope,
): Promise<string> {
  const wanted = includes.filter(isCustom)
  if (wanted.length === 0) return json
  const answer = JSON.parse(json) as Json | Json[]
  const records = Array.isArray(answer) ? answer : [answer]
  const values = new SqlValues()
  const parts = wanted.flatMap(({ target, via }, index) => {
    const ids = new Set(records.map((record) => idOf(record, via)).filter((id) => id !== undefined))
    if (ids.size === 0) return []
    const wantedIds = (): string => `t.id = ANY(${values.add([...ids])}::uuid[])`
    if (!target)
      return scope.members
        ? `SELECT ${index} AS n, t.id, t.name AS label FROM plinth.member t
      WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND ${wantedIds()}`
        : []
    const visible = compileRowScope(target, scope.readable(target), values)
    return `SELECT ${index} AS n, t.id, ${labelSql(target, 't')} AS label FROM ${scope.schema}.${target.table} t
      WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND ${wantedIds()} AND ${visible}`
  })
  const text = parts.join('\nUNION ALL ')
  const rows =
    parts.length === 0 ? [] : await database.query<Label>({ tenantId }, { text, values: values.list })
  const found = new Map(rows.map(({ n, id, label }) => [`${n} ${id}`, { id, label }]))
  const labelled = records.map((record) => ({
    ...record,
    ...Object.fromEntries(
      wanted.map(({ name, via }, index) => [name, found.get(`${index} ${idOf(record, via)}`) ?? null]),
    ),
  }))
  return JSON.stringify(Array.isArray(answer) ? labelled : labelled[0])
}

function idOf(record: Json, { custom }: FieldModel): string | undefined {
  const id = (record[CUSTOM] as Json | undefined)?.[custom!.key]
  return typeof id === 'string' ? id.toLowerCase() : undefined
}
