import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { propertyNames, toColumns } from '../model/field-columns.ts'
import { physicalColumns } from '../model/orm-schema.ts'
import { compileColumns } from '../query/compile-columns.ts'
import { SqlValues } from '../query/sql-values.ts'
import type { Batch } from './upgrade-batch.ts'

type Json = Record<string, unknown>

/** Records, those in the trash too, as the API shows them. */
export async function readRecords(
  { unit, tenantId, schema, entity }: Batch,
  model: EntityModel,
  fields: readonly FieldModel[],
  ids: readonly string[],
): Promise<(Json & { id: string })[]> {
  // Nobody looks at what is read here; the masks of it must not be stored as values.
  const unmasking = { clear: () => true as const, usable: () => true }
  const { timeZone } = unit.context
  const scope = { models: new Map(), schema, timeZone, readable: () => true as const, unmasking }
  const id = model.byName.get('id')!
  const columns = compileColumns(
    model,
    [id, ...fields.filter((field) => field !== id)],
    [],
    scope,
    new SqlValues(),
  )
  const rows = await unit.run<{ record: string }>({
    text: `SELECT row_to_json(s)::text AS record FROM (SELECT ${columns} FROM ${schema}.${entity.table} t
      WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) ORDER BY t.id) s`,
    values: [tenantId, uuids(ids)],
  })
  return rows.map(({ record }) => JSON.parse(record) as Json & { id: string })
}

/** Stores the values that are not there yet. Neither version nor time of change moves: nobody changed the record. */
export async function writeValues(
  { unit, tenantId, schema, entity, model }: Batch,
  id: string,
  stored: Json,
  values: Json,
): Promise<void> {
  const changed = Object.keys(values).filter(
    (name) => JSON.stringify(values[name]) !== JSON.stringify(stored[name]),
  )
  if (changed.length === 0) return
  const fields = changed.map((name) => model.byName.get(name)!)
  const columns = fields.flatMap((field) => physicalColumns(field))
  const row = fields.flatMap((field) => {
    const split = toColumns(field, values[field.name])
    return physicalColumns(field).map(
      ({ name }, index) => [name, split[propertyNames(field)[index]!]] as const,
    )
  })
  const names = columns.map(({ name }) => name).join(', ')
  await unit.run({
    text: `UPDATE ${schema}.${entity.table} SET (${names}) = (SELECT ${names} FROM jsonb_to_record($3::jsonb) AS v(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}))
      WHERE tenant_id = $1 AND id = $2::uuid`,
    values: [tenantId, id, JSON.stringify(Object.fromEntries(row))],
  })
}

/** As text of a PostgreSQL array: lists mean something else to the unit of work. */
export function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}
