import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ApiClientKind } from '@plinth/sdk'
import {
  isUuid,
  newId,
  storeEntry,
  type Bus,
  type Database,
  type Entry,
  type Origin,
} from '../../data/index.ts'
import { CLIENT_COLUMNS, clientDocument, type ClientDocument, type ClientRow } from './client-rows.ts'

/** What a client is made of. */
export interface ClientWish {
  readonly name: string
  readonly kind: ApiClientKind
  readonly redirectUris: readonly string[]
  readonly scopes: readonly string[]
  readonly perMinute: number
}

/** What of a client can change. What is not there stays. */
export type ClientChanges = Partial<Omit<ClientWish, 'kind'>>

/** Programs that get tokens: in their own name, or in that of members who agree. */
export class OAuthClients {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** Creates a client. The secret, if it has one, is shown this once. */
  async create(
    tenantId: string,
    wish: ClientWish,
    createdBy: string | null,
    origin: Origin,
  ): Promise<{ id: string; secret: string | null }> {
    const id = newId()
    const secret = wish.kind === 'native' ? null : newSecret()
    const { kind, name, redirectUris, scopes, perMinute } = wish
    await this.#database.transaction({ tenantId }, async (transaction) => {
      await transaction.run({
        text: `INSERT INTO plinth.oauth_client (tenant_id, id, kind, name, secret_hash, redirect_uris, scopes, per_minute, created_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        values: [
          tenantId,
          id,
          kind,
          name,
          secret && hashSecret(secret),
          redirectUris,
          scopes,
          perMinute,
          createdBy,
        ],
      })
      transaction.later(storeEntry(tenantId, origin, entry('created', id, wish)))
    })
    return { id, secret }
  }

  async list(tenantId: string): Promise<readonly ClientDocument[]> {
    const rows = await this.#database.query<ClientRow>(
      { tenantId },
      { text: `SELECT ${CLIENT_COLUMNS} WHERE c.tenant_id = $1 ORDER BY c.id`, values: [tenantId] },
    )
    return rows.map(clientDocument)
  }

  async get(tenantId: string, id: string): Promise<ClientRow | undefined> {
    if (!isUuid(id)) return undefined
    const [row] = await this.#database.query<ClientRow>(
      { tenantId },
      { text: `SELECT ${CLIENT_COLUMNS} WHERE c.tenant_id = $1 AND c.id = $2::uuid`, values: [tenantId, id] },
    )
    return row
  }

  /** The client, when it has proven to be it: by its secret, or, where it can keep none, by its name alone. */
  async authenticate(
    tenantId: string,
    id: string,
    secret: string | undefined,
  ): Promise<ClientRow | undefined> {
    const row = await this.get(tenantId, id)
    if (!row) return undefined
    if (row.secret_hash === null) return secret === undefined ? row : undefined
    return timingSafeEqual(hashSecret(secret ?? ''), row.secret_hash) ? row : undefined
  }

  /** Whether there was such a client. Its tokens see what it has become with the next request. */
  async change(tenantId: string, id: string, changes: ClientChanges, origin: Origin): Promise<boolean> {
    const { name = null, redirectUris = null, scopes = null, perMinute = null } = changes
    const text = `UPDATE plinth.oauth_client SET name = coalesce($3, name), redirect_uris = coalesce($4, redirect_uris),
      scopes = coalesce($5, scopes), per_minute = coalesce($6, per_minute) WHERE tenant_id = $1 AND id = $2::uuid RETURNING id`
    const values = [tenantId, id, name, redirectUris, scopes, perMinute]
    return this.#alter(tenantId, { text, values }, origin, entry('changed', id, changes))
  }

  /** A new secret; the old one is refused at once. Undefined: there is no such client, or it has none. */
  async rotate(tenantId: string, id: string, origin: Origin): Promise<string | undefined> {
    const secret = newSecret()
    const text = `UPDATE plinth.oauth_client SET secret_hash = $3
      WHERE tenant_id = $1 AND id = $2::uuid AND secret_hash IS NOT NULL RETURNING id`
    const values = [tenantId, id, hashSecret(secret)]
    const done = await this.#alter(tenantId, { text, values }, origin, entry('rotated', id))
    return done ? secret : undefined
  }

  /** Whether there was such a client. Its tokens are refused from the next request on. */
  async remove(tenantId: string, id: string, origin: Origin): Promise<boolean> {
    const text = 'DELETE FROM plinth.oauth_client WHERE tenant_id = $1 AND id = $2::uuid RETURNING id'
    return this.#alter(tenantId, { text, values: [tenantId, id] }, origin, entry('removed', id))
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
}

function newSecret(): string {
  return `pls_${randomBytes(32).toString('base64url')}`
}

function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

function entry(verb: string, id: string, after?: object): Entry {
  return {
    action: `client.${verb}`,
    subjectType: 'platform.client',
    subjectId: id,
    ...(after ? { after } : {}),
  }
}
