import type { ChildValues } from '../model/compute.ts'
import type { ChildrenModel, EntityModel } from '../model/entity-model.ts'
import { Brood } from './brood.ts'
import type { Faults } from './faults.ts'
import { lockWithChildren, readChildren } from './lock-family.ts'
import { lockRecord, type LockedRecord } from './lock-record.ts'
import type { Kin } from './kin.ts'
import type { RecordJson } from './render-record.ts'
import type { Said, Suspect } from './suspects.ts'
import type { Write } from './write.ts'

type List = readonly [collection: ChildrenModel, items: unknown]

/** Takes the collections of children out of the input of a change. */
export function partInput(
  model: EntityModel,
  input: unknown,
): { readonly own: unknown; readonly lists: readonly List[] } {
  if (model.children.length === 0 || typeof input !== 'object' || input === null || Array.isArray(input))
    return { own: input, lists: [] }
  const own = { ...(input as RecordJson) }
  const lists: List[] = []
  for (const collection of model.children) {
    if (!Object.hasOwn(own, collection.name)) continue
    lists.push([collection, own[collection.name]])
    delete own[collection.name]
  }
  return { own, lists }
}

/** What a request says of each record it is about, unchecked. */
export function saidOf(
  { model, models }: Write,
  own: unknown,
  lists: readonly List[],
): (readonly [EntityModel, unknown])[] {
  const children = lists.flatMap(([{ entity }, items]) =>
    Array.isArray(items) ? items.map((item: unknown) => [models.get(entity)!, item] as const) : [],
  )
  return [[model, own], ...children]
}

/** Collections whose children a new record must have come along, named or not. */
export function withNeeded(model: EntityModel, lists: readonly List[]): readonly List[] {
  const missing = model.children.filter(
    ({ name, min }) => min > 0 && !lists.some(([{ name: given }]) => given === name),
  )
  return [...lists, ...missing.map((collection): List => [collection, []])]
}

/** The collections of children that are saved with one record. */
export class Family {
  readonly #broods: readonly Brood[]
  readonly #lists: readonly List[]
  /** Children no one has asked to be changed, where plugin code did so. */
  readonly #others = new Map<string, readonly RecordJson[]>()

  constructor(broods: readonly Brood[], lists: readonly List[]) {
    this.#broods = broods
    this.#lists = lists
  }

  static ofNew(write: Write, id: string, lists: readonly List[]): Family {
    return new Family(
      lists.map(([collection]) => new Brood(write, id, collection)),
      lists,
    )
  }

  /** Reads and locks a record, with those of its children a request is about. */
  static async lock(
    write: Write,
    kin: Kin | undefined,
    id: string,
    lists: readonly List[],
  ): Promise<{ readonly own: LockedRecord; readonly family: Family } | undefined> {
    const children = (collection: ChildrenModel) => write.of(write.models.get(collection.entity)!, 'update')
    const [first] = lists
    const both = first && !kin ? await lockWithChildren(write, children(first[0]), first[0], id) : undefined
    const own = both?.own ?? (await (kin ? kin.lock(id) : lockRecord(write, id)))
    if (!own) return undefined
    const broods: Brood[] = []
    for (const [collection] of lists) {
      const known = collection === first?.[0] ? both?.children : undefined
      const held = known ?? (await readChildren(children(collection), collection, id))
      broods.push(new Brood(write, id, collection, held))
    }
    return { own, family: new Family(broods, lists) }
  }

  get isEmpty(): boolean {
    return this.#broods.length === 0
  }

  /** Names of the collections in which anything has come, changed, moved or gone. */
  get altered(): readonly string[] {
    return [
      ...this.#broods.filter((brood) => brood.altered).map(({ collection }) => collection.name),
      ...this.#others.keys(),
    ]
  }

  async read(faults: Faults): Promise<void> {
    for (const [index, brood] of this.#broods.entries()) await brood.read(this.#lists[index]![1], faults)
  }

  /** Sees that there is room for all that come. @throws Failure `limit_exceeded` */
  async admit(): Promise<void> {
    for (const brood of this.#broods) await brood.admit()
  }

  async change(faults: Faults): Promise<void> {
    for (const brood of this.#broods) await brood.remove()
    for (const brood of this.#broods) await brood.change(faults)
    for (const brood of this.#broods) await brood.renew()
  }

  async derive(faults: Faults): Promise<void> {
    for (const brood of this.#broods) await brood.derive(faults)
  }

  /** Looks at the children the request does not speak of, after plugin code has changed some. */
  async lookAround(write: Write, id: string): Promise<void> {
    if (!write.work.families.get(id)?.touches) return
    const spoken = new Set(this.#broods.map(({ collection }) => collection))
    for (const collection of write.model.children) {
      if (spoken.has(collection)) continue
      const children = write.of(write.models.get(collection.entity)!, 'update')
      const rows = await readChildren(children, collection, id)
      this.#others.set(
        collection.name,
        rows.map(({ item }) => item),
      )
    }
  }

  /** Children by collection, for what their parent computes of them. A new record has none but these. */
  values(isNew: boolean): ChildValues {
    const values = new Map([
      ...this.#others,
      ...this.#broods.map((brood) => [brood.collection.name, brood.values] as const),
    ])
    return (name) => values.get(name) ?? (isNew ? [] : undefined)
  }

  /**
   * Has the children written, whose parent is before.
   *
   * @param suspects references of all that is written
   */
  store(suspects: () => readonly Suspect[]): void {
    for (const brood of this.#broods) brood.store(suspects)
  }

  /** References of the children as they are written. */
  get suspects(): readonly Suspect[] {
    return this.#broods.flatMap((brood) => brood.suspects)
  }

  /** What the request says of the children, unchecked. */
  get said(): readonly Said[] {
    return this.#broods.flatMap((brood, index) => brood.said(this.#lists[index]![1]))
  }

  refuseDuplicates(): void {
    for (const brood of this.#broods) brood.refuseDuplicates()
  }

  async verify(): Promise<void> {
    for (const brood of this.#broods) await brood.verify()
  }

  /** The children as the answer to the change shows them. */
  get shown(): RecordJson {
    return Object.fromEntries(this.#broods.map((brood) => [brood.collection.name, brood.shown]))
  }
}
