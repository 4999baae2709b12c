import type { EntityOperation } from '@plinth/sdk'
import { newId } from '../uuid.ts'
import { Failure } from '../../errors.ts'
import { byColumn, deleteRow, patchRow, updateRow } from './row-statements.ts'
import {
  changedNames,
  deriveChange,
  noteChange,
  planChange,
  requireChanged,
  storeChange,
  suspectsAmong,
} from './change-steps.ts'
import { withoutUnchanged } from './custom-values.ts'
import { lookUpFiles } from './admit-files.ts'
import { completeNew, deriveNew, noteNew, numberNew, storeNew } from './create-steps.ts'
import { admitMore } from './growth.ts'
import { Family, partInput, saidOf, withNeeded } from './family.ts'
import { Faults } from './faults.ts'
import { Kin } from './kin.ts'
import { allowed, lockRecord } from './lock-record.ts'
import { admitChanges, admitNew } from './masked-input.ts'
import { toStored } from '../model/field-columns.ts'
import { noteDeletion } from './note-deletion.ts'
import { pickValues } from './record-parts.ts'
import { explainRecord } from './record-refusal.ts'
import type { RecordJson } from './render-record.ts'
import { meets, requireRows } from './row-rights.ts'
import { fieldsOf, suspectsOf, type Said, type Suspect } from './suspects.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import { writeSideRows } from './write-side-rows.ts'
import { explain, shown, tableOf, type Write } from './write.ts'

/**
 * Creates a record with its audit entry and event, and the children the input names, each as if it came alone.
 *
 * @returns the record with the named collections of children
 * @throws Failure `validation_failed` | `unique_violated` | `reference_unknown` | `permission_missing` | `transition_refused` | `limit_exceeded`
 */
export async function createRecord(write: Write, input: unknown): Promise<RecordJson> {
  const { work, model, validator } = write
  allow(write, 'create')
  const id = newId()
  const { own, lists } = partInput(model, input)
  await lookUpFiles(work, saidOf(write, own, lists))
  const family = Family.ofNew(write, id, withNeeded(model, lists))
  const faults = new Faults(() => [{ write, input: own, pointer: '' }, ...family.said])
  faults.add(admitNew(model, own, write.rows).masks)
  const checked = await faults.during('', () =>
    validator.check(model, write.asPlugin ? 'pluginCreate' : 'create', own),
  )
  await family.read(faults)
  faults.raise()
  const change = async (kin: Kin | undefined): Promise<RecordJson> => {
    const place = work.reserve()
    kin?.claim(checked![model.parent!.collection.field])
    const record = await completeNew(write, checked!, id)
    await kin?.join(record)
    const newborn = new Newborn(write, record, family, faults)
    await whileHolding(work, family.isEmpty ? undefined : () => newborn.store(), () => family.change(faults))
    await family.lookAround(write, id)
    const after = await newborn.store()
    noteNew(write, after, place)
    if (write.writable !== true) await requireRows(write, [id], write.writable)
    if (!family.isEmpty) await family.verify()
    await kin?.renew(undefined, after)
    if (!write.unattended) await work.flush()
    return { ...shown(write, after), ...family.shown }
  }
  return asFamily(write, id, change, faults)
}

/** A record on its way into the world with its children. It is stored when they are complete, or earlier when someone wants to see it. */
class Newborn {
  readonly #write: Write
  readonly #record: RecordJson
  readonly #family: Family
  readonly #faults: Faults
  #after: RecordJson | undefined

  constructor(write: Write, record: RecordJson, family: Family, faults: Faults) {
    this.#write = write
    this.#record = record
    this.#family = family
    this.#faults = faults
  }

  async store(): Promise<RecordJson> {
    const { work, model } = this.#write
    await numberNew(this.#write, [this.#record])
    await this.#family.derive(this.#faults)
    deriveNew(this.#write, this.#record, this.#family.values(true), this.#faults.errors)
    this.#faults.raise()
    this.#family.refuseDuplicates()
    if (!this.#family.isEmpty) await this.#family.admit()
    if (model.limit && !this.#after) await admitMore(this.#write, model)
    const computed = pickValues(
      this.#record,
      model.computed.map(({ name }) => name),
    )
    if (!this.#after) {
      this.#after = storeNew(this.#write, this.#record, explainRecord(this.#write, this.#suspects))
      const side = { record: this.#after, fields: model.custom, isNew: true }
      writeSideRows(this.#write, [side], this.#suspects)
    } else if (model.computed.length > 0) {
      // Of what was stored early, only what follows from the children can be other by now.
      const columns = byColumn(model, toStored(model, computed))
      work.later(patchRow(tableOf(this.#write), String(this.#after['id']), columns), {
        explain: explain(this.#write),
      })
      Object.assign(this.#after, computed)
    }
    this.#family.store(this.#suspects)
    return this.#after
  }

  readonly #suspects = (): readonly Suspect[] => [
    ...suspectsOf(this.#write, fieldsOf(this.#write), this.#record),
    ...this.#family.suspects,
  ]
}

/** Runs a part with plugin code of a change that is held back until it is complete, unless the code wants to see it. */
async function whileHolding(
  work: UnitOfWork,
  release: (() => Promise<unknown>) | undefined,
  part: () => Promise<void>,
): Promise<void> {
  if (!release) return
  const outer = work.pending
  work.pending = async () => {
    await outer?.()
    await release()
  }
  try {
    await part()
  } finally {
    work.pending = outer
  }
}

/** Changes a record with those it belongs to and those that belong to it: what plugin code does to these meanwhile is part of it. */
async function asFamily<T>(
  write: Write,
  id: string,
  change: (kin: Kin | undefined) => Promise<T>,
  faults?: Faults,
): Promise<T> {
  const { families } = write.work
  const kin = Kin.of(write)
  const head = write.model.children.length > 0 && !families.has(id)
  if (head) families.set(id, { touches: 0 })
  try {
    return await change(kin)
  } catch (error) {
    throw faults ? faults.complete(error) : error
  } finally {
    if (head) families.delete(id)
    kin?.release()
  }
}

/**
 * Changes a record, and brings the collections of children the input names to the state it wishes for.
 *
 * @param version the version the actor saw
 * @returns the record with the named collections of children
 * @throws Failure `not_found` | `version_conflict` | and those of `createRecord`
 */
export async function updateRecord(
  write: Write,
  id: string,
  version: number,
  input: unknown,
): Promise<RecordJson> {
  const { work, model, validator } = write
  allow(write, 'update')
  const { own, lists } = partInput(model, input)
  await lookUpFiles(work, saidOf(write, own, lists))
  let found: Awaited<ReturnType<typeof Family.lock>>
  const faults = new Faults((): readonly Said[] =>
    found ? [{ write, input: own, before: found.own.item, pointer: '' }, ...found.family.said] : [],
  )
  const carryOut = async (kin: Kin | undefined): Promise<RecordJson> => {
    found = await Family.lock(write, kin, id, lists)
    const before = allowed(write, found?.own)
    const { family } = found!
    requireVersion(before, version)
    const admitted = await faults.during('', async () => {
      const {
        input: values,
        unseen,
        masks,
      } = await admitChanges(model, before, own, write.rows, (rows) => meets(write, [id], rows))
      faults.add(masks)
      return {
        unseen,
        values: validator.check(
          model,
          write.asPlugin ? 'pluginUpdate' : 'update',
          withoutUnchanged(before, values, unseen),
        ),
      }
    })
    await family.read(faults)
    faults.raise()
    const place = work.reserve()
    const change = await planChange(write, before, admitted!.values, admitted!.unseen)
    const suspects = (): readonly Suspect[] => [...suspectsAmong(write, change), ...family.suspects]
    const store = async (): Promise<void> => {
      await family.admit()
      family.store(suspects)
    }
    await whileHolding(work, family.isEmpty ? undefined : store, () => family.change(faults))
    await family.lookAround(write, id)
    await family.derive(faults)
    deriveChange(write, change, family.values(false), faults.errors)
    faults.raise()
    if (changedNames(change).length === 0 && family.altered.length === 0)
      return { ...shown(write, before), ...family.shown }
    family.refuseDuplicates()
    if (!family.isEmpty) await family.admit()
    storeChange(write, change, noteChange(write, change, family.altered, place), suspects)
    family.store(suspects)
    if (write.writable !== true) await requireRows(write, [id], write.writable)
    await family.verify()
    await kin?.renew(before, change.after)
    await work.flush()
    return { ...shown(write, change.after), ...family.shown }
  }
  return asFamily(write, id, carryOut, faults)
}

/**
 * Deletes a record, into the trash where the entity has one.
 *
 * @param version the version the actor saw; without it, whatever there is now
 * @throws Failure `not_found` | `version_conflict` | `still_referenced` with `entity` and `field` of what refers to it
 */
export async function deleteRecord(write: Write, id: string, version?: number): Promise<void> {
  const { work, model, hooks } = write
  allow(write, 'delete')
  await asFamily(write, id, async (kin) => {
    const before = allowed(
      write,
      await (kin ? kin.lock(id) : lockRecord(write, id, model.trash !== undefined)),
    )
    if (version !== undefined) requireVersion(before, version)
    await hooks.beforeDelete?.(before)
    const gone = toStored(model.trash ?? model, { deletedAt: work.now, deletedBy: work.context.actor.id })
    const statement = model.trash
      ? updateRow(tableOf(write), id, Number(before['version']), byColumn(model.trash ?? model, gone))
      : deleteRow(tableOf(write), id)
    work.later(statement, { explain: explain(write, true), check: requireChanged })
    noteDeletion(write, before)
    await kin?.renew(before, undefined)
    await work.flush()
  })
}

function allow(write: Write, operation: EntityOperation): void {
  if (!write.asPlugin && !write.model.operations.has(operation)) throw new Failure('method_not_allowed')
}

function requireVersion(record: RecordJson, version: number): void {
  if (record['version'] !== version)
    throw new Failure('version_conflict', { extensions: { current: record['version'] } })
}
