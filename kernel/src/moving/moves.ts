import { Failure } from '../errors.ts'
import { newId, isUuid, type Bus, type Database, type Level } from '../data/index.ts'
import type { Places } from '../places/index.ts'
import type { Tenants } from '../tenancy/index.ts'
import { addressOf, MOVE_COLUMNS, type Address, type Move } from './move.ts'

interface Needs {
  readonly database: Database
  readonly bus: Bus
  readonly places: Places
  readonly tenants: Tenants
}

/** The moves of tenants: ordered here, carried out by workers. */
export class Moves {
  readonly #database: Database
  readonly #bus: Bus
  readonly #places: Places
  readonly #tenants: Tenants

  constructor({ database, bus, places, tenants }: Needs) {
    this.#database = database
    this.#bus = bus
    this.#places = places
    this.#tenants = tenants
  }

  /**
   * Orders a move.
   *
   * @param server default: where the tenant is, if that server takes the level, else the least loaded one that does
   * @throws Failure `tenant_unknown` | `move_refused` | `server_unsuitable` | `place_preparing`
   */
  async start(tenantId: string, level: Level, server?: string): Promise<Move> {
    const home = await this.#tenants.relocate(tenantId)
    const wanted =
      server ?? this.#places.servers.serving(level).find(({ name }) => name === home.server)?.name
    if (home.level === level && (wanted ?? home.server) === home.server)
      throw new Failure('move_refused', { detail: 'The tenant lives there already.' })
    if (await this.#running(tenantId))
      throw new Failure('move_refused', { detail: 'The tenant is being moved.' })
    if (await this.#isUpgrading(tenantId))
      throw new Failure('move_refused', {
        detail: 'A plugin is on its way to another version. Complete that first, or take it back.',
      })
    const place = await this.#places.allot(tenantId, level, wanted)
    const { timeZone } = (await this.#tenants.byId(tenantId))!
    if (!(await this.#tenants.knowsTimeZone(timeZone, place))) {
      if (level !== 'shared') await this.#places.retire(place)
      throw new Failure('move_refused', {
        detail: `The server there does not know the time zone ${timeZone}.`,
      })
    }
    const target: Address = { level, ...place }
    const [move] = await this.#database.queryPlatform<Move & Record<string, unknown>>({
      text: `INSERT INTO plinth.move (id, tenant, epoch, source, target) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING ${MOVE_COLUMNS}`,
      values: [newId(), tenantId, home.epoch, JSON.stringify(addressOf(home)), JSON.stringify(target)],
    })
    if (!move) {
      if (level !== 'shared') await this.#places.retire(place)
      throw new Failure('move_refused', { detail: 'The tenant is being moved.' })
    }
    await this.#bus.publish({ topic: 'places', tenantId })
    return move
  }

  /**
   * Calls a move back. Whoever works on it, or takes it up next, puts everything back as it was; then it is `cancelled`. Asked again, it
   * answers the same.
   *
   * @throws Failure `not_found` | `move_too_far` from `switch` on, and when it is over
   */
  async cancel(id: string): Promise<Move> {
    const found = await this.get(id)
    // The switch is noted in the same row before it is made: one of the two comes first.
    const [move] = await this.#database.queryPlatform<Move & Record<string, unknown>>({
      text: `UPDATE plinth.move SET cancelled_at = coalesce(cancelled_at, now()), changed_at = now()
        WHERE id = $1 AND (cancelled_at IS NOT NULL OR ended_at IS NULL AND step NOT IN ('switch', 'remove')) RETURNING ${MOVE_COLUMNS}`,
      values: [id],
    })
    if (!move)
      throw new Failure('move_too_far', {
        detail:
          found.endedAt === null
            ? 'The tenant is already where it was going. Move it back when the move is done.'
            : 'The move is over.',
      })
    await this.#bus.publish({ topic: 'places', tenantId: move.tenant })
    return move
  }

  /** @throws Failure `not_found` */
  async get(id: string): Promise<Move> {
    const [move] = isUuid(id) ? await this.#read('id = $1::uuid', [id]) : []
    if (!move) throw new Failure('not_found')
    return move
  }

  /** The latest, newest first. */
  async latest(): Promise<Move[]> {
    return this.#read('true', [])
  }

  /** The two places need not have the same tables then, and how far the tenant is stands in the ledger of the one it leaves. */
  async #isUpgrading(tenantId: string): Promise<boolean> {
    const rows = await this.#database.query(
      { tenantId },
      {
        text: `SELECT FROM plinth.upgrade WHERE tenant_id = $1 AND phase IN ('backfill', 'check') LIMIT 1`,
        values: [tenantId],
      },
    )
    return rows.length > 0
  }

  async #running(tenantId: string): Promise<boolean> {
    return (await this.#read('tenant = $1::uuid AND ended_at IS NULL', [tenantId])).length > 0
  }

  #read(condition: string, values: readonly unknown[]): Promise<Move[]> {
    return this.#database.queryPlatform<Move & Record<string, unknown>>({
      text: `SELECT ${MOVE_COLUMNS} FROM plinth.move WHERE ${condition} ORDER BY created_at DESC, id DESC LIMIT 100`,
      values,
    })
  }
}
