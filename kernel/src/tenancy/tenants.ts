import { v7 as uuidv7 } from 'uuid'
import type { Tier } from '@plinth/sdk'
import { NoticeCache, type Bus, type Database } from '../data/index.ts'
import type { Tenant } from './tenant.ts'

export interface NewTenant {
  readonly slug: string
  readonly name: string
  readonly tier: Tier
  readonly locale: string
  readonly hue: number
}

const COLUMNS = 'id, slug, name, tier, status, locale, hue, schema'

/** The tenants of the platform. Reading one by name is on every request's way and cached. */
export class Tenants {
  readonly #database: Database
  readonly #bus: Bus
  readonly #cache: NoticeCache<Tenant>
  /** Names lead to ids only; what is behind an id is forgotten by notice. */
  readonly #ids = new Map<string, string>()

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
    this.#cache = new NoticeCache(bus, 10_000)
  }

  async bySlug(slug: string): Promise<Tenant | undefined> {
    const id = this.#ids.get(slug)
    if (id !== undefined) return this.byId(id)
    const [tenant] = await this.#read('slug = $1', slug)
    if (!tenant) return undefined
    if (this.#ids.size > 50_000) this.#ids.clear()
    this.#ids.set(slug, tenant.id)
    return this.byId(tenant.id)
  }

  async byId(id: string): Promise<Tenant | undefined> {
    return this.#cache.get(id, '', async () => (await this.#read('id = $1::uuid', id))[0])
  }

  async all(): Promise<Tenant[]> {
    return this.#database.queryPlatform<Tenant & Record<string, unknown>>({
      text: `SELECT ${COLUMNS} FROM plinth.tenant ORDER BY slug`,
    })
  }

  /** Creates a tenant, or answers undefined when the slug is taken. */
  async create(tenant: NewTenant, status: Tenant['status'] = 'active'): Promise<Tenant | undefined> {
    const rows = await this.#database.queryPlatform<Tenant & Record<string, unknown>>({
      text: `INSERT INTO plinth.tenant (id, slug, name, tier, locale, hue, status) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (slug) DO NOTHING RETURNING ${COLUMNS}`,
      values: [uuidv7(), tenant.slug, tenant.name, tenant.tier, tenant.locale, tenant.hue, status],
    })
    return rows[0]
  }

  /** Opens a tenant for use, or closes it. */
  async setStatus(id: string, status: Tenant['status']): Promise<void> {
    await this.#database.queryPlatform({
      text: 'UPDATE plinth.tenant SET status = $2 WHERE id = $1::uuid',
      values: [id, status],
    })
    await this.#bus.publish({ topic: 'tenant', tenantId: id })
  }

  async #read(condition: string, value: string): Promise<Tenant[]> {
    return this.#database.queryPlatform<Tenant & Record<string, unknown>>({
      name: `plinth_tenant_${condition.slice(0, 2)}`,
      text: `SELECT ${COLUMNS} FROM plinth.tenant WHERE ${condition}`,
      values: [value],
    })
  }
}
