import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { ChildrenModel, EntityModel } from '../model/entity-model.ts'
import { changedNames, deriveChange, noteChange, planChange } from './change-steps.ts'
import { completeNew, deriveNew, noteNew, numberNew, storeNew } from './create-steps.ts'
import { differing, toStoredRecord } from './custom-values.ts'
import { duplicatesAmong } from './duplicates.ts'
import type { Faults } from './faults.ts'
import { admitMore } from './growth.ts'
import { onlyAnswered, readChildren } from './lock-family.ts'
import type { LockedRecord } from './lock-record.ts'
import { noteDeletion } from './note-deletion.ts'
import { renderRecord, type RecordJson } from './render-record.ts'
import { requireRows } from './row-rights.ts'
import { deleteRows, updateRows } from './row-statements.ts'
import { sealedColumns } from './seal-row.ts'
import { slotNew, slotUnseen, type Slot } from './slot.ts'
import { explainRecord } from './record-refusal.ts'
import { suspectsOf, type Said, type Suspect } from './suspects.ts'
import { unreadableFields } from './unreadable-values.ts'
import { readWishes, type Wish } from './wishes.ts'
import { writeSideRows, type SideChange } from './write-side-rows.ts'
import { explain, shown, tableOf, type Write } from './write.ts'

/**
 * One collection of children on the way to the state a request wishes for: `read` → `remove` → `change` → `derive` → `store` → `verify`.
 * Every child goes the way it would go alone; what the database is told of all of them is told at once.
 */
export class Brood {
  readonly collection: ChildrenModel
  readonly #parentId: string
  readonly #model: EntityModel
  readonly #create: Write
  readonly #update: Write
  readonly #delete: Write
  readonly #isNew: boolean
  #held: readonly LockedRecord[]
  #wishes: readonly Wish[] = []
  #slots: Slot[] = []
  #altered = false
  /** Values of the tenant's fields that were handed over, for the references among them. */
  readonly #sides: SideChange[] = []
  /** Changes by plugin code that are taken over already. */
  #touches = 0

  /** @param held the children there are, in their order; undefined of a new parent */
  constructor(parent: Write, parentId: string, collection: ChildrenModel, held?: readonly LockedRecord[]) {
    this.collection = collection
    this.#parentId = parentId
    this.#model = parent.models.get(collection.entity)!
    this.#create = parent.of(this.#model, 'create')
    this.#update = parent.of(this.#model, 'update')
    this.#delete = parent.of(this.#model, 'delete')
    this.#isNew = held === undefined
    this.#held = onlyAnswered(held ?? [], collection.max)
  }

  /** Whether any child has come, changed, moved or gone. */
  get altered(): boolean {
    return this.#altered
  }

  /** Reads what the request says of the children. What is wrong with it goes to `faults`. */
  async read(items: unknown, faults: Faults): Promise<void> {
    // Who says what shall be there says what shall not, and must be able to see it.
    if (!this.#isNew) this.#create.require('read')
    this.#wishes = await readWishes(this.#create, this.collection, items, this.#parentId, this.#held, faults)
    if (this.#wishes.some(({ held }) => !held)) this.#create.require('create')
  }

  /** Deletes the children that are seen and not wished for any more, before others take their unique values. */
  async remove(): Promise<void> {
    const wished = new Set(this.#wishes.map(({ held }) => held))
    const gone = this.#held.filter((row) => row.readable && !wished.has(row))
    if (gone.length === 0) return
    const { work, writable, hooks } = this.#delete
    const ids = gone.map(({ item }) => String(item['id']))
    this.#delete.require('delete')
    await requireRows(this.#delete, ids, writable)
    for (const { item } of gone) {
      await hooks.beforeDelete?.(item)
      noteDeletion(this.#delete, item)
    }
    this.#altered = true
    this.#held = this.#held.filter((row) => !gone.includes(row))
    work.later(deleteRows(tableOf(this.#delete), ids), {
      explain: explain(this.#delete, true),
      check: ({ tag }) => requireCount(tag, ids.length),
    })
    await this.renew()
  }

  /** Lets the plugin have its say on each child, in their order. */
  async change(faults: Faults): Promise<void> {
    for (const wish of this.#wishes) {
      const slot = await faults.during(wish.pointer, () =>
        wish.held ? this.#changeOne(wish.held, wish, faults) : this.#createOne(wish),
      )
      // What the plugin's code has made of the others in the meantime.
      await this.renew()
      if (slot) this.#place(slot)
    }
    for (const { item } of this.#held.filter(({ readable }) => !readable)) this.#place(slotUnseen(item))
  }

  async #createOne({ pointer, values }: Wish): Promise<Slot> {
    const { field } = this.collection
    const item = await completeNew(this.#create, { ...values, [field]: this.#parentId })
    item[field] = this.#parentId
    this.#altered = true
    return slotNew(pointer, item, this.#model.custom)
  }

  async #changeOne(
    { item, writable }: LockedRecord,
    { pointer, values, unseen }: Wish,
    faults: Faults,
  ): Promise<Slot> {
    const change = await planChange(this.#update, item, values, unseen)
    change.after[this.collection.field] = item[this.collection.field]
    const errors: ProblemError[] = []
    deriveChange(this.#update, change, () => undefined, errors)
    faults.errors.push(...errors.map((error) => ({ ...error, pointer: `${pointer}${error.pointer}` })))
    const changed = changedNames(change).length > 0
    if (changed) {
      this.#update.require('update')
      if (!writable)
        throw new Failure('permission_missing', {
          extensions: { permission: this.#update.permission, record: item['id'] },
        })
      this.#altered = true
    }
    const columns = changed ? noteChange(this.#update, change) : {}
    return {
      pointer,
      isNew: false,
      seen: true,
      item: change.after,
      derived: true,
      columns,
      stored: false,
      changed,
      custom: differing(this.#model, item, change.after, change.unseen),
    }
  }

  #place(slot: Slot): void {
    this.#slots.push(slot)
    const ordinal = this.#slots.length
    if (slot.item['ordinal'] === ordinal) return
    // The order belongs to the parent: a child that only moves keeps its version.
    slot.item['ordinal'] = ordinal
    if (!slot.isNew) slot.columns = { ...slot.columns, ordinal }
    this.#altered = true
  }

  /** Takes over what plugin code has changed about children of this parent by itself. All that came before is stored by then. */
  async renew(): Promise<void> {
    const touches = this.#update.work.families.get(this.#parentId)?.touches ?? 0
    if (touches === this.#touches) return
    this.#touches = touches
    this.#altered = true
    const fresh = new Map(
      (await readChildren(this.#update, this.collection, this.#parentId)).map((row) => [row.item['id'], row]),
    )
    const known = new Set<unknown>()
    for (const row of this.#held) {
      known.add(row.item['id'])
      Object.assign(row.item, fresh.get(row.item['id'])?.item)
    }
    this.#slots = this.#slots.filter((slot) => {
      known.add(slot.item['id'])
      const now = fresh.get(slot.item['id'])
      if (now && slot.stored) slot.item = now.item
      return now !== undefined || !slot.stored
    })
    const more = [...fresh.values()].filter(({ item }) => !known.has(item['id']))
    this.#held = [...this.#held, ...more.map((row) => ({ ...row, readable: false }))]
  }

  /** Numbers the new children, works out what is computed and judges their rules. */
  async derive(faults: Faults): Promise<void> {
    const open = this.#slots.filter((slot) => !slot.derived)
    await numberNew(
      this.#create,
      open.map(({ item }) => item),
    )
    for (const slot of open) {
      const errors: ProblemError[] = []
      deriveNew(this.#create, slot.item, () => [], errors)
      faults.errors.push(...errors.map((error) => ({ ...error, pointer: `${slot.pointer}${error.pointer}` })))
      slot.derived = true
    }
  }

  /** Sees that there is room for those that are to be stored. @throws Failure `limit_exceeded` */
  async admit(): Promise<void> {
    if (!this.#model.limit) return
    const coming = this.#slots.filter(({ isNew, stored, derived }) => isNew && !stored && derived)
    await admitMore(this.#create, this.#model, coming.length)
  }

  /** All children there will be, seen or not, as the API shows them. */
  get values(): readonly RecordJson[] {
    return this.#slots.map(({ item, isNew, stored }) =>
      isNew && !stored ? renderRecord(this.#model, toStoredRecord(this.#model, item)) : item,
    )
  }

  /**
   * Has the children written. Their parent must be before.
   *
   * @param suspects references of all that is written
   */
  store(suspects: () => readonly Suspect[]): void {
    const meaning = explainRecord(this.#create, suspects, `/${this.collection.name}`)
    const changed = this.#slots.filter((slot) => !slot.isNew && Object.keys(slot.columns).length > 0)
    // A value nobody can read stays as it is: such a child is written by itself, with nothing but its own changes.
    const [whole = [], damaged = []] = [true, false].map((isWhole) =>
      changed.filter(({ item }) => (unreadableFields(item).length === 0) === isWhole),
    )
    for (const group of [whole, ...damaged.map((slot) => [slot])].filter(({ length }) => length > 0)) {
      const names = [...new Set(group.flatMap(({ columns }) => ['version', ...Object.keys(columns)]))]
      const rows = group.map(({ item }) => sealedColumns(this.#update, item, ['id', ...names]))
      this.#update.work.later(updateRows(tableOf(this.#update), rows), {
        explain: meaning,
        check: ({ tag }) => requireCount(tag, rows.length),
      })
    }
    const sides: SideChange[] = []
    for (const slot of this.#slots) {
      const { pointer, isNew, derived, custom } = slot
      if (isNew && !slot.stored && derived) {
        slot.item = storeNew(this.#create, slot.item, meaning)
        noteNew(this.#create, slot.item)
      }
      slot.stored ||= derived
      slot.columns = {}
      if (!derived || custom.length === 0) continue
      sides.push({ record: slot.item, fields: custom, isNew, pointer })
      slot.custom = []
    }
    this.#sides.push(...sides)
    writeSideRows(this.#update, sides, suspects)
  }

  /** @throws Failure `unique_violated` naming values that stand twice among the children */
  refuseDuplicates(): void {
    const values = this.values
    const records = this.#slots.map(({ pointer }, index) => ({ pointer, values: values[index]! }))
    const errors = duplicatesAmong(this.#model, records)
    if (errors.length > 0) throw new Failure('unique_violated', { errors })
  }

  /** References of the children as they are written. The parent is not among them: who names another has been refused before. */
  get suspects(): readonly Suspect[] {
    const fields = this.#model.fields.filter(({ name }) => name !== this.collection.field)
    const own = this.#slots.filter(({ changed }) => changed)
    return [
      ...own.flatMap(({ item, pointer }) => suspectsOf(this.#create, fields, item, pointer)),
      ...this.#sides.flatMap((side) => suspectsOf(this.#create, side.fields, side.record, side.pointer)),
    ]
  }

  /** What the request says of the children, unchecked. */
  said(items: unknown): readonly Said[] {
    if (!Array.isArray(items)) return []
    const held = new Map(this.#held.map(({ item, readable }) => [item['id'], readable ? item : undefined]))
    return items.map((input: unknown, index) => ({
      write: this.#create,
      input,
      before: held.get((input as RecordJson | null | undefined)?.['id']),
      pointer: `/${this.collection.name}/${index}`,
      link: this.collection.field,
    }))
  }

  /** Sees that what is stored now is what the actor may create and change. */
  async verify(): Promise<void> {
    const ids = (isNew: boolean): string[] =>
      this.#slots.flatMap((slot) => (slot.changed && slot.isNew === isNew ? [String(slot.item['id'])] : []))
    await requireRows(this.#create, ids(true), this.#create.writable)
    await requireRows(this.#update, ids(false), this.#update.writable)
  }

  /** The children as the answer shows them: those the actor sees, in their order. */
  get shown(): readonly RecordJson[] {
    return this.#slots.filter(({ seen }) => seen).map(({ item }) => shown(this.#update, item))
  }
}

/** Plugin code may have changed or deleted some of them in between, in this same transaction. */
function requireCount(tag: string, wanted: number): void {
  if (tag.split(' ').at(-1) !== String(wanted)) throw new Failure('version_conflict')
}
