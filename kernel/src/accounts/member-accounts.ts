import type { Text } from '@plinth/sdk'
import { storeEntry, type Bus, type Database, type Origin, type Transaction } from '../data/index.ts'
import { admitMember, lockMembers } from '../entitlements/index.ts'
import { Failure } from '../errors.ts'
import { checkReach, checkRoles, withCommonRole, type Giver } from './role-giving.ts'

export interface MemberAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly status: 'active' | 'inactive'
  readonly roles: readonly string[]
  readonly locale: string | null
  readonly createdAt: string
  readonly lastSignInAt: string | null
}

export interface MemberSearch {
  readonly q: string
  readonly status?: 'active' | 'inactive' | undefined
  /** Name and id of the last one of the page before. */
  readonly after?: readonly [string, string] | undefined
  readonly limit: number
}

export interface MemberChange {
  readonly name?: string
  readonly roles?: readonly string[]
  readonly status?: 'active' | 'inactive'
}

const COLUMNS =
  'id, name, email, status, roles, locale, created_at AS "createdAt", last_sign_in_at AS "lastSignInAt"'

/** The members of a workspace as those see them who manage them. */
export class MemberAccounts {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** A page of members by name, and one more when there is a further page. */
  async list(tenantId: string, { q, status, after, limit }: MemberSearch): Promise<MemberAccount[]> {
    return this.#database.query<MemberAccount & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS} FROM plinth.member WHERE tenant_id = $1 AND (name ILIKE $2 OR email ILIKE $2)
            AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR (name COLLATE "und-x-icu", id) > ($4 COLLATE "und-x-icu", $5::uuid))
          ORDER BY name COLLATE "und-x-icu", id LIMIT $6`,
        values: [
          tenantId,
          `%${q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`,
          status ?? null,
          after?.[0] ?? null,
          after?.[1] ?? null,
          limit + 1,
        ],
      },
    )
  }

  /** How the workspace calls its own roles. */
  async roleLabels(tenantId: string): Promise<ReadonlyMap<string, Text>> {
    const rows = await this.#database.query<{ id: string; label: Text }>(
      { tenantId },
      { text: 'SELECT id, label FROM plinth.role WHERE tenant_id = $1', values: [tenantId] },
    )
    return new Map(rows.map(({ id, label }) => [id, label]))
  }

  /** @throws Failure `not_found` */
  async get(tenantId: string, id: string): Promise<MemberAccount> {
    const [row] = await this.#database.query<MemberAccount & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${COLUMNS} FROM plinth.member WHERE tenant_id = $1 AND id = $2::uuid`,
        values: [tenantId, id],
      },
    )
    if (!row) throw new Failure('not_found')
    return row
  }

  /**
   * Changes name, roles or status of a member. Acts on every node with the next request; who is deactivated has no session any more, lets
   * no program in, and no invitation they have written is good.
   *
   * @throws Failure `not_found` | `own_account` for own roles or status | `last_admin` | `permission_missing` where the member or a role
   * holds more than the giver | `validation_failed` | `limit_exceeded`
   */
  async change(
    tenantId: string,
    id: string,
    change: MemberChange,
    giver: Giver,
    origin: Origin,
  ): Promise<MemberAccount> {
    const changed = await this.#database.transaction({ tenantId }, async (transaction) => {
      if (change.status === 'active') lockMembers(transaction, tenantId)
      // Administrators are locked with the member, so that two who unseat each other at the same time are looked at one by one.
      const rows = await transaction.run<MemberAccount & Record<string, unknown>>({
        text: `SELECT ${COLUMNS} FROM plinth.member WHERE tenant_id = $1 AND (id = $2::uuid OR 'admin' = ANY(roles)) ORDER BY id FOR UPDATE`,
        values: [tenantId, id],
      })
      const before = rows.find((row) => row.id === id)
      if (!before) throw new Failure('not_found')
      const after = {
        name: change.name ?? before.name,
        roles: change.roles ? withCommonRole(change.roles) : before.roles,
        status: change.status ?? before.status,
      }
      checkChange(before, after, giver)
      const isLast = (row: MemberAccount) =>
        row.id !== id && row.status === 'active' && row.roles.includes('admin')
      const wasAdmin = before.status === 'active' && before.roles.includes('admin')
      if (wasAdmin && !(after.status === 'active' && after.roles.includes('admin')) && !rows.some(isLast))
        throw new Failure('last_admin')
      if (before.status === 'inactive' && after.status === 'active')
        await admitMember(transaction, tenantId, before.email, true)
      const [stored] = await transaction.run<MemberAccount & Record<string, unknown>>({
        text: `UPDATE plinth.member SET name = $3, roles = $4, status = $5 WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
        values: [tenantId, id, after.name, after.roles, after.status],
      })
      if (before.status === 'active' && after.status === 'inactive') shut(transaction, tenantId, id)
      // From here on it was a person who has ended access, or given it: no provider gives back what it did not end.
      if (before.status !== after.status)
        transaction.later({
          text: 'UPDATE plinth.scim_user SET suspended = false WHERE tenant_id = $1 AND member_id = $2 AND suspended',
          values: [tenantId, id],
        })
      for (const entry of entriesOf(before, after)) transaction.later(storeEntry(tenantId, origin, entry))
      return stored!
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
    return changed
  }
}

type Changeable = Pick<MemberAccount, 'name' | 'roles' | 'status'>

function checkChange(before: MemberAccount, after: Changeable, giver: Giver): void {
  const rolesChange = !sameRoles(before.roles, after.roles)
  if (before.id === giver.memberId && (rolesChange || before.status !== after.status))
    throw new Failure('own_account')
  if (before.id !== giver.memberId) checkReach(giver, before.roles)
  if (rolesChange)
    checkRoles(
      giver,
      after.roles.filter((role) => !before.roles.includes(role)),
    )
}

function shut(transaction: Transaction, tenantId: string, id: string): void {
  transaction.later({
    text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $2',
    values: [tenantId, id],
  })
  // Else a program they had let in would be back with them.
  transaction.later({
    text: 'DELETE FROM plinth.oauth_grant WHERE tenant_id = $1 AND member_id = $2',
    values: [tenantId, id],
  })
  transaction.later({
    text: 'DELETE FROM plinth.account_link WHERE tenant_id = $1 AND $2 IN (member_id, made_by)',
    values: [tenantId, id],
  })
  transaction.later({
    text: 'DELETE FROM plinth.invitation WHERE tenant_id = $1 AND created_by = $2',
    values: [tenantId, id],
  })
  transaction.later({
    text: 'UPDATE plinth.delegation SET ended_at = now() WHERE tenant_id = $1 AND $2 IN (giver_id, receiver_id) AND ended_at IS NULL AND ends_at > now()',
    values: [tenantId, id],
  })
}

function* entriesOf(before: MemberAccount, after: Changeable) {
  const subject = { subjectType: 'platform.member', subjectId: before.id } as const
  if (before.status !== after.status)
    yield { ...subject, action: after.status === 'active' ? 'member.reactivated' : 'member.deactivated' }
  const roles = !sameRoles(before.roles, after.roles)
  const name = before.name !== after.name
  if (!roles && !name) return
  const part = ({ name: called, roles: held }: Changeable) => ({
    ...(name ? { name: called } : {}),
    ...(roles ? { roles: held } : {}),
  })
  yield { ...subject, action: 'member.changed', before: part(before), after: part(after) }
}

function sameRoles(left: readonly string[], right: readonly string[]): boolean {
  return left.toSorted().join() === right.toSorted().join()
}
