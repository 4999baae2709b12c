import { Failure } from '../../errors.ts'
import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { compileColumns } from '../query/compile-columns.ts'
import { compileRowScope } from '../query/compile-filter.ts'
import type { ReadScope } from '../query/row-scope.ts'
import { SqlValues } from '../query/sql-values.ts'
import { statementName } from '../query/statement-name.ts'
import { rememberStored } from './custom-values.ts'
import type { RecordJson } from './render-record.ts'
import { rememberMissing } from './unreadable-values.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { LoneWrite } from './write.ts'

/** A record as it is, locked against others who want to change it, and what the actor may do with it. */
export interface LockedRecord {
  readonly item: RecordJson
  readonly readable: boolean
  readonly writable: boolean
  /** Answers to what was asked besides, in its order. */
  readonly asked: readonly boolean[]
}

/** Conditions in SQL on the record, which is `t`. */
export type Questions = (values: SqlValues) => readonly string[]

/** The record locked last in a unit of work that has not done anything since. */
const held = new WeakMap<UnitOfWork, { model: EntityModel; item: RecordJson; steps: number }>()

const EVERYTHING = { clear: () => true, usable: () => true }

/** Reads what records hold, masks or not: whoever changes a record compares with it. */
function comparing({ models, schema, work: { context } }: LoneWrite): ReadScope {
  const { secrets, timeZone } = context
  return {
    models,
    schema,
    timeZone,
    readable: () => false,
    unmasking: EVERYTHING,
    ...(secrets ? { secrets } : {}),
  }
}

/** All that a record holds, `_custom` included: values of archived fields must not get lost. */
export function storedColumns(write: LoneWrite, values: SqlValues, alias = 't'): string {
  const { model } = write
  const columns = compileColumns(model, model.fields, [], comparing(write), values, alias)
  return model.declaration.extensible ? `${columns}, ${alias}.${CUSTOM} AS _custom` : columns
}

/** Reads and locks the record that is to be changed. Conditions are judged by the compiler of the lists: what a list shows and what may be changed cannot differ. */
export async function lockRecord(
  write: LoneWrite,
  id: string,
  exclusive = false,
  questions: Questions = () => [],
): Promise<LockedRecord | undefined> {
  const { work, model, schema } = write
  const known = exclusive ? undefined : stillHeld(write, id)
  if (known) return { item: { ...known }, readable: true, writable: true, asked: [] }
  const values = new SqlValues()
  const wanted = values.add(id)
  const readable = compileRowScope(model, write.readable, values)
  const writable = compileRowScope(model, write.writable, values)
  const columns = storedColumns(write, values)
  const asked = questions(values).map((condition) => `(${condition}) IS TRUE`)
  const text = `SELECT row_to_json(s) AS item, s._readable IS TRUE AS readable, s._writable IS TRUE AS writable, s._asked AS asked FROM (
    SELECT ${columns}, ${readable} AS _readable, ${writable} AS _writable, json_build_array(${asked.join(', ')}) AS _asked FROM ${schema}.${model.table} t
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = ${wanted}::uuid FOR ${exclusive ? '' : 'NO KEY '}UPDATE OF t) s`
  const [row] = await work.run<LockedRecord>({
    text,
    values: values.list,
    ...statementName(model.role, text),
  })
  if (!row) return undefined
  const { _readable, _writable, _asked, ...stored } = row.item
  const item = rememberStored(await opened(write, stored))
  held.set(work, { model, item, steps: work.steps })
  return { ...row, item }
}

/** Code that may do anything with the record it has just been given need not read it again. */
function stillHeld({ work, model, readable, writable }: LoneWrite, id: string): RecordJson | undefined {
  const last = held.get(work)
  if (!last || last.steps !== work.steps || last.model !== model || last.item['id'] !== id) return undefined
  return readable === true && writable === true ? last.item : undefined
}

/**
 * The record, as far as the actor may see and change it. A refusal names the record, which the actor sees.
 *
 * @throws Failure `not_found` | `permission_missing`
 */
export function allowed(
  { permission }: Pick<LoneWrite, 'permission'>,
  locked: LockedRecord | undefined,
): RecordJson {
  if (!locked?.readable) throw new Failure('not_found')
  if (!locked.writable)
    throw new Failure('permission_missing', { extensions: { permission, record: locked.item['id'] } })
  return locked.item
}

/** A record as it was read by `comparing`, with its encrypted values as far as they can be read: others may change all the same. */
export async function opened({ work, model }: LoneWrite, record: RecordJson): Promise<RecordJson> {
  const { secrets } = work.context
  if (!secrets || model.secret.length === 0) return record
  return rememberMissing(JSON.parse(await secrets.open(JSON.stringify(record), 'tell')) as RecordJson)
}
