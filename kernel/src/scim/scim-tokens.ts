import { hash, randomBytes } from 'node:crypto'
import type { ScimTokenDocument } from '@plinth/sdk'
import { newId, NoticeCache, storeEntry, type Bus, type Database, type Origin } from '../data/index.ts'
import { Failure, invalid } from '../errors.ts'

/** Two, so that one can take the place of the other while nothing stands still. */
const MOST_TOKENS = 2

const FORMAT = /^plscim_[A-Za-z0-9_-]{43}$/

/** Characters of the secret people see again, to tell tokens apart. */
const HINT = 4

/** What a token opens: what one provider keeps in step. */
export interface ScimClient {
  readonly tokenId: string
  readonly provider: string
  readonly expiresAt: Date | null
}

/** Tokens with which providers keep members and groups in step. Only their hashes are stored. */
export class ScimTokens {
  readonly #database: Database
  readonly #bus: Bus
  readonly #cache: NoticeCache<ScimClient>

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
    this.#cache = new NoticeCache(bus, 2_000)
  }

  async list(tenantId: string, provider: string): Promise<ScimTokenDocument[]> {
    return this.#database.query<ScimTokenDocument & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT id, hint, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt" FROM plinth.scim_token
          WHERE tenant_id = $1 AND provider_id = $2::uuid ORDER BY id`,
        values: [tenantId, provider],
      },
    )
  }

  /** The answer is the only time it is shown. @throws Failure `validation_failed` where there are two already */
  async create(
    tenantId: string,
    provider: string,
    expiresAt: Date | null,
    origin: Origin,
  ): Promise<{ id: string; token: string }> {
    const token = `plscim_${randomBytes(32).toString('base64url')}`
    const id = newId()
    const hint = token.slice(0, 'plscim_'.length + HINT)
    await this.#database.transaction({ tenantId }, async (transaction) => {
      // Whoever makes one waits for whoever is just making one.
      transaction.later({
        text: 'SELECT id FROM plinth.sign_on_provider WHERE tenant_id = $1 AND id = $2::uuid FOR NO KEY UPDATE',
        values: [tenantId, provider],
      })
      const rows = await transaction.run({
        text: `INSERT INTO plinth.scim_token (tenant_id, id, provider_id, token_hash, hint, created_by, expires_at)
          SELECT $1, $2, $3::uuid, $4, $5, $6::uuid, $7 WHERE (SELECT count(*) FROM plinth.scim_token WHERE tenant_id = $1 AND provider_id = $3::uuid) < ${MOST_TOKENS}
          RETURNING id`,
        values: [tenantId, id, provider, digest(token), hint, origin.actor.id, expiresAt],
      })
      if (rows.length === 0)
        throw invalid(
          '',
          'too_many',
          `A provider has at most ${MOST_TOKENS} tokens. Remove one of them first.`,
        )
      const after = { provider, hint, expiresAt }
      transaction.later(storeEntry(tenantId, origin, entry('created', id, after)))
    })
    return { id, token }
  }

  /** It is refused from the next request on, on every node. @throws Failure `not_found` */
  async remove(tenantId: string, provider: string, id: string, origin: Origin): Promise<void> {
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const rows = await transaction.run({
        text: 'DELETE FROM plinth.scim_token WHERE tenant_id = $1 AND provider_id = $2::uuid AND id = $3::uuid RETURNING id',
        values: [tenantId, provider, id],
      })
      if (rows.length === 0) throw new Failure('not_found')
      transaction.later(storeEntry(tenantId, origin, entry('removed', id, { provider })))
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  /** What the token opens in this tenant; undefined when it opens nothing, or nothing any more. */
  async find(tenantId: string, token: string): Promise<ScimClient | undefined> {
    if (!FORMAT.test(token)) return undefined
    const hashed = digest(token)
    const found = await this.#cache.get(tenantId, hashed.toString('base64url'), () =>
      this.#load(tenantId, hashed),
    )
    return found && (found.expiresAt === null || found.expiresAt.getTime() > Date.now()) ? found : undefined
  }

  async #load(tenantId: string, hashed: Buffer): Promise<ScimClient | undefined> {
    const [row] = await this.#database.query<{ id: string; provider: string; expires_at: Date | null }>(
      { tenantId },
      {
        text: 'SELECT id, provider_id AS provider, expires_at FROM plinth.scim_token WHERE tenant_id = $1 AND token_hash = $2',
        values: [tenantId, hashed],
      },
    )
    return (
      row && {
        tokenId: row.id,
        provider: row.provider,
        expiresAt: row.expires_at && new Date(row.expires_at),
      }
    )
  }
}

function entry(verb: string, id: string, after: object) {
  return { action: `scimToken.${verb}`, subjectType: 'platform.scimToken', subjectId: id, after }
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
