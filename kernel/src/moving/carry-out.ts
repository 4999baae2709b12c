import type { Logger } from 'pino'
import { asAdmin, CONTROL, sameDatabase, type Bus } from '../data/index.ts'
import type { Places } from '../places/index.ts'
import { compare } from './compare.ts'
import { beginSnapshot, catchUp, clearTable, copyTable } from './copy-rows.ts'
import * as doors from './doors.ts'
import { MoveCancelled, type Address, type Move, type MoveStep, type TableProof } from './move.ts'
import { confine, type Side } from './side.ts'
import { qualified, tablesOf, tablesToMove } from './table.ts'

export interface MoveNeeds {
  readonly places: Places
  readonly bus: Bus
  readonly log: Logger
  /** Told of every step before it is taken. */
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined
}

/** What is written about a move as it goes on. */
export interface Note {
  readonly step: MoveStep
  readonly rows?: number
  readonly tables?: readonly TableProof[]
  readonly pauseMs?: number
}

/** The doors of a move with both sides, and where to write how far it has come. */
interface Journey {
  readonly needs: MoveNeeds
  readonly move: Move
  readonly doors: doors.Doors
  readonly source: Side
  readonly target: Side
  readonly note: (note: Note) => Promise<void>
}

/** How often the last differences are tried to be sent within the time a tenant may be closed. */
const TRIES = 5

/**
 * Goes on with a move from where it stands. Before `switch` that is from the beginning, with an empty target.
 *
 * @throws MoveCancelled when it is called back before `switch`
 * @throws Error when a step fails; the move can be taken up again, or before `switch` be given up
 */
export async function carryOut(
  needs: MoveNeeds,
  move: Move,
  note: (note: Note) => Promise<void>,
): Promise<void> {
  if (move.step === 'remove' && (await isRemoved(needs, move.source))) return note({ step: 'done' })
  await onTheWay(needs, move, note, async (journey) => {
    const where = await doors.whereabouts(journey.doors, move)
    if (where === 'before') await goOver(journey)
    else if (where === 'between' || move.step === 'switch') await doors.arrive(journey.doors, move)
    await tell(journey)
    await note({ step: 'remove' })
    await cleanUp(journey)
    await note({ step: 'done' })
  })
}

/** Gives a move up that has not come to `switch`: the tenant stays, and nothing of it at the target. Answers false when it has gone already. */
export async function giveUp(needs: MoveNeeds, move: Move): Promise<boolean> {
  if (await isRemoved(needs, move.target)) return true
  await needs.onStep?.('give-up')
  const isBefore = await onTheWay(
    needs,
    move,
    async () => {},
    async (journey) => {
      if ((await doors.whereabouts(journey.doors, move)) !== 'before') return false
      await doors.reopen(journey.doors, move)
      await empty(journey, journey.target)
      return true
    },
  )
  if (isBefore && move.target.level !== 'shared') {
    await needs.onStep?.('retire')
    await needs.places.retire(move.target)
  }
  return isBefore
}

async function goOver(journey: Journey): Promise<void> {
  const { needs, move, source, target, note } = journey
  const apart = !sameDatabase(move.source, move.target)
  await note({ step: 'prepare' })
  await needs.places.bringUpToDate(move.target)
  await doors.announce(journey.doors, move)
  const tables = await tablesToMove(source, target, apart)
  for (const table of tables) await clearTable(target, table.target)

  await note({ step: 'copy' })
  let since = await beginSnapshot(source)
  let rows = 0
  for (const table of tables) {
    await copyTable(source, target, table, async (copied) => {
      rows += copied
      await note({ step: 'copy', rows })
    })
  }
  await source.client.query('COMMIT')

  for (let attempt = 1; ; attempt += 1) {
    await note({ step: 'catch-up' })
    const next = await beginSnapshot(source)
    for (const table of tables) await catchUp(source, target, table, since)
    await note({ step: 'compare' })
    const proofs = await compare(source, target, tables)
    await source.client.query('COMMIT')
    since = next

    await note({ step: 'close', tables: proofs })
    const begun = performance.now()
    try {
      const until = await doors.close(journey.doors, move)
      // What was the same a moment ago, and has the same differences, is the same.
      for (const table of tables) await catchUp(source, target, table, since)
      await note({ step: 'switch' })
      await doors.leave(journey.doors, move, until)
      await needs.onStep?.('arrive')
      await doors.arrive(journey.doors, move)
      await note({ step: 'switch', pauseMs: Math.round(performance.now() - begun) })
      return
    } catch (error) {
      if ((await doors.whereabouts(journey.doors, move)) !== 'before') throw error
      await doors.reopen(journey.doors, move)
      if (error instanceof MoveCancelled || attempt >= TRIES) throw error
      needs.log.warn({ move: move.id, err: error }, 'a tenant stays a little longer')
    }
  }
}

async function tell({ needs, move }: Journey): Promise<void> {
  await needs.bus.publish({ topic: 'tenant', tenantId: move.tenant })
}

/** Removes what the tenant has left behind. */
async function cleanUp(journey: Journey): Promise<void> {
  const { needs, move, source } = journey
  await doors.waitForReaders(journey.doors)
  await empty(journey, source)
  if (move.source.level !== 'shared') await needs.places.retire(move.source)
}

/** A database of the tenant's own that was given up may have been dropped already. */
async function isRemoved({ places }: MoveNeeds, side: Address): Promise<boolean> {
  if (side.database === '') return false
  const place = (await places.all()).find((each) => sameDatabase(each, side))
  return place?.state !== 'taken'
}

/** Removes all a tenant has in a common database that it does not live in. One of its own is dropped as a whole. */
async function empty({ move }: Journey, side: Side): Promise<void> {
  if (side.address.database !== '') return
  const apart = !sameDatabase(move.source, move.target)
  for (const { schema, name } of await tablesOf(side, apart)) await clearTable(side, qualified(schema, name))
  if (apart && !sameDatabase(side.address, CONTROL))
    await side.client.query('DELETE FROM plinth.tenant WHERE id = $1', [move.tenant])
}

async function onTheWay<T>(
  needs: MoveNeeds,
  move: Move,
  note: (note: Note) => Promise<void>,
  work: (journey: Journey) => Promise<T>,
): Promise<T> {
  const { servers } = needs.places
  const urlOf = ({ server, database }: { server: string; database: string }): string =>
    servers.adminUrl(server, database)
  return asAdmin(urlOf(CONTROL), (control) =>
    asAdmin(urlOf(move.source), (source) =>
      asAdmin(urlOf(move.target), async (target) => {
        await confine(source, move.tenant)
        await confine(target, move.tenant)
        await control.query('SET ROLE plinth_owner')
        return work({
          needs,
          move,
          note,
          doors: { control, source, target },
          source: { client: source, address: move.source, tenant: move.tenant },
          target: { client: target, address: move.target, tenant: move.tenant },
        })
      }),
    ),
  )
}
