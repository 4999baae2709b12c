import { hash, randomBytes } from 'node:crypto'
import { newId, storeEntry, type Bus, type Database, type Entry, type Origin } from '../../data/index.ts'
import { isVerifier, matchesChallenge } from './pkce.ts'

/** A code is for being exchanged at once. */
const CODE_SECONDS = 60
const REFRESH_DAYS = 7

/** What a member let a program do. */
export interface Grant {
  readonly id: string
  readonly memberId: string
  readonly scopes: readonly string[]
}

/** A program a member lets in, as its tables have it. */
export interface ConnectedRow {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly since: Date
  readonly lastUsedAt: Date | null
}

/** A grant, with the token that gets the next access token. */
export interface Renewed extends Grant {
  readonly refreshToken: string
}

interface GrantRow {
  readonly id: string
  readonly member_id: string
  readonly scopes: string[]
}

const GRANT = `g.id, g.member_id, g.scopes`
const GOOD = `JOIN plinth.oauth_grant g ON g.tenant_id = x.tenant_id AND g.id = x.grant_id
  JOIN plinth.member m ON m.tenant_id = g.tenant_id AND m.id = g.member_id AND m.status = 'active'`

/**
 * What members let programs do in their name. Everything that follows from one consent is a family: a code or refresh token that comes a
 * second time was stolen, by whichever of the two brought it, and ends all of it.
 */
export class Grants {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** Writes down that a member agrees, and answers the code the program gets for it. */
  async agree(
    tenantId: string,
    wish: {
      readonly clientId: string
      readonly memberId: string
      readonly scopes: readonly string[]
      readonly redirectUri: string
      readonly challenge: string
    },
    origin: Origin,
  ): Promise<string> {
    const code = randomBytes(32).toString('base64url')
    const id = newId()
    const { clientId, memberId, scopes, redirectUri, challenge } = wish
    await this.#database.transaction({ tenantId }, async (transaction) => {
      transaction.later({ text: EXPIRE, values: [tenantId] })
      transaction.later({
        text: `INSERT INTO plinth.oauth_grant (tenant_id, id, client_id, member_id, scopes) VALUES ($1, $2, $3, $4, $5)`,
        values: [tenantId, id, clientId, memberId, scopes],
      })
      await transaction.run({
        text: `INSERT INTO plinth.oauth_code (tenant_id, code_hash, grant_id, redirect_uri, challenge, ends_at)
          VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => ${CODE_SECONDS}))`,
        values: [tenantId, digest(code), id, redirectUri, challenge],
      })
      transaction.later(storeEntry(tenantId, origin, entry('given', id, { clientId, scopes })))
    })
    return code
  }

  /** What a code stands for. It is used up by the attempt, whatever comes of it. Undefined: it is refused. */
  async exchange(
    tenantId: string,
    {
      code,
      clientId,
      redirectUri,
      verifier,
    }: { code: string; clientId: string; redirectUri: string; verifier: string },
    origin: Origin,
  ): Promise<Renewed | undefined> {
    const values = [tenantId, digest(code)]
    return this.#renew(tenantId, origin, async (run) => {
      const [row] = await run<GrantRow & { redirect_uri: string; challenge: string; client_id: string }>({
        text: `UPDATE plinth.oauth_code c SET used_at = now() FROM plinth.oauth_code x ${GOOD}
          WHERE x.tenant_id = $1 AND x.code_hash = $2 AND c.tenant_id = $1 AND c.code_hash = $2 AND c.used_at IS NULL AND c.ends_at > now()
          RETURNING ${GRANT}, g.client_id, c.redirect_uri, c.challenge`,
        values,
      })
      if (!row)
        return this.#reused(run, {
          text: `SELECT g.id FROM plinth.oauth_code x ${GOOD} WHERE x.tenant_id = $1 AND x.code_hash = $2 AND x.used_at IS NOT NULL`,
          values,
        })
      const fits =
        row.client_id === clientId &&
        row.redirect_uri === redirectUri &&
        isVerifier(verifier) &&
        matchesChallenge(verifier, row.challenge)
      return fits ? row : undefined
    })
  }

  /**
   * What a refresh token stands for, and the one that takes its place. Undefined: it is refused.
   *
   * @param judge is told how many the family has had within a minute; what it throws leaves the token as it was
   */
  async refresh(
    tenantId: string,
    {
      token,
      clientId,
      judge,
    }: { token: string; clientId: string; judge: (grant: Grant, lately: number) => unknown },
    origin: Origin,
  ): Promise<Renewed | undefined> {
    const values = [tenantId, digest(token), clientId]
    return this.#renew(tenantId, origin, async (run) => {
      const [row] = await run<GrantRow & { lately: number }>({
        text: `UPDATE plinth.oauth_refresh r SET used_at = now() FROM plinth.oauth_refresh x ${GOOD}
          WHERE x.tenant_id = $1 AND x.token_hash = $2 AND r.tenant_id = $1 AND r.token_hash = $2 AND g.client_id = $3
            AND r.used_at IS NULL AND r.ends_at > now() RETURNING ${GRANT}, ${LATELY} AS lately`,
        values,
      })
      if (row) {
        judge({ id: row.id, memberId: row.member_id, scopes: row.scopes }, row.lately)
        await run({ text: FORGET, values: [tenantId, row.id] })
        return row
      }
      return this.#reused(run, {
        text: `SELECT g.id FROM plinth.oauth_refresh x ${GOOD}
          WHERE x.tenant_id = $1 AND x.token_hash = $2 AND g.client_id = $3 AND x.used_at IS NOT NULL`,
        values,
      })
    })
  }

  /** Ends the family of a refresh token that a client gives back. */
  async giveBack(tenantId: string, token: string, clientId: string, origin: Origin): Promise<void> {
    await this.#end(tenantId, origin, {
      text: `DELETE FROM plinth.oauth_grant g USING plinth.oauth_refresh x WHERE x.tenant_id = $1 AND x.token_hash = $2
        AND g.tenant_id = $1 AND g.id = x.grant_id AND g.client_id = $3 RETURNING g.id`,
      values: [tenantId, digest(token), clientId],
    })
  }

  /** Ends what follows from one consent. */
  async revoke(tenantId: string, id: string, origin: Origin): Promise<void> {
    await this.#end(tenantId, origin, {
      text: 'DELETE FROM plinth.oauth_grant WHERE tenant_id = $1 AND id = $2::uuid RETURNING id',
      values: [tenantId, id],
    })
  }

  /** The programs a member lets in, as long as they can get tokens. */
  async connected(tenantId: string, memberId: string): Promise<readonly ConnectedRow[]> {
    return this.#database.query<ConnectedRow>(
      { tenantId },
      {
        text: `SELECT c.id, c.name, min(g.created_at) AS since, max(g.last_used_at) AS "lastUsedAt",
            array(SELECT DISTINCT unnest(h.scopes) FROM plinth.oauth_grant h
              WHERE h.tenant_id = $1 AND h.client_id = c.id AND h.member_id = $2 ORDER BY 1) AS scopes
          FROM plinth.oauth_grant g JOIN plinth.oauth_client c ON c.tenant_id = g.tenant_id AND c.id = g.client_id
          WHERE g.tenant_id = $1 AND g.member_id = $2 AND EXISTS (SELECT FROM plinth.oauth_refresh r
            WHERE r.tenant_id = g.tenant_id AND r.grant_id = g.id AND r.used_at IS NULL AND r.ends_at > now())
          GROUP BY c.id, c.name ORDER BY c.name, c.id`,
        values: [tenantId, memberId],
      },
    )
  }

  /** A member lets a program in no longer. Whether it had been. */
  async disconnect(tenantId: string, memberId: string, clientId: string, origin: Origin): Promise<boolean> {
    return this.#end(tenantId, origin, {
      text: 'DELETE FROM plinth.oauth_grant WHERE tenant_id = $1 AND member_id = $2 AND client_id = $3::uuid RETURNING id',
      values: [tenantId, memberId, clientId],
    })
  }

  async #renew(
    tenantId: string,
    origin: Origin,
    find: (run: Run) => Promise<GrantRow | Reused | undefined>,
  ): Promise<Renewed | undefined> {
    const found = await this.#database.transaction({ tenantId }, async (transaction) => {
      const row = await find((statement) => transaction.run(statement))
      if (!row) return undefined
      if ('reused' in row) {
        transaction.later(storeEntry(tenantId, origin, entry('reused', row.reused)))
        return row
      }
      const refreshToken = `plr_${randomBytes(32).toString('base64url')}`
      await transaction.run({
        text: `INSERT INTO plinth.oauth_refresh (tenant_id, token_hash, grant_id, ends_at) VALUES ($1, $2, $3, now() + make_interval(days => ${REFRESH_DAYS}))`,
        values: [tenantId, digest(refreshToken), row.id],
      })
      transaction.later(storeEntry(tenantId, origin, entry('used', row.id)))
      return { id: row.id, memberId: row.member_id, scopes: row.scopes, refreshToken }
    })
    if (!found || !('reused' in found)) return found
    await this.#bus.publish({ topic: 'identity', tenantId })
    return undefined
  }

  async #reused(run: Run, find: Parameters<Run>[0]): Promise<Reused | undefined> {
    const [row] = await run<{ id: string }>(find)
    if (!row) return undefined
    await run({
      text: 'DELETE FROM plinth.oauth_grant WHERE tenant_id = $1 AND id = $2',
      values: [find.values![0], row.id],
    })
    return { reused: row.id }
  }

  async #end(
    tenantId: string,
    origin: Origin,
    deletion: { readonly text: string; readonly values: unknown[] },
  ): Promise<boolean> {
    const ended = await this.#database.transaction({ tenantId }, async (transaction) => {
      const rows = await transaction.run<{ id: string }>(deletion)
      for (const { id } of rows) transaction.later(storeEntry(tenantId, origin, entry('ended', id)))
      return rows.length > 0
    })
    if (ended) await this.#bus.publish({ topic: 'identity', tenantId })
    return ended
  }
}

type Run = <R>(statement: { readonly text: string; readonly values?: unknown[] }) => Promise<R[]>

/** A grant that has ended because something of it came a second time. */
interface Reused {
  readonly reused: string
}

/** What nobody can come back with goes when the next one agrees. Used ones stay for a while, to be known again. */
const EXPIRE = `DELETE FROM plinth.oauth_grant g WHERE g.tenant_id = $1 AND g.created_at < now() - interval '1 day'
  AND NOT EXISTS (SELECT FROM plinth.oauth_refresh r WHERE r.tenant_id = g.tenant_id AND r.grant_id = g.id AND r.ends_at > now())`

/** How many refresh tokens a family has been given within a minute. */
const LATELY = `(SELECT count(*)::int FROM plinth.oauth_refresh n WHERE n.tenant_id = $1 AND n.grant_id = g.id
  AND n.ends_at > now() + interval '${REFRESH_DAYS} days' - interval '1 minute')`

/** Nobody comes back with what has been worth nothing for so long, but to be refused. */
const FORGET = `DELETE FROM plinth.oauth_refresh WHERE tenant_id = $1 AND grant_id = $2 AND used_at IS NOT NULL
  AND ends_at < now() - interval '${REFRESH_DAYS} days'`

function entry(verb: string, id: string, after?: object): Entry {
  return {
    action: `grant.${verb}`,
    subjectType: 'platform.grant',
    subjectId: id,
    ...(after ? { after } : {}),
  }
}

function digest(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}
