import { isUuid } from '../uuid.ts'
import type { ChildrenModel } from '../model/entity-model.ts'
import { withoutUnchanged } from './custom-values.ts'
import type { Faults } from './faults.ts'
import type { LockedRecord } from './lock-record.ts'
import { admitChanges, admitNew } from './masked-input.ts'
import type { RecordJson } from './render-record.ts'
import { meetsEach } from './row-rights.ts'
import type { Write } from './write.ts'

/** What a request says of one child: a new one, or one there is and what changes of it. */
export interface Wish {
  /** Where it stands in the request, as JSON Pointer. */
  readonly pointer: string
  /** Checked. */
  readonly values: RecordJson
  /** Fields given a value by someone who may not see the old one. */
  readonly unseen: ReadonlySet<string>
  readonly held: LockedRecord | undefined
}

/** Reads the list a request gives for a collection. What is wrong with it goes to `faults`, and is left out. */
export async function readWishes(
  write: Write,
  collection: ChildrenModel,
  items: unknown,
  parentId: string,
  held: readonly LockedRecord[],
  faults: Faults,
): Promise<Wish[]> {
  const place = `/${collection.name}`
  if (!Array.isArray(items)) {
    faults.note(place, 'type', 'A list is needed here.')
    return []
  }
  if (items.length < collection.min)
    faults.note(
      place,
      items.length === 0 ? 'required' : 'minItems',
      `At least ${collection.min} ${collection.min === 1 ? 'is' : 'are'} needed.`,
    )
  if (items.length > collection.max) {
    faults.note(place, 'maxItems', `There ${collection.max === 1 ? 'is' : 'are'} at most ${collection.max}.`)
    return []
  }
  const seen = new Map(held.flatMap((row) => (row.readable ? [[String(row.item['id']), row] as const] : [])))
  const meets = meetsEach(
    write,
    [...seen.values()].map(({ item }) => String(item['id'])),
  )
  const wishes: Wish[] = []
  for (const [index, item] of items.entries()) {
    const pointer = `${place}/${index}`
    const wish = await faults.during(pointer, () => {
      const fields = ownFields(collection, item, pointer, faults)
      return fields && readWish({ write, parentId, seen, meets, faults, collection }, fields, pointer)
    })
    if (wish) wishes.push(wish)
  }
  return wishes
}

/** What an item says, without the field that leads to the parent. */
function ownFields(
  { field }: ChildrenModel,
  item: unknown,
  pointer: string,
  faults: Faults,
): RecordJson | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    faults.note(pointer, 'type', 'An object is needed here.')
    return undefined
  }
  const { [field]: _, ...rest } = item as RecordJson
  if (Object.hasOwn(item, field))
    faults.note(`${pointer}/${field}`, 'unknown', 'The parent is the record it is saved with.')
  return rest
}

/** What is known around an item. */
interface Around {
  readonly write: Write
  readonly collection: ChildrenModel
  readonly parentId: string
  /** Children there are that the actor sees and no item has named yet. */
  readonly seen: Map<string, LockedRecord>
  readonly meets: ReturnType<typeof meetsEach>
  readonly faults: Faults
}

async function readWish(around: Around, fields: RecordJson, pointer: string): Promise<Wish | undefined> {
  const { write, seen, meets, faults } = around
  const { id, version, ...changes } = fields
  if (id === undefined || id === null) {
    if (version !== undefined)
      faults.note(`${pointer}/version`, 'unknown', 'A new record has no version yet.')
    return readNew(around, changes, pointer)
  }
  const key = isUuid(id) ? id.toLowerCase() : ''
  const row = seen.get(key)
  // Named twice, it is no longer there for the second.
  seen.delete(key)
  if (!row) faults.note(`${pointer}/id`, 'reference', 'There is no such record here, or it stands twice.')
  else if (version !== undefined && version !== row.item['version'])
    faults.note(
      `${pointer}/version`,
      'version',
      `Someone else changed the record; its version is ${String(row.item['version'])}.`,
    )
  const { input, unseen, masks } = row
    ? await admitChanges(write.model, row.item, changes, write.rows, (rows) => meets(key, rows))
    : { input: changes, unseen: new Set<string>(), masks: [] }
  faults.add(masks, pointer)
  const rest = row ? withoutUnchanged(row.item, input, unseen) : input
  const values = write.validator.check(write.model, write.asPlugin ? 'pluginUpdate' : 'update', rest)
  return row && { pointer, values, unseen, held: row }
}

function readNew({ write, collection, parentId, faults }: Around, fields: RecordJson, pointer: string): Wish {
  const { model, validator, asPlugin } = write
  faults.add(admitNew(model, fields, write.rows).masks, pointer)
  const input = { ...fields, [collection.field]: parentId }
  const values = validator.check(model, asPlugin ? 'pluginCreate' : 'create', input)
  return { pointer, values, unseen: new Set(), held: undefined }
}
