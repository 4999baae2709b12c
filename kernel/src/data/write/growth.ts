import type { LimitModel } from '../model/limit-model.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { liveCondition } from '../model/trash.ts'
import type { Statement } from '../pipeline.ts'
import { KERNEL_ROLE } from '../role-names.ts'
import type { Room, UnitOfWork } from './unit-of-work.ts'

type LimitedModel = EntityModel & { readonly limit: LimitModel }

/** What of a change says where records are counted. */
interface Place {
  readonly work: UnitOfWork
  readonly schema: string
}

/**
 * Sees that there is room for so many more records, until the transaction ends: whoever else adds to them waits. Costs nothing where an
 * entity is not limited. Each of them is to be handed over with `noteArrival`.
 *
 * @throws Failure `limit_exceeded`
 */
export async function admitMore(place: Place, model: EntityModel, count = 1): Promise<void> {
  const { limit } = model
  if (!limit || count < 1) return
  const { work } = place
  const { value, exceeded } = work.context.limitOf(limit)
  if (value === null) return
  const room = roomOf(work, limit)
  room.promised += count
  room.turn += 1
  if (room.left !== undefined && room.left >= count) {
    room.left -= count
    return
  }
  room.left = undefined
  const { turn } = room
  await work.run(lock(place, limit))
  // Code of plugins may create several at the same time: what others were promised counts as if it were there.
  const { promised } = room
  const used = await countLive(place, model)
  if (used + promised > value) {
    room.promised -= count
    throw exceeded(used + promised - count)
  }
  if (turn === room.turn) room.left = value - used - promised
}

/** A record for which there was room is among those that wait to be written, and counted from now on. */
export function noteArrival({ work }: Pick<Place, 'work'>, { limit }: EntityModel): void {
  const room = limit && work.rooms?.get(limit.id)
  if (!room) return
  room.promised -= 1
  room.arrived += 1
}

/** How many records this transaction has added so far to those that are limited, by limit. */
export function arrivalsIn({ rooms }: UnitOfWork): ReadonlyMap<string, number> {
  return new Map([...(rooms ?? [])].map(([id, { arrived }]) => [id, arrived]))
}

/**
 * Has a transaction that is only tried out count records as if they were there: those that were added in others before it, which were
 * taken back as well. To be told before anything else is done in it.
 *
 * @param arrivals how many, by limit
 */
export function countAsThere(work: UnitOfWork, arrivals: ReadonlyMap<string, number>): void {
  work.rooms = new Map([...arrivals].map(([id, count]) => [id, { ...emptyRoom(), promised: count }]))
}

function emptyRoom(): Room {
  return { left: undefined, promised: 0, turn: 0, arrived: 0 }
}

function roomOf(work: UnitOfWork, { id }: LimitModel): Room {
  work.rooms ??= new Map()
  let room = work.rooms.get(id)
  if (!room) work.rooms.set(id, (room = emptyRoom()))
  return room
}

/**
 * Carries out what may bring records back from the trash, with others that went along, of this plugin or another. Where some of them are
 * limited there must be room for all.
 *
 * @throws Failure `limit_exceeded`
 */
export async function admitReturn<T>(
  place: Place & { readonly models: Models },
  model: EntityModel,
  task: () => Promise<T>,
): Promise<T> {
  const { work, models } = place
  const limited = returning(models, model)
    .filter(isLimited)
    .map((each) => ({ each, ruling: work.context.limitOf(each.limit) }))
    .filter(({ ruling }) => ruling.value !== null)
  if (limited.length === 0) return task()
  const before: number[] = []
  for (const { each } of limited) {
    await work.run(lock(place, each.limit))
    before.push(await countAny(place, model, each))
  }
  const answer = await task()
  for (const [index, { each, ruling }] of limited.entries()) {
    const used = await countAny(place, model, each)
    roomOf(work, each.limit).left = undefined
    if (used > before[index]! && used > ruling.value!) throw ruling.exceeded(before[index]!)
  }
  return answer
}

/** How many records count. */
export async function countLive({ work, schema }: Place, model: EntityModel): Promise<number> {
  const [row] = await work.run<{ used: number }>(countStatement(model, schema))
  return row!.used
}

/** The records of an entity that are not in the trash, as an expression. */
export function liveCount(model: EntityModel, schema: string): string {
  const live = liveCondition(model, 't')
  return `(SELECT count(*)::int FROM ${schema}.${model.table} t
    WHERE t.tenant_id = current_setting('plinth.tenant')::uuid${live === undefined ? '' : ` AND ${live}`})`
}

function countStatement(model: EntityModel, schema: string): Statement {
  return { text: `SELECT ${liveCount(model, schema)} AS used` }
}

/** Those of another plugin are counted by the kernel: the plugin whose record returns may not read them. */
async function countAny(place: Place, own: EntityModel, model: LimitedModel): Promise<number> {
  if (own.plugin === model.plugin) return countLive(place, model)
  const { work } = place
  const [before] = await work.run<{ role: string }>({ text: `SELECT current_setting('role') AS role` })
  await work.run(enter(KERNEL_ROLE))
  const used = await countLive(place, model)
  await work.run(enter(before!.role))
  return used
}

function enter(role: string): Statement {
  return { text: `SELECT set_config('role', $1, true)`, values: [role] }
}

function lock({ work }: Place, { id }: LimitModel): Statement {
  return {
    name: 'plinth_limit_lock',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`${work.context.tenantId} limit ${id}`],
  }
}

function isLimited(model: EntityModel): model is LimitedModel {
  return model.limit !== undefined
}

/** The entity, and through all levels those whose records go and come back along with it, in the order in which they are locked. */
function returning(models: Models, model: EntityModel): EntityModel[] {
  const found = new Set([model.id])
  for (let size = 0; size < found.size;) {
    size = found.size
    for (const other of models.values())
      if (
        other.fields.some(
          ({ target, declaration }) =>
            target !== undefined && found.has(target) && declaration.onDelete === 'cascade',
        )
      )
        found.add(other.id)
  }
  return [...found].map((id) => models.get(id)!).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
