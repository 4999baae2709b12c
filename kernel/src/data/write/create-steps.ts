import type { ProblemError } from '@plinth/sdk'
import { newId } from '../uuid.ts'
import { brokenChecks } from '../model/check.ts'
import { computeFields, type ChildValues } from '../model/compute.ts'
import { admitFiles } from './admit-files.ts'
import { toStoredRecord } from './custom-values.ts'
import { auditForm } from './masked-record.ts'
import { noteArrival } from './growth.ts'
import type { Place } from './unit-of-work.ts'
import { declaredOnly, emptyRecord, publicOnly, withDefaults } from './record-parts.ts'
import { renderRecord, type RecordJson } from './render-record.ts'
import { byColumn } from './row-statements.ts'
import { sealRow } from './seal-row.ts'
import { nextNumbers } from './sequence.ts'
import { checkStart } from './transitions.ts'
import { tableOf, type Write } from './write.ts'

/*
 * A creation in steps, so that a record alone and a record among others go the same way:
 * input is checked → `completeNew` → `numberNew` → `deriveNew` → `storeNew` → `noteNew`.
 */

/** Lets the plugin have its say, and adds the defaults and what every record has. */
export async function completeNew(
  write: Write,
  checked: RecordJson,
  id: string = newId(),
): Promise<RecordJson> {
  const { work, model, validator, hooks } = write
  let values = await admitFiles(write, checked)
  if (hooks.beforeCreate) {
    const own = await hooks.beforeCreate(withDefaults(model, values, work))
    values = await admitFiles(write, validator.check(model, 'pluginCreate', own))
  }
  const record: RecordJson = {
    ...emptyRecord(model),
    ...withDefaults(model, values, work),
    id,
    version: 1,
    createdAt: work.now,
    createdBy: work.context.actor.id,
    updatedAt: work.now,
    updatedBy: work.context.actor.id,
    ...(model.parent ? { ordinal: 1 } : {}),
  }
  checkStart(model, record)
  return record
}

/** Gives each record the next numbers of its sequences, in their order. */
export async function numberNew({ work, model }: Write, records: readonly RecordJson[]): Promise<void> {
  for (const field of model.fields) {
    if (!field.declaration.sequence) continue
    const without = records.filter((record) => record[field.name] == null)
    if (without.length === 0) continue
    const numbers = await nextNumbers(work, model, field, without.length)
    for (const [index, record] of without.entries()) record[field.name] = numbers[index]
  }
}

/** Works out what is computed and judges the rules over several fields. What is wrong goes to `errors`. */
export function deriveNew(
  { model }: Write,
  record: RecordJson,
  children: ChildValues,
  errors: ProblemError[],
): void {
  if (model.computed.length === 0 && !model.declaration.checks) return
  const shown = renderRecord(model, toStoredRecord(model, record))
  const computed = computeFields(model, shown, children, errors)
  Object.assign(record, computed)
  errors.push(...brokenChecks(model, { ...shown, ...computed }))
}

/**
 * Has the record inserted, and answers it as the API shows it.
 *
 * @param meaning says what an error of the database means
 */
export function storeNew(write: Write, record: RecordJson, meaning: (error: unknown) => unknown): RecordJson {
  const { work, model } = write
  const stored = { ...toStoredRecord(model, record), tenantId: work.context.tenantId }
  const row = sealRow(model, String(record['id']), stored, work.context.secrets)
  work.insert(tableOf(write), byColumn(model, row), meaning)
  if (model.limit) noteArrival(write, model)
  return renderRecord(model, stored)
}

/** Notes who created it, and tells of it. */
export function noteNew({ work, model }: Write, after: RecordJson, place?: Place): void {
  const id = String(after['id'])
  const action = `${model.id}.created`
  work.audit(
    { action, subjectType: model.id, subjectId: id, after: auditForm(model, declaredOnly(model, after)) },
    place?.audit,
  )
  work.emit(action, id, { record: publicOnly(model, after) }, place?.event)
}
