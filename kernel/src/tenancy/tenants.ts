import { isTimeZone, type Tier } from '@plinth/sdk'
import type { Config } from '../config/index.ts'
import { Failure, invalid } from '../errors.ts'
import {
  addressKey,
  newId,
  CONTROL,
  NoticeCache,
  sameDatabase,
  storeEntry,
  type Bus,
  type Database,
  type DatabaseAddress,
  type Origin,
  type Home,
  type Homes,
  type Level,
  type Place,
} from '../data/index.ts'
import type { Places } from '../places/index.ts'
import { tenantIfAny } from './tenant-context.ts'
import type { Tenant } from './tenant.ts'

export interface NewTenant {
  readonly slug: string
  readonly name: string
  readonly tier: Tier
  readonly locale: string
  readonly hue: number
  /** IANA name. Default: that of the configuration. */
  readonly timeZone?: string | undefined
  /** Default: shared. */
  readonly level?: Level | undefined
  /** Name of the database server. Default: the least loaded one that serves the level. */
  readonly server?: string | undefined
}

const COLUMNS =
  'id, slug, name, tier, status, locale, time_zone AS "timeZone", hue, level, server, database, schema, epoch'
const INSERT =
  'INSERT INTO plinth.tenant (id, slug, name, tier, locale, hue, status, level, time_zone, server, database, schema, here)'

/** The tenants of the platform. Reading one by name is on every request's way and cached. */
export class Tenants implements Homes {
  readonly #database: Database
  readonly #bus: Bus
  readonly #places: Places
  readonly #timeZone: string
  /** Zones that were found, by database: looking for one goes through hundreds of files. */
  readonly #zones = new Set<string>()
  readonly #cache: NoticeCache<Tenant>
  /** Names lead to ids only; what is behind an id is forgotten by notice. */
  readonly #ids = new Map<string, string>()

  constructor({
    database,
    bus,
    places,
    config,
  }: {
    database: Database
    bus: Bus
    places: Places
    config: Pick<Config, 'timeZone'>
  }) {
    this.#database = database
    this.#bus = bus
    this.#places = places
    this.#timeZone = config.timeZone
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

  async locate(tenantId: string): Promise<Home> {
    const current = tenantIfAny()
    const tenant = current?.id === tenantId ? current : await this.byId(tenantId)
    if (!tenant) throw new Failure('tenant_unknown')
    return tenant
  }

  async relocate(tenantId: string): Promise<Home> {
    this.#cache.forget(tenantId)
    const tenant = await this.byId(tenantId)
    if (!tenant) throw new Failure('tenant_unknown')
    return tenant
  }

  /**
   * Creates a tenant, or answers undefined when the slug is taken.
   *
   * @throws Failure `server_unsuitable` | `place_preparing` | `validation_failed` for a time zone that is not known
   */
  async create(tenant: NewTenant, status: Tenant['status'] = 'active'): Promise<Tenant | undefined> {
    const { level = 'shared', timeZone = this.#timeZone } = tenant
    if (await this.bySlug(tenant.slug)) return undefined
    if (!(await this.knowsTimeZone(timeZone, CONTROL))) throw zoneUnknown()
    const id = newId()
    const place = await this.#places.allot(id, level, tenant.server)
    if (!(await this.knowsTimeZone(timeZone, place))) {
      if (level !== 'shared') await this.#places.retire(place)
      throw zoneUnknown()
    }
    const values = [
      id,
      tenant.slug,
      tenant.name,
      tenant.tier,
      tenant.locale,
      tenant.hue,
      status,
      level,
      timeZone,
    ]
    // The row where it lives first: without a routing record no one goes there.
    if (!sameDatabase(place, CONTROL)) await this.#insert(values, place, place, true)
    const rows = await this.#insert(values, place, CONTROL, sameDatabase(place, CONTROL))
    if (!rows[0] && level !== 'shared') await this.#places.retire(place)
    return rows[0]
  }

  /**
   * Has other days and years count for a tenant, noted in its audit log.
   *
   * @throws Failure `tenant_unknown` | `validation_failed` for a time zone that is not known here, or not to the tenant's database
   */
  async setTimeZone(id: string, timeZone: string, origin: Origin): Promise<Tenant> {
    const before = await this.byId(id)
    if (!before) throw new Failure('tenant_unknown')
    if (before.timeZone === timeZone) return before
    if (!(await this.knowsTimeZone(timeZone, before))) throw zoneUnknown()
    await this.#database.query(
      { tenantId: id },
      storeEntry(id, origin, {
        action: 'kernel.tenant.changed',
        subjectType: 'tenant',
        subjectId: id,
        before: { timeZone: before.timeZone },
        after: { timeZone },
      }),
    )
    await this.#database.queryPlatform({
      text: 'UPDATE plinth.tenant SET time_zone = $2 WHERE id = $1::uuid',
      values: [id, timeZone],
    })
    await this.#bus.publish({ topic: 'tenant', tenantId: id })
    this.#cache.forget(id)
    return (await this.byId(id))!
  }

  /** Whether there is a time zone of this name. Days are told here and by the database where the tenant lives: both must know it. */
  async knowsTimeZone(name: string, { server, database }: DatabaseAddress): Promise<boolean> {
    const key = `${addressKey({ server, database })} ${name}`
    if (this.#zones.has(key)) return true
    if (!isTimeZone(name)) return false
    const found = await this.#database.queryPlatform(
      { text: 'SELECT name FROM pg_timezone_names WHERE name = $1', values: [name] },
      { server, database },
    )
    if (found.length > 0) this.#zones.add(key)
    return found.length > 0
  }

  /** Opens a tenant for use, or closes it. */
  async setStatus(id: string, status: Tenant['status']): Promise<void> {
    await this.#database.queryPlatform({
      text: 'UPDATE plinth.tenant SET status = $2 WHERE id = $1::uuid',
      values: [id, status],
    })
    await this.#bus.publish({ topic: 'tenant', tenantId: id })
  }

  #insert(
    values: readonly unknown[],
    place: Place,
    at: Place | typeof CONTROL,
    here: boolean,
  ): Promise<Tenant[]> {
    return this.#database.queryPlatform<Tenant & Record<string, unknown>>(
      {
        text: `${INSERT} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
               ON CONFLICT (slug) DO NOTHING RETURNING ${COLUMNS}`,
        values: [...values, place.server, place.database, place.schema, here],
      },
      at,
    )
  }

  async #read(condition: string, value: string): Promise<Tenant[]> {
    return this.#database.queryPlatform<Tenant & Record<string, unknown>>({
      name: `plinth_tenant_${condition.slice(0, 2)}`,
      text: `SELECT ${COLUMNS} FROM plinth.tenant WHERE ${condition}`,
      values: [value],
    })
  }
}

function zoneUnknown(): Failure {
  return invalid('/timeZone', 'enum', 'There is no such time zone.')
}
