import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { Failure } from '../errors.ts'
import {
  addressKey,
  COMMON_SCHEMA,
  CONTROL,
  MAIN_SERVER,
  selfTest,
  type Bus,
  type Database,
  type DatabaseAddress,
  type Level,
  type Place,
} from '../data/index.ts'
import { chooseServers, type Load } from './choose-server.ts'
import { bringUpToDate, createPlace, dropPlace, type Shape } from './prepare-place.ts'
import { messageOf, ServerFaults, type FaultSubject } from './server-faults.ts'
import { isOwnSchema, type Server, type Servers } from './servers.ts'

/** What keeps a server from taking a tenant. */
const HINDERING: ReadonlySet<FaultSubject> = new Set(['connection', 'tables'])

/** A place of one tenant, or one that waits for its tenant. */
export interface StoredPlace extends Place {
  readonly level: Level
  readonly state: 'preparing' | 'spare' | 'taken' | 'retired'
  readonly tenant: string | null
  /** Why it could not be brought up to date. */
  readonly error: string | null
}

interface Needs {
  readonly database: Database
  readonly bus: Bus
  readonly servers: Servers
  readonly catalogue: Shape
  readonly log: Logger
}

/** The schemas and databases of single tenants: those in use, and those prepared in advance so that no request waits for one to be made. */
export class Places {
  readonly servers: Servers
  /** What is wrong with the servers now. */
  readonly faults: ServerFaults
  readonly #database: Database
  readonly #bus: Bus
  readonly #catalogue: Shape
  readonly #log: Logger

  constructor({ database, bus, servers, catalogue, log }: Needs) {
    this.servers = servers
    this.faults = new ServerFaults({ database })
    this.#database = database
    this.#bus = bus
    this.#catalogue = catalogue
    this.#log = log
  }

  /**
   * Finds a tenant its place. The common one of a server is simply named; any other is taken from those prepared in advance.
   *
   * @param wanted name of the server; default: the least loaded one that serves the level
   * @throws Failure `server_unsuitable` | `place_preparing` | `unavailable`
   */
  async allot(tenantId: string, level: Level, wanted?: string): Promise<Place> {
    const suitable = chooseServers(this.servers.serving(level), await this.loads(), wanted)
    if (suitable.length === 0)
      throw new Failure('server_unsuitable', {
        detail: `No server${wanted === undefined ? '' : ` "${wanted}"`} takes a tenant at level "${level}" now.`,
      })
    const faulty = new Set(
      (await this.faults.all()).filter(({ about }) => HINDERING.has(about)).map(({ server }) => server),
    )
    const candidates = suitable.filter(({ name }) => !faulty.has(name))
    if (candidates.length === 0)
      throw new Failure('unavailable', {
        detail: `${[...faulty].map((name) => `"${name}"`).join(', ')} cannot take a tenant now; GET /servers says what is wrong.`,
      })
    if (level === 'shared') return { server: candidates[0]!.name, database: '', schema: COMMON_SCHEMA }
    for (const { name } of candidates) {
      const [place] = await this.#database.queryPlatform<Place & Record<string, unknown>>({
        text: `UPDATE plinth.place p SET state = 'taken', tenant = $3, changed_at = now()
          FROM (SELECT server, database, schema FROM plinth.place WHERE server = $1 AND level = $2 AND state = 'spare' AND error IS NULL
                ORDER BY changed_at LIMIT 1 FOR UPDATE SKIP LOCKED) s
          WHERE (p.server, p.database, p.schema) = (s.server, s.database, s.schema) RETURNING p.server, p.database, p.schema`,
        values: [name, level, tenantId],
      })
      await this.#bus.publish({ topic: 'places', tenantId })
      if (place) return place
    }
    throw new Failure('place_preparing', {
      detail: `A ${level === 'schema' ? 'schema' : 'database'} is being prepared. Try again in a few seconds.`,
    })
  }

  /** Gives up a place that a tenant has left. It is removed with everything in it, and never given to another tenant. */
  async retire({ server, database, schema }: Place): Promise<void> {
    await this.#database.queryPlatform({
      text: `UPDATE plinth.place SET state = 'retired', changed_at = now() WHERE (server, database, schema) = ($1, $2, $3)`,
      values: [server, database, schema],
    })
    await this.#bus.publish({ topic: 'places', tenantId: '' })
  }

  async all(): Promise<StoredPlace[]> {
    return this.#database.queryPlatform<StoredPlace & Record<string, unknown>>({
      text: 'SELECT server, database, schema, level, state, tenant, error FROM plinth.place ORDER BY server, level, changed_at',
    })
  }

  /** Every database with tables of plugins, also where they only wait for a tenant. */
  async databases(): Promise<DatabaseAddress[]> {
    const own = (await this.all()).filter(({ state }) => state === 'spare' || state === 'taken')
    const all = [CONTROL, ...this.#commons(), ...own].map(({ server, database }) => ({ server, database }))
    return [...new Map(all.map((address) => [addressKey(address), address])).values()]
  }

  /** Where tenants live side by side on servers other than the first. */
  #commons(): Place[] {
    return [...this.servers.all.values()]
      .filter((server) => server.name !== MAIN_SERVER && this.servers.hasCommon(server))
      .map(({ name: server }) => ({ server, database: '', schema: COMMON_SCHEMA }))
  }

  /** How many tenants each server has. */
  async loads(): Promise<Load> {
    const rows = await this.#database.queryPlatform<{ server: string; tenants: number }>({
      text: 'SELECT server, count(*)::int AS tenants FROM plinth.tenant GROUP BY server',
    })
    return new Map(rows.map(({ server, tenants }) => [server, tenants]))
  }

  /** Makes one more spare place of a level on a server. Takes a second or so: the work of workers, not of requests. */
  async prepare({ name: server }: Server, level: Level): Promise<Place> {
    const id = randomBytes(4).toString('hex')
    const place: Place =
      level === 'schema'
        ? { server, database: '', schema: `t_${id}` }
        : { server, database: this.servers.newDatabaseName(id), schema: COMMON_SCHEMA }
    await this.#database.queryPlatform({
      text: `INSERT INTO plinth.place (server, database, schema, level, state) VALUES ($1, $2, $3, $4, 'preparing')`,
      values: [server, place.database, place.schema, level],
    })
    await createPlace(this.servers, place)
    await this.bringUpToDate(place)
    await this.#database.queryPlatform({
      text: `UPDATE plinth.place SET state = 'spare', changed_at = now() WHERE (server, database, schema) = ($1, $2, $3)`,
      values: [server, place.database, place.schema],
    })
    return place
  }

  /** Removes a place for good. */
  async remove(place: Place): Promise<void> {
    if (!isOwnSchema(place.schema) && place.database === '')
      throw new Error('The common place of a server is not removed')
    await this.#database.connections.forget(place)
    await dropPlace(this.servers, place)
    await this.#database.queryPlatform({
      text: 'DELETE FROM plinth.place WHERE (server, database, schema) = ($1, $2, $3)',
      values: [place.server, place.database, place.schema],
    })
  }

  /** Gives a place the tables of the installed plugins, and looks whether all fences stand there. @throws Error naming what is missing */
  async bringUpToDate(place: Place): Promise<void> {
    await bringUpToDate(this.servers, place, this.#catalogue)
    const faults = await selfTest(this.#database, place)
    this.#database.shut(place, faults.length > 0)
    if (faults.length > 0) throw new Error(faults.join(' '))
  }

  /**
   * Brings every place up to date, a few at a time: common ones of other servers, tenants' own, and spare ones. One that fails is
   * reported and keeps no other from it; what was done remains done, so that the next attempt goes on from there.
   *
   * @returns how many failed
   */
  async bringAllUpToDate(): Promise<number> {
    const commons = this.#commons()
    const own = (await this.all()).filter(({ state }) => state === 'spare' || state === 'taken')
    let failed = 0
    // Common databases first: the schemas within them need what the kernel has there.
    for (const places of [commons, own]) {
      const waiting: Place[] = [...places]
      const work = async (): Promise<void> => {
        for (let place = waiting.shift(); place; place = waiting.shift())
          if (!(await this.#tryUpToDate(place, commons.includes(place)))) failed += 1
      }
      await Promise.all([work(), work(), work()])
    }
    return failed
  }

  async #tryUpToDate(place: Place, isCommon: boolean): Promise<boolean> {
    let error: string | null = null
    try {
      if (isCommon) await createPlace(this.servers, place)
      await this.bringUpToDate(place)
    } catch (cause) {
      error = messageOf(cause)
      this.#log.error({ place, err: cause }, 'place not up to date')
    }
    if (isCommon) await this.faults.note(place.server, 'tables', error ?? undefined)
    await this.#database.queryPlatform({
      text: `UPDATE plinth.place SET error = $4 WHERE (server, database, schema) = ($1, $2, $3) AND error IS DISTINCT FROM $4`,
      values: [place.server, place.database, place.schema, error],
    })
    return error === null
  }
}
