import type { MoveDeclaration, ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { brokenChecks } from '../model/check.ts'
import { computeFields, type ChildValues } from '../model/compute.ts'
import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { toStored } from '../model/field-columns.ts'
import type { Outcome } from '../pipeline.ts'
import { admitFiles } from './admit-files.ts'
import { changedCustom, differing, isGiven, narrowed, toStoredRecord } from './custom-values.ts'
import { auditForm } from './masked-record.ts'
import { pickValues, publicOnly, renderSome, same } from './record-parts.ts'
import { renderValue, type RecordJson } from './render-record.ts'
import { meets } from './row-rights.ts'
import { byColumn, updateRow, type Row } from './row-statements.ts'
import { sealRow } from './seal-row.ts'
import { findMove } from './transitions.ts'
import type { Place } from './unit-of-work.ts'
import { noteRepair, replaceMissing } from './unreadable-values.ts'
import { writeSideRows } from './write-side-rows.ts'
import { explainRecord } from './record-refusal.ts'
import { suspectsOf, type Suspect } from './suspects.ts'
import { tableOf, type Write } from './write.ts'

/** A record on its way from what it was to what it will be. */
export interface Change {
  /** As the API shows it. */
  readonly before: RecordJson
  readonly after: RecordJson
  readonly move: MoveDeclaration | undefined
  /** Fields given a value by someone who may not see the old one: changed, whatever it was. */
  readonly unseen?: ReadonlySet<string>
}

/*
 * A change in steps, so that a record alone and a record among others go the same way:
 * input is checked → `planChange` → `deriveChange` → `noteChange` → `storeChange`.
 */

/** Lets the plugin have its say, and finds the way between the states. */
export async function planChange(
  write: Write,
  before: RecordJson,
  checked: RecordJson,
  unseen: ReadonlySet<string>,
): Promise<Change> {
  const { model, validator, hooks } = write
  let changes = await admitFiles(write, checked, before)
  if (hooks.beforeUpdate) {
    const own = await hooks.beforeUpdate(before, changes)
    changes = await admitFiles(write, validator.check(model, 'pluginUpdate', own), before)
  }
  const shown = Object.keys(changes).map((name) => {
    const field = model.byName.get(name)!
    const value = field.members
      ? changedCustom(model, before, changes)
      : renderValue(field, toStored(model, { [name]: changes[name] }))
    return [name, value] as const
  })
  const after = { ...before, ...Object.fromEntries(shown) }
  const replaced = replaceMissing(after, Object.keys(changes))
  const move = findMove(model, before, after)
  if (move?.permission !== undefined) await requirePermission(write, String(before['id']), move.permission)
  return { before, after, move, unseen: new Set([...withFollowing(model, changes, unseen), ...replaced]) }
}

/** What follows from a value that is not seen changes with it, whether it does or not: else a guess could be tried. */
function withFollowing(
  model: EntityModel,
  changes: RecordJson,
  unseen: ReadonlySet<string>,
): ReadonlySet<string> {
  const given = [...unseen].filter((name) => isGiven(changes, model.byName.get(name)!))
  if (given.length === 0) return new Set()
  const following = model.computed.filter(({ declaration }) => declaration.mask !== undefined)
  return new Set([...given, ...following.map(({ name }) => name)])
}

async function requirePermission(write: Write, id: string, permission: string): Promise<void> {
  const scope = write.rows(permission.slice(permission.lastIndexOf('.') + 1))
  if (!(await meets(write, [id], scope)))
    throw new Failure('permission_missing', { extensions: { permission } })
}

/** Works out what is computed and judges the rules over several fields. What is wrong goes to `errors`. */
export function deriveChange(
  { model }: Write,
  change: Change,
  children: ChildValues,
  errors: ProblemError[],
): void {
  const { after } = change
  Object.assign(after, computeFields(model, after, children, errors))
  // A record from before a rule may stay as it is.
  if (changedNames(change).length > 0) errors.push(...brokenChecks(model, after))
}

/** Names of the fields that differ. */
export function changedNames({ before, after, unseen }: Change): string[] {
  const hidden = new Set([...(unseen ?? [])].map((name) => name.split('.')[0]))
  return Object.keys(after).filter((name) => hidden.has(name) || !same(before[name], after[name]))
}

/**
 * Gives the changed record its next version, notes who made it, and tells of it.
 *
 * @param lists collections of children that changed along
 * @returns the columns to be written, without the version
 */
export function noteChange(
  { work, model }: Write,
  change: Change,
  lists: readonly string[] = [],
  place?: Place,
): Row {
  const { before, after, move } = change
  const id = String(before['id'])
  const names = changedNames(change)
  const custom = differing(model, before, after, change.unseen)
  const changedBefore = narrowed(pickValues(before, names), custom)
  noteRepair(work, model, before, after)
  const stored = {
    ...toStoredRecord(model, pickValues(after, names), after),
    ...toStored(model, { updatedAt: work.now, updatedBy: work.context.actor.id }),
  }
  Object.assign(after, { version: (before['version'] as number) + 1 }, renderSome(model, stored))
  work.audit(
    {
      action: `${model.id}.updated`,
      subjectType: model.id,
      subjectId: id,
      before: auditForm(model, changedBefore, before),
      after: auditForm(model, narrowed(pickValues(after, names), custom), after),
    },
    place?.audit,
  )
  work.emit(
    `${model.id}.updated`,
    id,
    {
      changed: [
        ...names.flatMap((name) => (name === CUSTOM ? custom.map((field) => field.name) : [name])),
        ...lists,
      ],
      record: publicOnly(model, after),
      before: publicOnly(model, changedBefore),
    },
    place?.event,
  )
  if (move?.emits !== undefined) {
    const { field } = model.declaration.transitions!
    work.emit(move.emits, id, { field, from: before[field], to: move.to, at: work.now.toISOString() })
  }
  return byColumn(model, sealRow(model, id, stored, work.context.secrets))
}

/** The references a change gives a record. */
export function suspectsAmong(write: Write, change: Change): Suspect[] {
  const { model } = write
  const { before, after, unseen } = change
  const changed = new Set(changedNames(change))
  const fields = model.fields.filter(({ name }) => changed.has(name))
  return suspectsOf(write, [...fields, ...differing(model, before, after, unseen)], after)
}

/**
 * Has the changed columns of a record written, unless it has another version by now.
 *
 * @param suspects references of all that is written
 */
export function storeChange(
  write: Write,
  change: Change,
  columns: Row,
  suspects: () => readonly Suspect[] = () => suspectsAmong(write, change),
): void {
  const { before, after, unseen } = change
  const statement = updateRow(tableOf(write), String(before['id']), before['version'] as number, columns)
  write.work.later(statement, { explain: explainRecord(write, suspects), check: requireChanged })
  const fields = differing(write.model, before, after, unseen)
  if (fields.length > 0) writeSideRows(write, [{ record: after, fields, isNew: false }], suspects)
}

/** The record is locked, but code of the plugin may have changed it in between, in this same transaction. */
export function requireChanged({ tag }: Outcome): void {
  if (tag.endsWith(' 0')) throw new Failure('version_conflict')
}
