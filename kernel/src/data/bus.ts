import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Database } from './database.ts'

/** Something other nodes must know about at once. Carries names only, never data: whoever hears it reads afresh. */
export interface Notice {
  /**
   * `tenant`: what everyone in it sees has changed, plugins or roles. `identity`: a member or session has. `events`: deliveries
   * are waiting. `code`: the code of a plugin that could not run can now, whatever the tenant. `work`: an import waits. `progress`: one
   * has come further. `places`: workers have schemas or databases to prepare or remove, or tenants to move. `keys`: a tenant
   * has a new data key. `features`: operators have decided about a feature, whatever the tenant.
   */
  readonly topic:
    | 'tenant'
    | 'identity'
    | 'events'
    | 'code'
    | 'work'
    | 'progress'
    | 'places'
    | 'keys'
    | 'mail'
    | 'features'
  readonly tenantId: string
}

interface BusEvents {
  notice: [Notice]
  /** The connection was lost or is back: whatever was cached may have missed a notice. */
  interrupted: []
}

const CHANNEL = 'plinth'
const RETRY_MS = 500
const KNOCK_MS = 20

/**
 * Fan-out between the nodes of a platform, over PostgreSQL's own notifications. On the sending node a notice acts before
 * `publish` returns; on the others within milliseconds. While the connection is down nothing may be cached: see `reliable`.
 */
export class Bus extends EventEmitter<BusEvents> {
  readonly #url: string
  readonly #database: Database
  readonly #node = randomUUID()
  /** What a notice sets off belongs to no request, not even to the one that gave it. */
  readonly #outside = AsyncLocalStorage.snapshot()
  #client: pg.Client | undefined
  #closed = false
  #timer: NodeJS.Timeout | undefined
  #knock: NodeJS.Timeout | undefined

  constructor(url: string, database: Database) {
    super({ captureRejections: false })
    this.setMaxListeners(0)
    this.#url = url
    this.#database = database
  }

  /** Whether notices of other nodes arrive. Caches must not be trusted while this is false. */
  get reliable(): boolean {
    return this.#client !== undefined
  }

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'plinth bus',
      keepAlive: true,
    })
    client.on('error', () => this.#lost(client))
    client.on('end', () => this.#lost(client))
    client.on('notification', (message) => this.#receive(message.payload ?? ''))
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    this.#client = client
    this.emit('interrupted')
  }

  async publish(notice: Notice): Promise<void> {
    this.#outside(() => this.emit('notice', notice))
    await this.#tellOthers(notice)
  }

  /**
   * Says that deliveries are waiting: here at once, to the other nodes in a moment and once for many changes. Workers look by
   * themselves too, so no change waits for this or fails because of it.
   */
  knock(tenantId: string): void {
    const notice = { topic: 'events', tenantId } as const
    this.#outside(() => this.emit('notice', notice))
    this.#knock ??= setTimeout(() => {
      this.#knock = undefined
      void this.#tellOthers(notice).catch(() => undefined)
    }, KNOCK_MS)
  }

  async #tellOthers(notice: Notice): Promise<void> {
    const payload = JSON.stringify({ ...notice, node: this.#node })
    await this.#database.queryPlatform({
      name: 'plinth_notify',
      text: 'SELECT pg_notify($1, $2)',
      values: [CHANNEL, payload],
    })
  }

  async stop(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    clearTimeout(this.#knock)
    await this.#client?.end()
  }

  #receive(payload: string): void {
    const { node, ...notice } = JSON.parse(payload) as Notice & { node: string }
    if (node !== this.#node) this.emit('notice', notice)
  }

  #lost(client: pg.Client): void {
    if (this.#closed || (this.#client !== client && this.#client !== undefined)) return
    if (this.#client === client) {
      this.#client = undefined
      this.emit('interrupted')
    }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.start().catch(() => this.#lost(client)), RETRY_MS)
  }
}
