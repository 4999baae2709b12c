import { LRUCache } from 'lru-cache'
import type { Bus, Notice } from './bus.ts'

/** Notices that change nothing anyone caches; what depends on the decisions about features is kept under their generation. */
const PASSING: ReadonlySet<Notice['topic']> = new Set([
  'events',
  'work',
  'progress',
  'places',
  'keys',
  'mail',
  'features',
])

/** A tenant nobody has asked anything of for so long leaves memory. */
const IDLE_MS = 60_000

/**
 * A cache of what belongs to tenants. Forgets a tenant's entries when a notice says that the tenant changed, everything when
 * notices may have been missed, and keeps nothing while they cannot arrive.
 */
export class NoticeCache<V extends object> {
  readonly #entries: LRUCache<string, V>
  /** Keys of the entries, by tenant. */
  readonly #keys = new Map<string, Set<string>>()
  readonly #bus: Bus
  /** Grows with every invalidation, so that what was read before one is not stored after it. */
  #generation = 0
  #tidied = Date.now()

  constructor(bus: Bus, max: number) {
    this.#entries = new LRUCache({
      max,
      ttl: IDLE_MS,
      ttlResolution: 1_000,
      perf: Date,
      updateAgeOnGet: true,
      dispose: (_, id) => this.#unlist(id),
      noDisposeOnSet: true,
    })
    this.#bus = bus
    bus.on('interrupted', () => this.forget())
    bus.on('notice', (notice) => {
      if (!PASSING.has(notice.topic)) this.forget(notice.tenantId)
    })
  }

  /** The entry of a tenant's key, loaded when it is not there. What is not found is not kept. */
  async get<R extends V | undefined>(tenantId: string, key: string, load: () => Promise<R>): Promise<R> {
    const id = `${tenantId}\n${key}`
    const known = this.#entries.get(id)
    if (known !== undefined) return known as R
    const generation = this.#generation
    const value = await load()
    if (value !== undefined && generation === this.#generation && this.#bus.reliable)
      this.#keep(tenantId, id, value)
    return value
  }

  /** Drops what is known of a tenant; of all, when none is given. */
  forget(tenantId?: string): void {
    this.#generation += 1
    if (tenantId === undefined) this.#entries.clear()
    else for (const id of this.#keys.get(tenantId) ?? []) this.#entries.delete(id)
  }

  #keep(tenantId: string, id: string, value: V): void {
    this.#tidy()
    this.#entries.set(id, value)
    const keys = this.#keys.get(tenantId) ?? new Set<string>()
    this.#keys.set(tenantId, keys.add(id))
  }

  /** Entries past their time are found when they are asked for; those of idle tenants never are. */
  #tidy(): void {
    if (Date.now() - this.#tidied < IDLE_MS) return
    this.#tidied = Date.now()
    this.#entries.purgeStale()
  }

  #unlist(id: string): void {
    const tenantId = id.slice(0, id.indexOf('\n'))
    const keys = this.#keys.get(tenantId)
    keys?.delete(id)
    if (keys?.size === 0) this.#keys.delete(tenantId)
  }
}
