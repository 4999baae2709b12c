import { hash } from 'node:crypto'
import { NoticeCache, storeEntry, type Bus, type Database, type Origin } from '../../data/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import type { Identity, Machine } from '../identity.ts'
import type { AccessClaims, AccessTokens } from './access-tokens.ts'
import { CLIENT_COLUMNS, clientIdentity, type ClientRow } from './client-rows.ts'

/** What a member has agreed to, with the member and the client as of now. */
interface GrantedRow {
  readonly clientId: string
  readonly id: string
  readonly name: string
  readonly roles: string[]
  readonly allowed: string[]
  readonly granted: string[]
  readonly per_minute: number
}

const LONGEST = 8_192

/** Judges access tokens: by what they say, and by what has become of their client and of whoever they speak for. */
export class OAuthTokens {
  readonly #database: Database
  readonly #bus: Bus
  readonly #accessTokens: AccessTokens
  readonly #cache: NoticeCache<Identity>

  constructor({ database, bus, accessTokens }: Pick<OAuthNeeds, 'database' | 'bus' | 'accessTokens'>) {
    this.#database = database
    this.#bus = bus
    this.#accessTokens = accessTokens
    this.#cache = new NoticeCache(bus, 5_000)
  }

  /** Who the token speaks for, if it is still good. Judged once, and again after every notice of the tenant. */
  async find(tenant: Tenant, token: string): Promise<Identity | undefined> {
    if (token.length > LONGEST) return undefined
    const identity = await this.#cache.get(tenant.id, hash('sha256', token, 'base64url'), () =>
      this.#load(tenant, token),
    )
    return identity && identity.expiresAt!.getTime() > Date.now() ? identity : undefined
  }

  /** What a token of this client says, while it is good; undefined for those of others too. */
  async describe(tenant: Tenant, client: ClientRow, token: string): Promise<AccessClaims | undefined> {
    if (token.length > LONGEST) return undefined
    const claims = await this.#accessTokens.read(tenant, token)
    if (claims?.clientId !== client.id) return undefined
    return (await this.find(tenant, token)) ? claims : undefined
  }

  /** Refuses a token from now on, on every node. */
  async deny(tenant: Tenant, claims: AccessClaims, origin: Origin): Promise<void> {
    await this.#database.transaction({ tenantId: tenant.id }, async (transaction) => {
      transaction.later({
        // Work that such a token has begun may stop later than the token would have.
        text: `DELETE FROM plinth.oauth_denied WHERE tenant_id = $1 AND ends_at < now() - interval '1 day'`,
        values: [tenant.id],
      })
      await transaction.run({
        text: `INSERT INTO plinth.oauth_denied (tenant_id, token, ends_at) VALUES ($1, $2, to_timestamp($3)) ON CONFLICT DO NOTHING`,
        values: [tenant.id, claims.id, claims.expiresAt],
      })
      transaction.later(
        storeEntry(tenant.id, origin, {
          action: 'token.revoked',
          subjectType: 'platform.client',
          subjectId: claims.clientId,
        }),
      )
    })
    await this.#bus.publish({ topic: 'identity', tenantId: tenant.id })
  }

  /**
   * Who a token speaks for, as of now, however long ago it has ended; undefined when it was given back, or what it came from is gone. For
   * work that goes on without it.
   *
   * @param id the client, or what a member has agreed to
   */
  async actingAs(
    tenantId: string,
    kind: 'client' | 'grant',
    id: string,
    token: NonNullable<Machine['token']>,
  ): Promise<Identity | undefined> {
    if (kind === 'client') return this.#client(tenantId, id, token)
    return (await this.#grant(tenantId, id, token))?.identity
  }

  async #load(tenant: Tenant, text: string): Promise<Identity | undefined> {
    const claims = await this.#accessTokens.read(tenant, text)
    if (!claims) return undefined
    const { id, scopes, grantId, clientId, subject } = claims
    const token = { id, scopes }
    const expiresAt = new Date(claims.expiresAt * 1_000)
    if (grantId === undefined) return this.#client(tenant.id, clientId, token, expiresAt)
    const grant = await this.#grant(tenant.id, grantId, token, expiresAt)
    return grant?.clientId === clientId && grant.identity.behalfOf === subject ? grant.identity : undefined
  }

  async #client(
    tenantId: string,
    id: string,
    token: NonNullable<Machine['token']>,
    expiresAt?: Date,
  ): Promise<Identity | undefined> {
    const [row] = await this.#database.query<ClientRow>(
      { tenantId },
      {
        text: `SELECT ${CLIENT_COLUMNS} WHERE c.tenant_id = $1 AND c.id = $2::uuid AND ${NOT_DENIED}`,
        values: [tenantId, id, token.id],
      },
    )
    return row && clientIdentity(tenantId, row, token, expiresAt)
  }

  /** Somebody who has let a program in, for as long as they do. */
  async #grant(
    tenantId: string,
    id: string,
    token: NonNullable<Machine['token']>,
    expiresAt?: Date,
  ): Promise<{ readonly identity: Identity; readonly clientId: string } | undefined> {
    const [row] = await this.#database.query<GrantedRow>(
      { tenantId },
      {
        text: `SELECT c.id AS "clientId", c.scopes AS allowed, c.per_minute, g.scopes AS granted, m.id, m.name, m.roles FROM plinth.oauth_grant g
          JOIN plinth.oauth_client c ON c.tenant_id = g.tenant_id AND c.id = g.client_id
          JOIN plinth.member m ON m.tenant_id = g.tenant_id AND m.id = g.member_id AND m.status = 'active'
          WHERE g.tenant_id = $1 AND g.id = $2::uuid AND ${NOT_DENIED}`,
        values: [tenantId, id, token.id],
      },
    )
    if (!row) return undefined
    const identity: Identity = {
      tenantId,
      actor: { kind: 'member', id: row.id, name: row.name },
      machine: { kind: 'grant', id, perMinute: row.per_minute, token },
      roles: row.roles,
      permissions: [],
      behalfOf: row.id,
      bounds: [row.allowed, row.granted, token.scopes],
      expiresAt,
    }
    return { identity, clientId: row.clientId }
  }
}

const NOT_DENIED = `NOT EXISTS (SELECT FROM plinth.oauth_denied d WHERE d.tenant_id = $1 AND d.token = $3::uuid)`

/** The services tokens are made of. */
export interface OAuthNeeds {
  readonly database: Database
  readonly bus: Bus
  readonly accessTokens: AccessTokens
}
