import type { ProblemError, UpgradeError } from '@plinth/sdk'
import { computeFields, type ChildValues } from '../model/compute.ts'
import type { ChildrenModel, EntityModel } from '../model/entity-model.ts'
import { compileColumns } from '../query/compile-columns.ts'
import { SqlValues } from '../query/sql-values.ts'
import type { Batch } from './upgrade-batch.ts'
import { readRecords, uuids, writeValues } from './upgrade-rows.ts'

type Json = Record<string, unknown>

/**
 * Works out computed fields of records whose other values have the shape of the next version already, and so have their children.
 *
 * @returns what cannot be computed; then the transaction must be taken back
 */
export async function recompute(batch: Batch, ids: readonly string[]): Promise<UpgradeError[]> {
  const { entity, model } = batch
  if (!entity.recomputed?.length) return []
  const fields = model.fields.filter(
    ({ base, declaration, members }) => !base && !declaration.encrypted && !members,
  )
  const records = await readRecords(batch, model, fields, ids)
  const children = new Map<string, ReadonlyMap<string, Json[]>>()
  for (const collection of collectionsOf(model))
    children.set(collection.name, await readChildren(batch, collection, ids))
  const errors: UpgradeError[] = []
  for (const { id, ...stored } of records) {
    const faults: ProblemError[] = []
    const of: ChildValues = (collection) => children.get(collection)?.get(id) ?? []
    const values = computeFields(model, stored, of, faults)
    errors.push(...faults.map((fault) => ({ entity: model.name, record: id, ...fault })))
    if (faults.length === 0) await writeValues(batch, id, stored, values)
  }
  return errors
}

/** Children that something follows from. */
function collectionsOf(model: EntityModel): ChildrenModel[] {
  const names = new Set(
    model.computed.flatMap(({ declaration: { computed } }) => {
      if ('sum' in computed!) return [computed.sum.split('.')[0]]
      return 'count' in computed! ? [computed.count] : []
    }),
  )
  return model.children.filter(({ name }) => names.has(name))
}

/** By parent. Those of a record in the trash went there with it. */
async function readChildren(
  { unit, tenantId, schema, entity, models }: Batch,
  collection: ChildrenModel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Json[]>> {
  const child = models.get(collection.entity)!
  const link = child.byName.get(collection.field)!
  const unmasking = { clear: () => true as const, usable: () => true }
  const { timeZone } = unit.context
  const scope = { models: new Map(), schema, timeZone, readable: () => true as const, unmasking }
  const fields = child.fields.filter(({ declaration, members }) => !declaration.encrypted && !members)
  const columns = compileColumns(child, fields, [], scope, new SqlValues())
  const there = child.trashable ? 'AND (t.deleted_at IS NULL OR p.deleted_at IS NOT NULL)' : ''
  const rows = await unit.run<{ parent: string; record: string }>({
    text: `SELECT t.${link.column} AS parent, (SELECT row_to_json(s)::text FROM (SELECT ${columns}) s) AS record
      FROM ${schema}.${child.table} t JOIN ${schema}.${entity.table} p ON p.tenant_id = t.tenant_id AND p.id = t.${link.column}
      WHERE t.tenant_id = $1 AND t.${link.column} = ANY ($2::uuid[]) ${there} ORDER BY t.ordinal`,
    values: [tenantId, uuids(ids)],
  })
  const byParent = new Map<string, Json[]>()
  for (const { parent, record } of rows)
    byParent.set(parent, [...(byParent.get(parent) ?? []), JSON.parse(record) as Json])
  return byParent
}
