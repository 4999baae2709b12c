import type { EntityModel } from '../model/entity-model.ts'
import { executeIn } from './execute-in.ts'
import type { RecordJson } from './render-record.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** The columns of an entity as a select list, under the names the unit of work knows them by. */
export function columnList(model: EntityModel, alias: string): string {
  return ['tenant_id', ...model.fields.flatMap((field) => field.columns)]
    .map((column) => `${alias}.${column}`)
    .join(', ')
}

/**
 * Takes a record into the unit of work and keeps others from changing it meanwhile, so that the version that was compared is still the
 * record's when the change is written. The lock lets others refer to the record, as FOR UPDATE would not.
 */
export async function lockRow(
  { em, context }: UnitOfWork,
  model: EntityModel,
  schema: string,
  id: string,
): Promise<RecordJson | undefined> {
  // What is read replaces what the unit of work holds.
  await em.flush()
  const [row] = await executeIn(em, {
    text: `SELECT ${columnList(model, 't')} FROM ${schema}.${model.table} t WHERE t.tenant_id = $1::uuid AND t.id = $2::uuid FOR NO KEY UPDATE`,
    values: [context.tenantId, id],
  })
  return row && em.map<RecordJson>(model.id as never, row as never)
}
