import { LRUCache } from 'lru-cache'
import type { Bus, Notice } from './bus.ts'

/** Notices that change nothing anyone caches. */
const PASSING: ReadonlySet<Notice['topic']> = new Set(['events', 'work', 'progress', 'places'])

/**
 * A cache of what belongs to tenants. Forgets a tenant's entries when a notice says that the tenant changed, everything when
 * notices may have been missed, and keeps nothing while they cannot arrive.
 */
export class NoticeCache<V extends object> {
  readonly #entries: LRUCache<string, V>
  readonly #bus: Bus
  /** Grows with every invalidation, so that what was read before one is not stored after it. */
  #generation = 0

  constructor(bus: Bus, max: number) {
    this.#entries = new LRUCache({ max })
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
      this.#entries.set(id, value)
    return value
  }

  /** Drops what is known of a tenant; of all, when none is given. */
  forget(tenantId?: string): void {
    this.#generation += 1
    if (tenantId === undefined) this.#entries.clear()
    else for (const id of this.#entries.keys()) if (id.startsWith(tenantId)) this.#entries.delete(id)
  }
}
