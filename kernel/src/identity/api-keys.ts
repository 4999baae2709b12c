import { hash, randomBytes } from 'node:crypto'
import { newId, NoticeCache, type Bus, type Database } from '../data/index.ts'
import type { Identity } from './identity.ts'

const FORMAT = /^plk_([a-z0-9-]{1,40})_([A-Za-z0-9_-]{43})$/

interface KeyRow {
  readonly id: string
  readonly name: string
  readonly permissions: string[]
  readonly expires_at: Date | null
}

/** Keys for programs: `plk_<tenant>_<secret>`. A key names its tenant, so it needs neither host nor path for that. */
export class ApiKeys {
  readonly #database: Database
  readonly #bus: Bus
  readonly #cache: NoticeCache<Identity>

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
    this.#cache = new NoticeCache(bus, 5_000)
  }

  /** The slug of the tenant a key belongs to, or undefined when the text is no key. */
  static tenantOf(key: string): string | undefined {
    return FORMAT.exec(key)?.[1]
  }

  /** Creates a key. The answer is the only time it is shown. */
  async create(
    tenant: { readonly id: string; readonly slug: string },
    name: string,
    permissions: readonly string[],
    createdBy: string | null,
  ): Promise<{ id: string; key: string }> {
    const key = `plk_${tenant.slug}_${randomBytes(32).toString('base64url')}`
    const id = newId()
    await this.#database.query(
      { tenantId: tenant.id },
      {
        text: 'INSERT INTO plinth.api_key (tenant_id, id, name, token_hash, permissions, created_by) VALUES ($1, $2, $3, $4, $5, $6)',
        values: [tenant.id, id, name, hashKey(key), permissions, createdBy],
      },
    )
    return { id, key }
  }

  async list(
    tenantId: string,
  ): Promise<{ id: string; name: string; permissions: string[]; createdAt: string }[]> {
    return this.#database.query(
      { tenantId },
      { text: 'SELECT id, name, permissions, created_at AS "createdAt" FROM plinth.api_key ORDER BY id' },
    )
  }

  /** Whether there was such a key. It is refused from the next request on. */
  async revoke(tenantId: string, id: string): Promise<boolean> {
    const rows = await this.#database.query(
      { tenantId },
      { text: 'DELETE FROM plinth.api_key WHERE id = $1::uuid RETURNING id', values: [id] },
    )
    await this.#bus.publish({ topic: 'identity', tenantId })
    return rows.length > 0
  }

  async find(tenantId: string, key: string): Promise<Identity | undefined> {
    const digest = hashKey(key)
    const identity = await this.#cache.get(tenantId, digest.toString('base64url'), () =>
      this.#load(tenantId, digest),
    )
    return identity && (identity.expiresAt === undefined || identity.expiresAt.getTime() > Date.now())
      ? identity
      : undefined
  }

  /** The key as the one who acts, as of now; undefined when it is revoked or has ended. For work that goes on without it. */
  async actingAs(tenantId: string, id: string): Promise<Identity | undefined> {
    const identity = await this.#read(tenantId, 'id = $2::uuid', id)
    return identity?.expiresAt && identity.expiresAt.getTime() <= Date.now() ? undefined : identity
  }

  #load(tenantId: string, digest: Buffer): Promise<Identity | undefined> {
    return this.#read(tenantId, 'token_hash = $2', digest)
  }

  async #read(tenantId: string, condition: string, value: unknown): Promise<Identity | undefined> {
    const [row] = await this.#database.query<KeyRow>(
      { tenantId },
      {
        text: `SELECT id, name, permissions, expires_at FROM plinth.api_key WHERE tenant_id = $1 AND ${condition}`,
        values: [tenantId, value],
      },
    )
    if (!row) return undefined
    const expiresAt = row.expires_at ? new Date(row.expires_at) : undefined
    return {
      tenantId,
      actor: { kind: 'key', id: row.id, name: row.name },
      roles: [],
      permissions: row.permissions,
      expiresAt,
    }
  }
}

function hashKey(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}
