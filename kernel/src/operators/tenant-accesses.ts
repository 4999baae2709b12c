import { hash, randomBytes } from 'node:crypto'
import type { OperatorAccessDocument } from '@plinth/sdk'
import type { Config } from '../config/index.ts'
import { newId, NoticeCache, storeEntry, type Bus, type Database, type Origin } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Identity } from '../identity/index.ts'
import { rootOperator, type Operator } from './operator.ts'
import type { Operators } from './operators.ts'

const FORMAT = /^pla_([a-z0-9-]{1,40})_([A-Za-z0-9_-]{43})$/

export interface AccessWish {
  readonly reason: string
  readonly minutes: number
  readonly write: boolean
}

interface Row {
  readonly id: string
  readonly operator: string | null
  readonly operator_name: string
  readonly reason: string
  readonly write: boolean
  readonly created_at: Date
  readonly expires_at: Date
  readonly ended_at: Date | null
}

const COLUMNS = 'id, operator, operator_name, reason, write, created_at, expires_at, ended_at'

/** When operators may look into tenants: for a reason and a time, and never without the tenant seeing it in its own audit log. */
export class TenantAccesses {
  readonly #database: Database
  readonly #bus: Bus
  readonly #operators: Operators
  readonly #isOpen: boolean
  readonly #cache: NoticeCache<{ readonly row: Row; readonly identity: Identity }>

  constructor({ database, bus, operators, config }: AccessNeeds) {
    this.#database = database
    this.#bus = bus
    this.#operators = operators
    this.#isOpen = config.operatorToken !== undefined
    this.#cache = new NoticeCache(bus, 1_000)
  }

  /** The slug of the tenant a token is for, or undefined when the text is no such token. */
  static tenantOf(token: string): string | undefined {
    return FORMAT.exec(token)?.[1]
  }

  /** Lets an operator in. The answer is the only time the token is shown. */
  async grant(
    tenant: { readonly id: string; readonly slug: string },
    operator: Operator,
    { reason, minutes, write }: AccessWish,
    origin: Origin,
  ): Promise<OperatorAccessDocument & { token: string }> {
    const token = `pla_${tenant.slug}_${randomBytes(32).toString('base64url')}`
    const row = await this.#database.transaction({ tenantId: tenant.id }, async (transaction) => {
      const [made] = await transaction.run<Row>({
        text: `INSERT INTO plinth.operator_access (tenant_id, id, token_hash, operator, operator_name, reason, write, expires_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8)) RETURNING ${COLUMNS}`,
        values: [
          tenant.id,
          newId(),
          hash('sha256', token, 'buffer'),
          operator.id ?? null,
          operator.name,
          reason,
          write,
          minutes,
        ],
      })
      const after = { operator: operator.name, reason, minutes, write }
      transaction.later(storeEntry(tenant.id, origin, entryOf(made!.id, 'granted', after)))
      return made!
    })
    return { ...show(row), token }
  }

  /** The latest 100, newest first. */
  async list(tenantId: string): Promise<OperatorAccessDocument[]> {
    const rows = await this.#database.query<Row>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS} FROM plinth.operator_access WHERE tenant_id = $1 ORDER BY id DESC LIMIT 100`,
        values: [tenantId],
      },
    )
    return rows.map(show)
  }

  /** Ends an access before its time. It is refused from the next request on. Whether there was such a one under way. */
  async end(tenantId: string, id: string, origin: Origin): Promise<boolean> {
    const ended = await this.#database.transaction({ tenantId }, async (transaction) => {
      const [row] = await transaction.run<Row>({
        text: `UPDATE plinth.operator_access SET ended_at = now() WHERE tenant_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > now()
          RETURNING ${COLUMNS}`,
        values: [tenantId, id],
      })
      if (row)
        transaction.later(storeEntry(tenantId, origin, entryOf(id, 'ended', { operator: row.operator_name })))
      return row !== undefined
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
    return ended
  }

  /**
   * Who comes with the token; undefined when it was never one. It is good for as long as whoever it was given to could have it again.
   *
   * @throws Failure `operator_access_ended`
   */
  async find(tenantId: string, token: string): Promise<Identity | undefined> {
    const digest = hash('sha256', token, 'buffer')
    const known = await this.#cache.get(tenantId, digest.toString('base64url'), () =>
      this.#load(tenantId, digest),
    )
    if (!known) return undefined
    const { row, identity } = known
    if (row.ended_at !== null || row.expires_at.getTime() <= Date.now())
      throw new Failure('operator_access_ended')
    if (!(await this.#isStillDue(row))) throw new Failure('operator_access_ended')
    return identity
  }

  /** Asked anew with each request: operators are few, and no notice tells the nodes of them. */
  async #isStillDue({ operator, write, created_at: since }: Row): Promise<boolean> {
    if (!this.#isOpen) return false
    const now = operator === null ? rootOperator : await this.#operators.active(operator, since)
    return (
      now !== undefined && now.can('platform.tenant.access') && (!write || now.can('platform.tenant.write'))
    )
  }

  /** Notes a request that is made with an access. To be awaited before anything is done for it. */
  async noteUse(
    identity: Identity,
    request: { method: string; path: string },
    origin: Origin,
  ): Promise<void> {
    const entry = entryOf(identity.operator!.access, 'used', { operator: identity.actor.name, ...request })
    await this.#database.query({ tenantId: identity.tenantId }, storeEntry(identity.tenantId, origin, entry))
  }

  async #load(tenantId: string, digest: Buffer): Promise<{ row: Row; identity: Identity } | undefined> {
    const [found] = await this.#database.query<Row>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS} FROM plinth.operator_access WHERE tenant_id = $1 AND token_hash = $2`,
        values: [tenantId, digest],
      },
    )
    if (!found) return undefined
    const row = { ...found, created_at: new Date(found.created_at), expires_at: new Date(found.expires_at) }
    return {
      row,
      identity: {
        tenantId,
        actor: { kind: 'operator', id: row.operator, name: row.operator_name },
        roles: [],
        permissions: [],
        operator: { access: row.id, write: row.write },
        expiresAt: row.expires_at,
      },
    }
  }
}

interface AccessNeeds {
  readonly database: Database
  readonly bus: Bus
  readonly operators: Operators
  readonly config: Pick<Config, 'operatorToken'>
}

function entryOf(id: string, what: 'granted' | 'used' | 'ended', after: object) {
  return {
    action: `operatorAccess.${what}`,
    subjectType: 'platform.operatorAccess',
    subjectId: id,
    after,
  }
}

function show(row: Row): OperatorAccessDocument {
  return {
    id: row.id,
    operator: { id: row.operator, name: row.operator_name },
    reason: row.reason,
    write: row.write,
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
    endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
  }
}
