import pg from 'pg'
import { addressKey, type DatabaseAddress } from './home.ts'

interface Waiter {
  readonly address: DatabaseAddress
  readonly resolve: (client: pg.PoolClient) => void
  readonly reject: (error: Error) => void
}

interface Idle {
  readonly client: pg.Client
  readonly key: string
  readonly since: number
}

/** As long as no one may wait for a connection to get free, or to be made. */
const WAIT_MS = 5_000
const IDLE_MS = 30_000

/**
 * Connections to any number of databases, never more than `max` at a time. One that is idle is kept for a while, and given up when a
 * connection to another database is wanted and there is no room.
 */
export class Connections {
  readonly max: number
  readonly #configOf: (address: DatabaseAddress) => pg.ClientConfig
  /** Those no one uses, longest unused first. */
  #idle: Idle[] = []
  readonly #waiters: Waiter[] = []
  readonly #sweep: NodeJS.Timeout
  #open = 0
  #most = 0
  #closed = false

  constructor(configOf: (address: DatabaseAddress) => pg.ClientConfig, max: number) {
    this.max = max
    this.#configOf = configOf
    this.#sweep = setInterval(() => this.#endUnused(), IDLE_MS / 3).unref()
  }

  /** How many there are now, and how many there have been at most. */
  get count(): { readonly open: number; readonly most: number } {
    return { open: this.#open, most: this.#most }
  }

  /** Takes a connection; whoever takes it gives it back with `release`, with an error when it must not be used again. */
  async take(address: DatabaseAddress): Promise<pg.PoolClient> {
    if (this.#closed) throw new Error('Connection terminated: the platform is stopping')
    const key = addressKey(address)
    const at = this.#idle.findLastIndex((idle) => idle.key === key)
    if (at >= 0) return this.#hand(this.#idle.splice(at, 1)[0]!.client, key)
    if (this.#open >= this.max) {
      const longest = this.#idle.shift()
      if (!longest) return this.#wait(address)
      await this.#end(longest.client)
      return this.take(address)
    }
    return this.#connect(address)
  }

  /** Ends what is idle in one database, before that is dropped. */
  async forget(address: DatabaseAddress): Promise<void> {
    const key = addressKey(address)
    const ending = this.#idle.filter((idle) => idle.key === key)
    this.#idle = this.#idle.filter((idle) => idle.key !== key)
    await Promise.all(ending.map(({ client }) => this.#end(client)))
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweep)
    for (const waiter of this.#waiters.splice(0))
      waiter.reject(new Error('Connection terminated: the platform is stopping'))
    await Promise.all(this.#idle.splice(0).map(({ client }) => this.#end(client)))
  }

  async #connect(address: DatabaseAddress): Promise<pg.PoolClient> {
    this.#open += 1
    this.#most = Math.max(this.#most, this.#open)
    const client = new pg.Client({ ...this.#configOf(address), connectionTimeoutMillis: WAIT_MS })
    // The statement that fails tells of it; an event nobody hears would end the process.
    client.on('error', () => undefined)
    try {
      await client.connect()
    } catch (error) {
      this.#open -= 1
      this.#serveNext()
      throw error
    }
    const key = addressKey(address)
    client.once('end', () => this.#lost(client))
    return this.#hand(client, key)
  }

  #hand(client: pg.Client, key: string): pg.PoolClient {
    let released = false
    const release = (broken?: Error | boolean): void => {
      // Whoever was cut off while holding it may give it back more than once.
      if (released) return
      released = true
      this.#release(client, key, broken !== undefined && broken !== false)
    }
    return Object.assign(client, { release })
  }

  #release(client: pg.Client, key: string, broken: boolean): void {
    if (broken || this.#closed) {
      void this.#end(client)
      return
    }
    if (gone.has(client)) return
    const next = this.#waiters[0]
    if (!next) this.#idle.push({ client, key, since: Date.now() })
    else if (addressKey(next.address) === key) {
      this.#waiters.shift()
      next.resolve(this.#hand(client, key))
    } else void this.#end(client)
  }

  #wait(address: DatabaseAddress): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(new Error('timeout exceeded when trying to connect'))
      }, WAIT_MS)
      const waiter: Waiter = {
        address,
        resolve: (client) => {
          clearTimeout(timer)
          resolve(client)
        },
        reject: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      }
      this.#waiters.push(waiter)
    })
  }

  /** There is room again. */
  #serveNext(): void {
    if (this.#closed || this.#open >= this.max) return
    const next = this.#waiters.shift()
    if (next) this.#connect(next.address).then(next.resolve, next.reject)
  }

  /** Whoever holds it learns by the statement that fails; it counts no more from now on. */
  #lost(client: pg.Client): void {
    if (gone.has(client)) return
    gone.add(client)
    this.#open -= 1
    this.#idle = this.#idle.filter((idle) => idle.client !== client)
    this.#serveNext()
  }

  async #end(client: pg.Client): Promise<void> {
    await client.end().catch(() => undefined)
    this.#lost(client)
  }

  #endUnused(): void {
    const before = Date.now() - IDLE_MS
    const ending = this.#idle.filter((idle) => idle.since < before)
    this.#idle = this.#idle.filter((idle) => idle.since >= before)
    for (const { client } of ending) void this.#end(client)
  }
}

/** Connections that have ended, by whichever side. */
const gone = new WeakSet<pg.Client>()
