import {
  newId,
  storeEntry,
  type Bus,
  type Database,
  type Origin,
  type Statement,
  type Transaction,
} from '../data/index.ts'
import type { Identity, MemberProfile } from './identity.ts'
import { passedOnColumn, readPassedOn } from './passed-on.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

export interface NewMember {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly roles: readonly string[]
  readonly locale: string | null
}

interface MemberRow extends MemberProfile {
  readonly password_hash: string | null
  readonly password_changed_at: Date
  readonly password_short: boolean
  readonly status: string
}

/** Someone who knows the password of a member. */
export interface ProvenMember {
  readonly member: MemberProfile
  readonly passwordChangedAt: Date
  /** The password was chosen beside a second factor, which is there no more. */
  readonly hasLostFactor: boolean
  /** Answers a row as long as it is still their password. */
  readonly stillGood: Statement
}

/** What members say of themselves. */
export interface ProfileChange {
  readonly name?: string
  readonly locale?: string | null
}

/** Sees that a tenant has room for one more. @throws Failure `limit_exceeded` */
type AdmitMember = (transaction: Transaction, tenantId: string, email: string) => Promise<void>

/** The members of tenants. */
export class Members {
  readonly #database: Database
  readonly #bus: Bus
  readonly #admit: AdmitMember

  constructor({ database, bus, admitMember }: { database: Database; bus: Bus; admitMember: AdmitMember }) {
    this.#admit = admitMember
    this.#database = database
    this.#bus = bus
  }

  /** Creates a member, or answers undefined when the address is taken in this tenant. @throws Failure `limit_exceeded` */
  async create(tenantId: string, member: NewMember): Promise<string | undefined> {
    const email = addressKey(member.email)
    const passwordHash = await hashPassword(member.password)
    const rows = await this.#database.transaction({ tenantId }, async (transaction) => {
      await this.#admit(transaction, tenantId, email)
      return transaction.run<{ id: string }>({
        text: `INSERT INTO plinth.member (tenant_id, id, email, name, password_hash, roles, locale) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, email) DO NOTHING RETURNING id`,
        values: [tenantId, newId(), email, member.name, passwordHash, member.roles, member.locale],
      })
    })
    return rows[0]?.id
  }

  /** The member with this address and password. Unknown addresses and wrong passwords cannot be told apart, by answer or time. */
  async authenticate(tenantId: string, email: string, password: string): Promise<ProvenMember | undefined> {
    const [row] = await this.#database.query<MemberRow>(
      { tenantId },
      {
        text: `SELECT id, name, email, locale, password_hash, password_changed_at, status, password_short AND NOT EXISTS (
            SELECT FROM plinth.second_factor f WHERE f.tenant_id = m.tenant_id AND f.member_id = m.id AND f.confirmed_at IS NOT NULL AND f.kind <> 'email') AS password_short
          FROM plinth.member m WHERE tenant_id = $1 AND email = $2`,
        values: [tenantId, addressKey(email)],
      },
    )
    const proven = await verifyPassword(row?.password_hash ?? undefined, password)
    if (!row || !proven || row.status !== 'active') return undefined
    return {
      member: { id: row.id, name: row.name, email: row.email, locale: row.locale },
      passwordChangedAt: new Date(row.password_changed_at),
      hasLostFactor: row.password_short,
      // Who was looked at before a change of the password must not get a session after it.
      stillGood: {
        text: `SELECT id FROM plinth.member WHERE tenant_id = $1 AND id = $2 AND status = 'active' AND password_hash = $3 FOR NO KEY UPDATE`,
        values: [tenantId, row.id, row.password_hash],
      },
    }
  }

  /** Changes what members say of themselves. */
  async describe(
    tenantId: string,
    member: MemberProfile,
    change: ProfileChange,
    origin: Origin,
  ): Promise<void> {
    const after = { name: change.name ?? member.name, locale: change.locale ?? member.locale }
    const changed = (['name', 'locale'] as const).filter((part) => after[part] !== member[part])
    if (changed.length === 0) return
    const part = (of: ProfileChange) => Object.fromEntries(changed.map((each) => [each, of[each]]))
    await this.#database.transaction({ tenantId }, async (transaction) => {
      transaction.later({
        text: 'UPDATE plinth.member SET name = $3, locale = $4 WHERE tenant_id = $1 AND id = $2',
        values: [tenantId, member.id, after.name, after.locale],
      })
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'profile.changed',
          subjectType: 'platform.member',
          subjectId: member.id,
          before: part(member),
          after: part(after),
        }),
      )
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  /** The member as the one who acts, as of now; undefined when there is no such active member. For work that goes on without them. */
  async actingAs(tenantId: string, id: string): Promise<Identity | undefined> {
    const [row] = await this.#database.query<MemberRow & { roles: string[]; passed_on: unknown }>(
      { tenantId },
      {
        text: `SELECT m.id, m.name, m.email, m.locale, m.roles, m.status, ${passedOnColumn('m')} AS passed_on FROM plinth.member m
             WHERE m.id = $1::uuid AND m.status = 'active'`,
        values: [id],
      },
    )
    if (!row) return undefined
    return {
      tenantId,
      actor: { kind: 'member', id: row.id, name: row.name },
      member: { id: row.id, name: row.name, email: row.email, locale: row.locale },
      roles: row.roles,
      ...readPassedOn(row.passed_on),
      permissions: [],
      expiresAt: undefined,
    }
  }

  /** Names of members by id, active or not. */
  async names(tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.#database.query<{ id: string; name: string }>(
      { tenantId },
      { text: 'SELECT id, name FROM plinth.member WHERE id = ANY($1::uuid[])', values: [ids] },
    )
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  /** Active members as id and name, for choosing one. */
  async list(
    tenantId: string,
    { search = '', id }: { readonly search?: string; readonly id?: string | undefined },
  ): Promise<{ id: string; label: string; email: string }[]> {
    return this.#database.query(
      { tenantId },
      {
        text: `SELECT id, name AS label, email FROM plinth.member WHERE status = 'active' AND name ILIKE $1 AND ($2::uuid IS NULL OR id = $2::uuid) ORDER BY name COLLATE "und-x-icu", id LIMIT 50`,
        values: [`%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`, id ?? null],
      },
    )
  }
}

/** How an address is stored and looked for: nobody has two that differ in case. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase()
}
