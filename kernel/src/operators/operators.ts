import { hash, randomBytes } from 'node:crypto'
import { newId, type Database } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { Operator } from './operator.ts'
import { systemRoles, type PlatformRole } from './platform-permissions.ts'

const FORMAT = /^plo_[A-Za-z0-9_-]{43}$/

/** An operator's account, as it is shown. */
export interface OperatorAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly status: 'active' | 'inactive'
}

export type NewOperator = Pick<OperatorAccount, 'name' | 'email' | 'roles'>

const COLUMNS = 'id, name, email, roles, status'

/** The people who run the platform, their roles, and the journal of what they did. All of it is in the control database. */
export class Operators {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** Whose token it is; undefined when it is nobody's, or of one who is no longer active. */
  async find(token: string): Promise<Operator | undefined> {
    return FORMAT.test(token) ? this.#active('token_hash = $1', hash('sha256', token, 'buffer')) : undefined
  }

  /** The operator with this account, as long as it is active and has the token it had at a moment. */
  async active(id: string, at: Date): Promise<Operator | undefined> {
    return this.#active('id = $1 AND (token_since IS NULL OR token_since <= $2)', id, at)
  }

  async #active(condition: string, ...values: unknown[]): Promise<Operator | undefined> {
    const [row] = await this.#ask<OperatorAccount & { own: string[] | null }>(
      `SELECT ${COLUMNS}, (SELECT array_agg(p) FROM plinth.operator_role r, unnest(r.permissions) p WHERE r.id = ANY (o.roles)) AS own
        FROM plinth.operator o WHERE ${condition} AND status = 'active'`,
      ...values,
    )
    if (!row) return undefined
    const given = systemRoles.filter(({ id }) => row.roles.includes(id))
    return new Operator(row.id, row.name, [
      ...given.flatMap(({ permissions }) => permissions),
      ...(row.own ?? []),
    ])
  }

  async list(): Promise<OperatorAccount[]> {
    return this.#ask(`SELECT ${COLUMNS} FROM plinth.operator ORDER BY email`)
  }

  async get(id: string): Promise<OperatorAccount | undefined> {
    return (await this.#ask<OperatorAccount>(`SELECT ${COLUMNS} FROM plinth.operator WHERE id = $1`, id))[0]
  }

  /** Creates an account. The answer is the only time the token is shown. @throws Failure `unique_violated` */
  async create({ name, email, roles }: NewOperator): Promise<OperatorAccount & { token: string }> {
    const token = newToken()
    const [row] = await this.#ask<OperatorAccount>(
      `INSERT INTO plinth.operator (id, name, email, roles, token_hash) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (email) DO NOTHING RETURNING ${COLUMNS}`,
      newId(),
      name,
      email.toLowerCase(),
      roles,
      hash('sha256', token, 'buffer'),
    )
    if (!row)
      throw new Failure('unique_violated', {
        errors: [{ pointer: '/email', code: 'unique', detail: 'There is an operator with this address.' }],
      })
    return { ...row, token }
  }

  /** Changes name, roles or status; what is undefined stays. */
  async change(
    id: string,
    { name, roles, status }: Partial<Pick<OperatorAccount, 'name' | 'roles' | 'status'>>,
  ): Promise<OperatorAccount | undefined> {
    const [row] = await this.#ask<OperatorAccount>(
      `UPDATE plinth.operator SET name = coalesce($2, name), roles = coalesce($3, roles), status = coalesce($4, status)
        WHERE id = $1 RETURNING ${COLUMNS}`,
      id,
      name ?? null,
      roles ?? null,
      status ?? null,
    )
    return row
  }

  /** Replaces the token; the one before is refused from now on, and what was begun with it. Undefined when there is no such operator. */
  async renewToken(id: string): Promise<string | undefined> {
    const token = newToken()
    const rows = await this.#ask(
      'UPDATE plinth.operator SET token_hash = $2, token_since = now() WHERE id = $1 RETURNING id',
      id,
      hash('sha256', token, 'buffer'),
    )
    return rows.length > 0 ? token : undefined
  }

  /** All roles, those every platform has first. */
  async roles(): Promise<PlatformRole[]> {
    const own = await this.#ask<PlatformRole>(
      'SELECT id, label, permissions FROM plinth.operator_role ORDER BY id',
    )
    return [...systemRoles, ...own]
  }

  /** Creates a role, or replaces the one of its id. */
  async setRole({ id, label, permissions }: PlatformRole): Promise<void> {
    await this.#ask(
      `INSERT INTO plinth.operator_role (id, label, permissions) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET label = excluded.label, permissions = excluded.permissions`,
      id,
      JSON.stringify(label),
      permissions,
    )
  }

  /** Removes a role nobody has. Whether it was there. @throws Failure `still_referenced` */
  async removeRole(id: string): Promise<boolean> {
    const [row] = await this.#ask<{ used: boolean; removed: boolean }>(
      `WITH gone AS (DELETE FROM plinth.operator_role r WHERE id = $1
          AND NOT EXISTS (SELECT FROM plinth.operator WHERE r.id = ANY (roles)) RETURNING id)
        SELECT EXISTS (SELECT FROM gone) AS removed, EXISTS (SELECT FROM plinth.operator WHERE $1 = ANY (roles)) AS used`,
      id,
    )
    if (!row!.removed && row!.used) throw new Failure('still_referenced')
    return row!.removed
  }

  #ask<R = Record<string, unknown>>(text: string, ...values: unknown[]): Promise<R[]> {
    return this.#database.queryPlatform<R>({ text, values })
  }
}

function newToken(): string {
  return `plo_${randomBytes(32).toString('base64url')}`
}
