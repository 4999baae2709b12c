import type { Database, DatabaseAddress } from '../data/index.ts'
import type { Rounds } from './rounds.ts'

/** An event that one consumer has still to receive. */
export interface Delivery {
  readonly tenantId: string
  readonly eventId: string
  /** `<plugin>/<handler>` */
  readonly consumer: string
}

/** Hands an event over. `parked`: the consumer cannot take it now; keep the delivery until it can. */
export type Deliver = (delivery: Delivery) => Promise<'done' | 'parked'>

const BATCH = 10
const LEASE_SECONDS = 60
const POLL_MS = 1_000
const MAX_ATTEMPTS = 8
/** Switching the consumer on lets its deliveries fall due at once. This is for all other reasons it may have been unable to take them. */
const PARKED_MINUTES = 10

/**
 * Takes stored deliveries and hands them over, at least once. Claims are leases taken with SKIP LOCKED, so any number of workers
 * share the work and a killed one loses nothing: its claims fall due again. What fails is tried again with growing pauses and
 * finally set aside as dead, with its error.
 */
export class Dispatcher {
  readonly #database: Database
  readonly #rounds: Rounds
  readonly #deliver: Deliver
  readonly #onError: (error: unknown, delivery: Delivery | undefined) => void
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #stopped = true

  constructor(
    database: Database,
    rounds: Rounds,
    deliver: Deliver,
    onError: (error: unknown, delivery: Delivery | undefined) => void,
  ) {
    this.#database = database
    this.#rounds = rounds
    this.#deliver = deliver
    this.#onError = onError
  }

  start(): void {
    this.#stopped = false
    this.#timer = setInterval(() => this.wake(), POLL_MS)
    this.wake()
  }

  /** Deliveries are waiting: look now instead of at the next poll. */
  wake(tenantId?: string): void {
    if (this.#stopped) return
    if (tenantId !== undefined) this.#rounds.note(tenantId)
    if (this.#running) this.#again = true
    else this.#running = this.#drain().finally(() => (this.#running = undefined))
  }

  /** Finishes what is being delivered, takes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  async #drain(): Promise<void> {
    try {
      do {
        this.#again = false
        await this.#rounds.walk(
          (address) => this.#takeBatch(address),
          () => !this.#stopped,
        )
      } while (this.#again && !this.#stopped)
    } catch (error) {
      this.#onError(error, undefined)
    }
  }

  /** Answers whether there may be more. A database that is away keeps no one from the others. */
  async #takeBatch(address: DatabaseAddress): Promise<boolean> {
    try {
      const batch = await this.#claim(address)
      for (const claim of batch) await this.#handOver(claim)
      if (batch.length > 0) return true
      await this.#rounds.done(address)
    } catch (error) {
      this.#onError(error, undefined)
    }
    return false
  }

  /** Of tenants that live there: one that is being moved is left alone, one that has left may have left rows behind. */
  async #claim(address: DatabaseAddress): Promise<(Delivery & { attempts: number })[]> {
    return this.#database.queryPlatform(
      {
        name: 'plinth_claim',
        text: `UPDATE plinth.delivery d SET attempts = d.attempts + 1, next_at = now() + make_interval(secs => ${LEASE_SECONDS})
        FROM (SELECT w.tenant_id, w.event_id, w.consumer FROM plinth.delivery w JOIN plinth.tenant t ON t.id = w.tenant_id
              WHERE w.done_at IS NULL AND w.dead_at IS NULL AND w.next_at <= now() AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())
              ORDER BY w.next_at LIMIT ${BATCH} FOR UPDATE OF w SKIP LOCKED FOR KEY SHARE OF t SKIP LOCKED) c
        WHERE d.tenant_id = c.tenant_id AND d.event_id = c.event_id AND d.consumer = c.consumer
        RETURNING d.tenant_id AS "tenantId", d.event_id AS "eventId", d.consumer, d.attempts`,
      },
      address,
    )
  }

  async #handOver(claim: Delivery & { attempts: number }): Promise<void> {
    try {
      if ((await this.#deliver(claim)) === 'parked') await this.#park(claim)
    } catch (error) {
      this.#onError(error, claim)
      const dead = claim.attempts >= MAX_ATTEMPTS
      await this.#postpone(
        claim,
        `now() + make_interval(secs => ${2 ** Math.min(claim.attempts, 10)})`,
        ((error as Error).message ?? 'unknown').slice(0, 500),
        dead,
      )
    }
  }

  /** It was no attempt, as no one was there to fail. */
  async #park(claim: Delivery): Promise<void> {
    await this.#database.query(claim, {
      text: `UPDATE plinth.delivery SET next_at = now() + make_interval(mins => ${PARKED_MINUTES}), attempts = attempts - 1 WHERE tenant_id = $1 AND event_id = $2 AND consumer = $3`,
      values: [claim.tenantId, claim.eventId, claim.consumer],
    })
  }

  async #postpone(claim: Delivery, until: string, error: string | null, dead = false): Promise<void> {
    await this.#database.query(claim, {
      text: `UPDATE plinth.delivery SET next_at = ${until}, error = $4, dead_at = ${dead ? 'now()' : 'NULL'} WHERE tenant_id = $1 AND event_id = $2 AND consumer = $3`,
      values: [claim.tenantId, claim.eventId, claim.consumer, error],
    })
  }
}
