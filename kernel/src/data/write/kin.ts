import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { ChildrenModel } from '../model/entity-model.ts'
import { changedNames, deriveChange, noteChange, storeChange, type Change } from './change-steps.ts'
import { lockWithChildren, lockWithParent, readChildren } from './lock-family.ts'
import { lockRecord, type LockedRecord } from './lock-record.ts'
import type { RecordJson } from './render-record.ts'
import type { Write } from './write.ts'

/** What is known of a parent that is locked. */
interface Above {
  readonly parent: RecordJson
  /** Its children before the change, where they were read. */
  readonly siblings: readonly LockedRecord[] | undefined
}

/**
 * The parents of a record that changes by itself, at its own address. They are held meanwhile and get their next version: who is about
 * to save a parent with its children must learn that there are others now. What a parent computes of its children is renewed.
 *
 * Where a parent is being saved with its children already, and plugin code changes one of these, all that is left to the saving.
 */
export class Kin {
  readonly #write: Write
  readonly #parent: Write
  readonly #collection: ChildrenModel
  readonly #claimed = new Set<string>()
  readonly #known = new Map<string, Above>()

  private constructor(write: Write, parent: NonNullable<Write['model']['parent']>) {
    this.#write = write
    this.#parent = write.of(write.models.get(parent.entity)!, 'update')
    this.#collection = parent.collection
  }

  /** undefined for records that belong to none. */
  static of(write: Write): Kin | undefined {
    const { parent } = write.model
    return parent && new Kin(write, parent)
  }

  /** Reads and locks the record and the one it belongs to. */
  async lock(id: string): Promise<LockedRecord | undefined> {
    const both = await lockWithParent(this.#write, this.#parent, id)
    if (!both) return lockRecord(this.#write, id)
    const parent = both.parent.item
    this.#known.set(String(parent['id']), { parent, siblings: undefined })
    this.claim(parent['id'])
    return both.own
  }

  /** Leaves what plugin code changes about the other children of a parent to this change. */
  claim(parentId: unknown): void {
    const { families } = this.#write.work
    if (typeof parentId !== 'string' || families.has(parentId)) return
    families.set(parentId, { touches: 0 })
    this.#claimed.add(parentId)
  }

  release(): void {
    for (const id of this.#claimed) this.#write.work.families.delete(id)
  }

  /**
   * Gives a new record the place after its siblings.
   *
   * @throws Failure `validation_failed` when there are as many already as there may be
   */
  async join(record: RecordJson): Promise<void> {
    const { field, max } = this.#collection
    const parentId = record[field]
    if (typeof parentId !== 'string') return
    this.claim(parentId)
    const held = await lockWithChildren(this.#parent, this.#write, this.#collection, parentId)
    // Unknown parents are refused with the other references.
    if (!held) return
    const { children } = held
    this.#known.set(parentId, { parent: held.own.item, siblings: children })
    if (children.filter(({ readable }) => readable).length >= max)
      throw refusal(`/${field}`, 'maxItems', `There are at most ${max} of them.`)
    record['ordinal'] = 1 + Math.max(0, ...children.map(({ item }) => item['ordinal'] as number))
  }

  /**
   * Renews the parents of the record, which is written already.
   *
   * @param before as it was, undefined of a new one
   * @param after as it is, undefined of one that is gone
   * @throws Failure `validation_failed` when a rule of a parent is broken by it
   */
  async renew(before: RecordJson | undefined, after: RecordJson | undefined): Promise<void> {
    const { families } = this.#write.work
    const { field } = this.#collection
    for (const id of new Set([before?.[field], after?.[field]])) {
      if (typeof id !== 'string') continue
      this.claim(id)
      const family = families.get(id)!
      if (this.#claimed.has(id))
        await this.#renewOne(id, family.touches > 0, before ? undefined : after, !after)
      else family.touches += 1
    }
  }

  async #renewOne(id: string, touched: boolean, born: RecordJson | undefined, gone: boolean): Promise<void> {
    const known = touched ? undefined : this.#known.get(id)
    const above = known?.parent ?? (await lockRecord(this.#parent, id))?.item
    if (!above) return
    const { name, min, field } = this.#collection
    const change: Change = { before: above, after: { ...above }, move: undefined }
    const needed = (gone && min > 0) || this.#isComputedOf
    const siblings = !needed
      ? []
      : born && known?.siblings
        ? [...known.siblings, { item: born, readable: true }]
        : await readChildren(this.#write, this.#collection, id)
    if (gone && siblings.filter(({ readable }) => readable).length < min)
      throw refusal('', 'minItems', `There are at least ${min} of them.`)
    const errors: ProblemError[] = []
    const values = siblings.map(({ item }) => item)
    deriveChange(this.#parent, change, (collection) => (collection === name ? values : undefined), errors)
    if (errors.length > 0)
      throw new Failure('validation_failed', {
        errors: errors.map((error) => ({ ...error, pointer: `/${field}` })),
      })
    const upper = Kin.of(this.#parent)
    const isOther = changedNames(change).length > 0
    storeChange(this.#parent, change, isOther ? noteChange(this.#parent, change, [name]) : this.#touch)
    if (!isOther || !upper) return
    try {
      await upper.renew(change.before, change.after)
    } finally {
      upper.release()
    }
  }

  /** Nothing about the parent is other but its version. */
  get #touch() {
    const { work } = this.#write
    return { updated_at: work.now, updated_by: work.context.actor.id }
  }

  /** Whether anything about the parent is computed from these children. */
  get #isComputedOf(): boolean {
    const { name } = this.#collection
    return this.#parent.model.computed.some(({ declaration: { computed } }) =>
      'sum' in computed!
        ? computed.sum.startsWith(`${name}.`)
        : 'count' in computed! && computed.count === name,
    )
  }
}

function refusal(pointer: string, code: string, detail: string): Failure {
  return new Failure('validation_failed', { errors: [{ pointer, code, detail }] })
}
