import { hash, randomBytes } from 'node:crypto'
import {
  newId,
  NoticeCache,
  storeEntry,
  type Bus,
  type Database,
  type Entry,
  type Origin,
} from '../data/index.ts'
import type { Identity } from './identity.ts'
import { KEY_COLUMNS, keyDocument, keyIdentity, type KeyDocument, type KeyRow } from './key-rows.ts'

const FORMAT = /^plk_([a-z0-9-]{1,40})_([A-Za-z0-9_-]{43})$/

/** Characters of the secret people see again, to tell keys apart. */
const HINT = 4

export const DEFAULT_PER_MINUTE = 600

const NOBODY: Origin = {
  actor: { kind: 'system', id: null, name: 'Plinth' },
  requestId: null,
  address: null,
  agent: null,
}

export interface KeyOptions {
  /** Default: it does not end by itself. */
  readonly expiresAt?: Date | null
  /** Requests in a minute. Default 600. */
  readonly perMinute?: number
  readonly origin?: Origin
}

/** What of a key can change. What is not there stays. */
export interface KeyChanges {
  readonly name?: string
  readonly permissions?: readonly string[]
  readonly expiresAt?: Date | null
  readonly perMinute?: number
}

/**
 * Keys for programs: `plk_<tenant>_<secret>`. A key names its tenant, so it needs neither host nor path for that. It may do what it was
 * given, as far as whoever made it may do so at that moment.
 */
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

  /**
   * Creates a key. The answer is the only time it is shown.
   *
   * @param createdBy the member whose rights bound it; null for one of the platform's own, which nothing else bounds
   */
  async create(
    tenant: { readonly id: string; readonly slug: string },
    name: string,
    permissions: readonly string[],
    createdBy: string | null,
    { expiresAt = null, perMinute = DEFAULT_PER_MINUTE, origin = NOBODY }: KeyOptions = {},
  ): Promise<{ id: string; key: string }> {
    const { key, hint } = newKey(tenant.slug)
    const id = newId()
    await this.#database.transaction({ tenantId: tenant.id }, async (transaction) => {
      await transaction.run({
        text: `INSERT INTO plinth.api_key (tenant_id, id, name, token_hash, hint, permissions, created_by, expires_at, per_minute)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        values: [tenant.id, id, name, hashKey(key), hint, permissions, createdBy, expiresAt, perMinute],
      })
      transaction.later(
        storeEntry(tenant.id, origin, entry('created', id, { name, permissions, expiresAt, perMinute })),
      )
    })
    return { id, key }
  }

  async list(tenantId: string): Promise<readonly KeyDocument[]> {
    const rows = await this.#database.query<KeyRow>(
      { tenantId },
      { text: `SELECT ${KEY_COLUMNS} WHERE k.tenant_id = $1 ORDER BY k.id`, values: [tenantId] },
    )
    return rows.map(keyDocument)
  }

  async get(tenantId: string, id: string): Promise<KeyDocument | undefined> {
    const [row] = await this.#database.query<KeyRow>(
      { tenantId },
      { text: `SELECT ${KEY_COLUMNS} WHERE k.tenant_id = $1 AND k.id = $2::uuid`, values: [tenantId, id] },
    )
    return row && keyDocument(row)
  }

  /** Whether there was such a key. The next request sees what it has become. */
  async change(tenantId: string, id: string, changes: KeyChanges, origin: Origin): Promise<boolean> {
    const text = `UPDATE plinth.api_key SET name = coalesce($3, name), permissions = coalesce($4, permissions),
      expires_at = CASE WHEN $5 THEN $6::timestamptz ELSE expires_at END, per_minute = coalesce($7, per_minute)
      WHERE tenant_id = $1 AND id = $2::uuid RETURNING id`
    const { name = null, permissions = null, expiresAt, perMinute = null } = changes
    const values = [tenantId, id, name, permissions, expiresAt !== undefined, expiresAt ?? null, perMinute]
    return this.#alter(tenantId, { text, values }, origin, entry('changed', id, changes))
  }

  /** A new secret for the key, shown this once; the old one is refused from the next request on. Undefined: there is no such key. */
  async rotate(
    tenant: { readonly id: string; readonly slug: string },
    id: string,
    origin: Origin,
  ): Promise<{ id: string; key: string } | undefined> {
    const { key, hint } = newKey(tenant.slug)
    const text =
      'UPDATE plinth.api_key SET token_hash = $3, hint = $4 WHERE tenant_id = $1 AND id = $2::uuid RETURNING id'
    const values = [tenant.id, id, hashKey(key), hint]
    const done = await this.#alter(tenant.id, { text, values }, origin, entry('rotated', id))
    return done ? { id, key } : undefined
  }

  /** Whether there was such a key. It is refused from the next request on. */
  async revoke(tenantId: string, id: string, origin: Origin = NOBODY): Promise<boolean> {
    const text = 'DELETE FROM plinth.api_key WHERE tenant_id = $1 AND id = $2::uuid RETURNING id'
    return this.#alter(tenantId, { text, values: [tenantId, id] }, origin, entry('revoked', id))
  }

  async find(tenantId: string, key: string): Promise<Identity | undefined> {
    const digest = hashKey(key)
    const identity = await this.#cache.get(tenantId, digest.toString('base64url'), () =>
      this.#load(tenantId, 'k.token_hash = $2', digest),
    )
    return identity && !hasEnded(identity) ? identity : undefined
  }

  /** The key as the one who acts, as of now; undefined when it is revoked or has ended. For work that goes on without it. */
  async actingAs(tenantId: string, id: string): Promise<Identity | undefined> {
    const identity = await this.#load(tenantId, 'k.id = $2::uuid', id)
    return identity && !hasEnded(identity) ? identity : undefined
  }

  async #alter(
    tenantId: string,
    change: { readonly text: string; readonly values: unknown[] },
    origin: Origin,
    what: Entry,
  ): Promise<boolean> {
    const found = await this.#database.transaction({ tenantId }, async (transaction) => {
      const rows = await transaction.run(change)
      if (rows.length > 0) transaction.later(storeEntry(tenantId, origin, what))
      return rows.length > 0
    })
    if (found) await this.#bus.publish({ topic: 'identity', tenantId })
    return found
  }

  async #load(tenantId: string, condition: string, value: unknown): Promise<Identity | undefined> {
    const [row] = await this.#database.query<KeyRow>(
      { tenantId },
      {
        text: `SELECT ${KEY_COLUMNS} WHERE k.tenant_id = $1 AND ${condition}`,
        values: [tenantId, value],
      },
    )
    return row && keyIdentity(tenantId, row)
  }
}

function newKey(slug: string): { key: string; hint: string } {
  const secret = randomBytes(32).toString('base64url')
  return { key: `plk_${slug}_${secret}`, hint: `plk_${slug}_${secret.slice(0, HINT)}` }
}

function entry(verb: string, id: string, after?: object): Entry {
  return {
    action: `apiKey.${verb}`,
    subjectType: 'platform.apiKey',
    subjectId: id,
    ...(after ? { after } : {}),
  }
}

function hasEnded({ expiresAt }: Identity): boolean {
  return expiresAt !== undefined && expiresAt.getTime() <= Date.now()
}

function hashKey(key: string): Buffer {
  return hash('sha256', key, 'buffer')
}
