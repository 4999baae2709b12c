import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import { asAdmin, MAIN_SERVER, type Bus, type Level } from '../data/index.ts'
import { Lookout } from '../lookout.ts'
import { sparesFor } from './choose-server.ts'
import type { Places, StoredPlace } from './places.ts'
import type { FaultSubject } from './server-faults.ts'
import type { Server } from './servers.ts'

/** One worker of the platform at a time makes and removes places. The number is arbitrary but fixed. */
const POOL_LOCK = 7_035_003
const ROUND_MS = 5_000
/** A server that refuses is left alone for so long. */
const PAUSE_MS = 60_000
/** What was begun and not finished for so long was begun by someone who is no more. */
const ABANDONED = `interval '2 minutes'`
/** The levels for which places are prepared, and which number of spares goes for each. */
const PREPARED: readonly (readonly [Level, 'schema' | 'database'])[] = [
  ['schema', 'schema'],
  ['database', 'database'],
  ['cluster', 'database'],
]

/**
 * Keeps places ready in advance and removes those that were given up: work of workers, so that no request makes a schema or a database.
 * What hinders it is noted for operators, as long as it lasts.
 */
export class WarmPool {
  readonly #places: Places
  readonly #config: Config
  readonly #log: Logger
  readonly #lookout = new Lookout({
    everyMs: ROUND_MS,
    look: () => this.#round(),
    onError: (error) => this.#log.error({ err: error }, 'places'),
  })
  /** Until when no place is made on a server, by its name. */
  readonly #paused = new Map<string, number>()
  /** Names of the servers that do not answer. */
  readonly #away = new Set<string>()
  #probed = -Infinity

  constructor({ places, config, log, bus }: { places: Places; config: Config; log: Logger; bus: Bus }) {
    this.#places = places
    this.#config = config
    this.#log = log
    bus.on('notice', ({ topic }) => {
      if (topic === 'places') this.wake()
    })
  }

  start(): void {
    this.#lookout.start()
  }

  /** Something was taken or given up: look now. */
  wake(): void {
    this.#lookout.wake()
  }

  /** Finishes the place at hand, begins no more. */
  stop(): Promise<void> {
    return this.#lookout.stop()
  }

  async #round(): Promise<void> {
    await asAdmin(this.#places.servers.adminUrl('main', ''), async (client) => {
      const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
        POOL_LOCK,
      ])
      if (!rows[0]!.mine) return
      await client.query(
        `UPDATE plinth.place p SET state = 'retired', changed_at = now() WHERE changed_at < now() - ${ABANDONED} AND (state = 'preparing'
         OR state = 'taken' AND NOT EXISTS (SELECT FROM plinth.tenant t WHERE t.id = p.tenant AND (t.server, t.database, t.schema) = (p.server, p.database, p.schema))
           AND NOT EXISTS (SELECT FROM plinth.move m WHERE m.tenant = p.tenant AND m.ended_at IS NULL))`,
      )
      await this.#probe()
      for (const server of this.#servers) {
        if (this.#lookout.isStopped || this.#away.has(server.name)) continue
        await this.#clear(server)
        await this.#fill(server)
      }
    })
  }

  get #servers(): readonly Server[] {
    return [...this.#places.servers.all.values()]
  }

  /** Asks each server whether it is there. Without the first one nothing is asked at all. */
  async #probe(): Promise<void> {
    if (performance.now() - this.#probed < this.#places.servers.probeMs) return
    this.#probed = performance.now()
    const { faults, servers } = this.#places
    await faults.keepOnly(this.#servers.map(({ name }) => name))
    for (const { name } of this.#servers) {
      if (name === MAIN_SERVER || this.#lookout.isStopped) continue
      const isThere = await this.#attempt(name, 'connection', () =>
        asAdmin(servers.adminUrl(name), (client) => client.query('SELECT 1')),
      )
      // What it lacked it may get at once.
      if (isThere && this.#away.delete(name)) this.#paused.delete(name)
      if (!isThere) this.#away.add(name)
    }
  }

  /** Removes the places on a server that were given up. */
  async #clear({ name }: Server): Promise<void> {
    const retired = (await this.#of(name)).filter(({ state }) => state === 'retired')
    await this.#attempt(name, 'removal', async () => {
      const errors: unknown[] = []
      for (const place of retired)
        if (!this.#lookout.isStopped)
          await this.#places.remove(place).catch((error: unknown) => errors.push(error))
      if (errors.length > 0) throw errors[0]
    })
  }

  async #fill(server: Server): Promise<void> {
    if ((this.#paused.get(server.name) ?? 0) > Date.now()) return
    const isFilled = await this.#attempt(server.name, 'spares', async () => {
      for (const [level, kind] of PREPARED)
        if (server.levels.has(level)) await this.#fillLevel(server, level, kind)
    })
    if (!isFilled) this.#paused.set(server.name, Date.now() + PAUSE_MS)
  }

  /** @throws Error when a place cannot be made, or those that are ready cannot be taken */
  async #fillLevel(server: Server, level: Level, kind: 'schema' | 'database'): Promise<void> {
    const spares = (await this.#of(server.name)).filter(
      (place) => place.level === level && place.state === 'spare',
    )
    const wanted = sparesFor(server, await this.#places.loads(), this.#config.spares[kind])
    for (let missing = wanted - spares.length; missing > 0; missing -= 1) {
      if (this.#lookout.isStopped) return
      await this.#places.prepare(server, level)
    }
    const broken = spares.find(({ error }) => error !== null)
    if (broken) throw new Error(`A spare ${kind} is not up to date: ${broken.error}`)
  }

  async #of(server: string): Promise<StoredPlace[]> {
    return (await this.#places.all()).filter((place) => place.server === server)
  }

  /** A server that is away keeps no other from its spares. */
  async #attempt(server: string, about: FaultSubject, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
    } catch (error) {
      this.#log.error({ server, about, err: error }, 'server')
      await this.#places.faults.note(server, about, error)
      return false
    }
    if (!this.#lookout.isStopped) await this.#places.faults.note(server, about)
    return true
  }
}
