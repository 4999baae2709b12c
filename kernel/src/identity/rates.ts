import { LRUCache } from 'lru-cache'

/** How much of its rate a program has left. */
export interface Room {
  readonly limit: number
  readonly remaining: number
  /** Seconds until all of it is there again. */
  readonly reset: number
  readonly exceeded: boolean
}

const WINDOW_MS = 60_000

/**
 * Counts the requests of programs, each by itself, in windows of a minute. In memory, since a request must not cost a statement for being
 * counted: each node grants the whole rate.
 */
export class Rates {
  readonly #windows = new LRUCache<string, { count: number; readonly endsAt: number }>({ max: 20_000 })

  /** Counts one more request. */
  take(id: string, perMinute: number): Room {
    const now = Date.now()
    let window = this.#windows.get(id)
    if (!window || window.endsAt <= now) {
      window = { count: 0, endsAt: now + WINDOW_MS }
      this.#windows.set(id, window)
    }
    window.count += 1
    return {
      limit: perMinute,
      remaining: Math.max(perMinute - window.count, 0),
      reset: Math.max(Math.ceil((window.endsAt - now) / 1_000), 1),
      exceeded: window.count > perMinute,
    }
  }
}
