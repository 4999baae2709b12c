import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import type { Bus, Level } from '../data/index.ts'
import { asAdmin } from './prepare-place.ts'
import type { Places } from './places.ts'
import type { Server } from './servers.ts'

/** One worker of the platform at a time makes and removes places. The number is arbitrary but fixed. */
const POOL_LOCK = 7_035_003
const ROUND_MS = 5_000
/** A server that refuses, or is away, is left alone for so long. */
const PAUSE_MS = 60_000
/** What was begun and not finished for so long was begun by someone who is no more. */
const ABANDONED = `interval '2 minutes'`
/** The levels for which places are prepared, and which number of spares goes for each. */
const PREPARED: readonly (readonly [Level, 'schema' | 'database'])[] = [
  ['schema', 'schema'],
  ['database', 'database'],
  ['cluster', 'database'],
]

/** Keeps places ready in advance and removes those that were given up: work of workers, so that no request makes a schema or a database. */
export class WarmPool {
  readonly #places: Places
  readonly #config: Config
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #stopped = true
  /** Until when no place is made on a server, by its name. */
  readonly #paused = new Map<string, number>()

  constructor({ places, config, log, bus }: { places: Places; config: Config; log: Logger; bus: Bus }) {
    this.#places = places
    this.#config = config
    this.#log = log
    bus.on('notice', ({ topic }) => {
      if (topic === 'places') this.wake()
    })
  }

  start(): void {
    this.#stopped = false
    this.#timer = setInterval(() => this.wake(), ROUND_MS).unref()
  }

  /** Something was taken or given up: look now. */
  wake(): void {
    if (this.#stopped || this.#running) return
    this.#running = this.#round()
      .catch((error: unknown) => this.#log.error({ err: error }, 'places'))
      .finally(() => (this.#running = undefined))
  }

  /** Finishes the place at hand, begins no more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
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
      for (const place of await this.#places.all())
        if (place.state === 'retired' && !this.#stopped) await this.#attempt(() => this.#places.remove(place))
      for (const server of this.#places.servers.all.values()) await this.#fill(server)
    })
  }

  async #fill(server: Server): Promise<void> {
    if ((this.#paused.get(server.name) ?? 0) > Date.now()) return
    for (const [level, kind] of PREPARED) {
      if (!server.levels.has(level)) continue
      const spares = (await this.#places.all()).filter(
        (place) => place.server === server.name && place.level === level && place.state === 'spare',
      )
      for (let missing = this.#config.spares[kind] - spares.length; missing > 0; missing -= 1) {
        if (this.#stopped) return
        if (await this.#attempt(() => this.#places.prepare(server, level))) continue
        this.#paused.set(server.name, Date.now() + PAUSE_MS)
        return
      }
    }
  }

  /** A server that is away keeps no other from its spares. */
  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.#log.error({ err: error }, 'place')
      return false
    }
  }
}
