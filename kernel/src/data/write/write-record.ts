import { v7 as uuidv7 } from 'uuid'
import { Failure } from '../../errors.ts'
import type { Outcome } from '../pipeline.ts'
import type { EntityModel, FieldModel, Models } from '../model/entity-model.ts'
import { literalDefault, propertyNames, toStored } from '../model/field-columns.ts'
import type { RowScope } from '../query/row-scope.ts'
import { lockRecord, meets } from './lock-record.ts'
import { mapDatabaseError } from './map-database-error.ts'
import { admitChanges, admitNew } from './masked-input.ts'
import { maskRecord } from './masked-record.ts'
import { renderRecord, renderValue, type RecordJson } from './render-record.ts'
import { byColumn, deleteRow, updateRow } from './row-statements.ts'
import { nextNumber } from './sequence.ts'
import { checkStart, findMove } from './transitions.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { EntityValidator } from './validate-input.ts'

/** Behaviour of the plugin before a change. What it returns is checked again. */
export interface WriteHooks {
  beforeCreate?(input: RecordJson): Promise<RecordJson>
  beforeUpdate?(before: RecordJson, changes: RecordJson): Promise<RecordJson>
  beforeDelete?(before: RecordJson): Promise<void>
  beforeRestore?(before: RecordJson): Promise<void>
}

/** Everything a change needs to know. */
export interface Write {
  readonly work: UnitOfWork
  readonly model: EntityModel
  readonly models: Models
  readonly schema: string
  readonly validator: EntityValidator
  readonly hooks: WriteHooks
  /** Rows the actor may see; a row outside is unknown. */
  readonly readable: RowScope
  /** Rows the actor may change in this way; must hold after a creation or change as well. */
  readonly writable: RowScope
  /** Rows on which the actor may do something else with its own permission, such as a move to another state. */
  readonly rows: (action: string, field?: string) => RowScope
  /** Plugin code may set read-only fields and do what `operations` leaves out. */
  readonly asPlugin: boolean
  /** Nothing follows that needs to know whether the database agrees: a refusal comes with the commit. Default: no. */
  readonly unattended?: boolean
}

/**
 * Creates a record with its audit entry and event.
 *
 * @throws Failure `validation_failed` | `unique_violated` | `reference_unknown` | `permission_missing` | `transition_refused`
 */
export async function createRecord(write: Write, input: unknown): Promise<RecordJson> {
  const { work, model, validator, hooks } = write
  if (!write.asPlugin && !model.operations.has('create')) throw new Failure('method_not_allowed')
  admitNew(model, input, write.rows)
  let values = validator.check(model, write.asPlugin ? 'pluginCreate' : 'create', input)
  if (hooks.beforeCreate)
    values = validator.check(
      model,
      'pluginCreate',
      await hooks.beforeCreate(withDefaults(model, values, work.now)),
    )
  const record: RecordJson = {
    ...emptyRecord(model),
    ...withDefaults(model, values, work.now),
    id: uuidv7(),
    createdAt: work.now,
    createdBy: work.context.actor.id,
    updatedAt: work.now,
    updatedBy: work.context.actor.id,
  }
  checkStart(model, record)
  for (const field of model.fields)
    if (field.declaration.sequence && record[field.name] == null)
      record[field.name] = await nextNumber(work, model, field)
  const stored = toStored(model, { ...record, tenantId: work.context.tenantId, version: 1 })
  work.insert(tableOf(write), byColumn(stored), explain(write))
  const after = renderRecord(model, stored)
  work.audit({
    action: `${model.id}.created`,
    subjectType: model.id,
    subjectId: String(record['id']),
    after: maskRecord(model, declaredOnly(model, after)),
  })
  work.emit(`${model.id}.created`, String(record['id']), { record: publicOnly(model, after) })
  if (write.writable !== true) await requireRow(write, String(record['id']), write.writable)
  else if (!write.unattended) await work.flush()
  return shown(write, after)
}

/**
 * Changes a record.
 *
 * @param version the version the actor saw
 * @throws Failure `not_found` | `version_conflict` | and those of `createRecord`
 */
export async function updateRecord(
  write: Write,
  id: string,
  version: number,
  input: unknown,
): Promise<RecordJson> {
  const { work, model, validator, hooks } = write
  if (!write.asPlugin && !model.operations.has('update')) throw new Failure('method_not_allowed')
  const before = await load(write, id)
  if (before['version'] !== version)
    throw new Failure('version_conflict', { extensions: { current: before['version'] } })
  const admitted = await admitChanges(model, before, input, write.rows, (rows) => meets(write, id, rows))
  let changes = validator.check(model, write.asPlugin ? 'pluginUpdate' : 'update', admitted.input)
  if (hooks.beforeUpdate)
    changes = validator.check(model, 'pluginUpdate', await hooks.beforeUpdate(before, changes))
  const changed = Object.keys(changes).filter(
    (name) =>
      admitted.unseen.has(name) ||
      !same(before[name], renderValue(model.byName.get(name)!, toStored(model, { [name]: changes[name] }))),
  )
  if (changed.length === 0) return shown(write, before)
  const move = findMove(model, before, { ...before, ...changes })
  if (move?.permission !== undefined) await requirePermission(write, id, move.permission)
  const stored = toStored(model, {
    ...pick(changes, changed),
    updatedAt: work.now,
    updatedBy: work.context.actor.id,
  })
  work.later(updateRow(tableOf(write), id, version, byColumn(stored)), {
    explain: explain(write),
    check: requireChanged,
  })
  const after = { ...before, ...renderSome(model, stored), version: version + 1 }
  work.audit({
    action: `${model.id}.updated`,
    subjectType: model.id,
    subjectId: id,
    before: maskRecord(model, pick(before, changed)),
    after: maskRecord(model, pick(after, changed)),
  })
  work.emit(`${model.id}.updated`, id, {
    changed,
    record: publicOnly(model, after),
    before: publicOnly(model, pick(before, changed)),
  })
  if (move?.emits !== undefined) {
    const { field } = model.declaration.transitions!
    work.emit(move.emits, id, { field, from: before[field], to: move.to, at: work.now.toISOString() })
  }
  if (write.writable === true) await work.flush()
  else await requireRow(write, id, write.writable)
  return shown(write, after)
}

/**
 * Deletes a record, into the trash where the entity has one.
 *
 * @param version the version the actor saw; without it, whatever there is now
 * @throws Failure `not_found` | `version_conflict` | `still_referenced` with `entity` and `field` of what refers to it
 */
export async function deleteRecord(write: Write, id: string, version?: number): Promise<void> {
  const { work, model, hooks } = write
  if (!write.asPlugin && !model.operations.has('delete')) throw new Failure('method_not_allowed')
  const before = await load(write, id, model.trash !== undefined)
  if (version !== undefined && before['version'] !== version)
    throw new Failure('version_conflict', { extensions: { current: before['version'] } })
  await hooks.beforeDelete?.(before)
  const gone = byColumn(
    toStored(model.trash ?? model, { deletedAt: work.now, deletedBy: work.context.actor.id }),
  )
  const statement = model.trash
    ? updateRow(tableOf(write), id, Number(before['version']), gone)
    : deleteRow(tableOf(write), id)
  work.later(statement, { explain: explain(write, true), check: requireChanged })
  work.audit({
    action: `${model.id}.deleted`,
    subjectType: model.id,
    subjectId: id,
    before: maskRecord(model, declaredOnly(model, before)),
  })
  work.emit(`${model.id}.deleted`, id, { record: publicOnly(model, before) })
  await work.flush()
}

/**
 * Reads and locks the record to be changed, as far as the actor may see and change it.
 *
 * @param exclusive keep others even from referring to it, as a real deletion would
 * @throws Failure `not_found` | `permission_missing`
 */
export async function load(write: Write, id: string, exclusive = false): Promise<RecordJson> {
  const { item, readable, writable } = (await lockRecord(write, id, exclusive)) ?? {}
  if (!item || !readable) throw new Failure('not_found')
  if (!writable) throw new Failure('permission_missing')
  return item
}

async function requirePermission(write: Write, id: string, permission: string): Promise<void> {
  const scope = write.rows(permission.slice(permission.lastIndexOf('.') + 1))
  if (!(await meets(write, id, scope)))
    throw new Failure('permission_missing', { extensions: { permission } })
}

async function requireRow(write: Write, id: string, scope: RowScope): Promise<void> {
  if (!(await meets(write, id, scope))) throw new Failure('permission_missing')
}

export function tableOf({ schema, model }: Write): string {
  return `${schema}.${model.table}`
}

export function explain({ model, models }: Write, deleting = false): (error: unknown) => unknown {
  return (error) => mapDatabaseError(error, model, models, deleting)
}

/** The record is locked, but code of the plugin may have changed it in between, in this same transaction. */
export function requireChanged({ tag }: Outcome): void {
  if (tag.endsWith(' 0')) throw new Failure('version_conflict')
}

/** The given values and, where none is given, the declared defaults. Fields without either are left out. */
function withDefaults(model: EntityModel, values: RecordJson, now: Date): RecordJson {
  const defaults = model.fields
    .map((field) => [field.name, initial(field, now)] as const)
    .filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(defaults), ...values }
}

/** Those fields of a record that have a stored value. */
export function renderSome(model: EntityModel, stored: RecordJson): RecordJson {
  const fields = model.fields.filter((field) => propertyNames(field).some((name) => name in stored))
  return Object.fromEntries(fields.map((field) => [field.name, renderValue(field, stored)]))
}

function emptyRecord(model: EntityModel): RecordJson {
  return Object.fromEntries(model.fields.map((field) => [field.name, null]))
}

function initial(field: FieldModel, now: Date): unknown {
  const value = literalDefault(field.declaration)
  if (value === 'now' && field.declaration.type === 'date') return now.toISOString().slice(0, 10)
  if (value === 'now' && field.declaration.type === 'datetime') return now.toISOString()
  return value
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}

function pick(values: RecordJson, names: readonly string[]): RecordJson {
  return Object.fromEntries(names.map((name) => [name, values[name]]))
}

function declaredOnly(model: EntityModel, values: RecordJson): RecordJson {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !model.byName.get(name)?.base))
}

/** Without personal and hidden data: events travel further than records. */
export function publicOnly(model: EntityModel, values: RecordJson): RecordJson {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const { pii, mask } = model.byName.get(name)?.declaration ?? {}
      return !pii && mask === undefined
    }),
  )
}

/** The record as it is answered: plugin code gets it whole, people as any read would show it. */
export function shown(write: Write, record: RecordJson): RecordJson {
  return write.asPlugin ? record : maskRecord(write.model, record)
}
