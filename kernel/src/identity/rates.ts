import { LRUCache } from 'lru-cache'
import type { Attempts } from '../data/index.ts'

/** How much of its rate a program has left. */
export interface Room {
  readonly limit: number
  readonly remaining: number
  /** Seconds until all of it is there again. */
  readonly reset: number
  readonly exceeded: boolean
}

const WINDOW_SECONDS = 60
/** A node takes so many parts of a rate one after the other. */
const SHARES = 10

interface Window {
  readonly limit: number
  readonly endsAt: number
  /** What this node has taken and not yet given. */
  share: number
  /** What nobody has taken yet, as far as this node knows. */
  pool: number
}

/**
 * Counts the requests of programs, each by itself, in windows of a minute over all nodes. A request does not cost a statement for being
 * counted: a node takes a tenth of the rate at a time from what is stored, and gives it away from memory. So all nodes together never
 * give more than the rate; what one has taken and does not need is lost until the minute is over.
 */
export class Rates {
  readonly #attempts: Attempts
  readonly #windows = new LRUCache<string, Window>({ max: 20_000 })
  readonly #draws = new Map<string, Promise<Window>>()

  constructor({ attempts }: { attempts: Attempts }) {
    this.#attempts = attempts
  }

  /** Counts one more request. */
  async take(tenantId: string, id: string, perMinute: number): Promise<Room> {
    let window = this.#window(id, perMinute)
    // Whoever waited for the same draw may have emptied it.
    while (!window || (window.share === 0 && window.pool > 0))
      window = await this.#draw(tenantId, id, perMinute)
    const exceeded = window.share === 0
    if (!exceeded) window.share -= 1
    return {
      limit: perMinute,
      remaining: window.share + window.pool,
      reset: Math.max(Math.ceil((window.endsAt - Date.now()) / 1_000), 1),
      exceeded,
    }
  }

  /** The present window, if it is one of this rate. */
  #window(id: string, perMinute: number): Window | undefined {
    const window = this.#windows.get(id)
    return window && window.limit === perMinute && window.endsAt > Date.now() ? window : undefined
  }

  async #draw(tenantId: string, id: string, perMinute: number): Promise<Window> {
    const running = this.#draws.get(id)
    if (running) return running
    const draw = this.#drawAlone(tenantId, id, perMinute).finally(() => this.#draws.delete(id))
    this.#draws.set(id, draw)
    return draw
  }

  async #drawAlone(tenantId: string, id: string, perMinute: number): Promise<Window> {
    const limit = { max: perMinute, seconds: WINDOW_SECONDS }
    const amount = Math.max(Math.floor(perMinute / SHARES), 1)
    // What was taken is not given any longer than it is counted, however long the answer takes.
    const asked = Date.now()
    const { granted, left, rest } = await this.#attempts.draw(tenantId, `rate ${id}`, limit, amount)
    const endsAt = asked + Math.min(rest, WINDOW_SECONDS * 1_000)
    const window = { limit: perMinute, endsAt, share: granted, pool: left }
    this.#windows.set(id, window)
    return window
  }
}
