import { newId, storeEntries, type Entry, type Transaction } from '../data/index.ts'
import {
  assignMapped,
  assignProvisioned,
  lockMapped,
  provisionedSource,
  rolesMapped,
  takesIn,
  tellOnboarded,
  vouchesFor,
} from '../sign-on/index.ts'
import { admitMember, memberLockKey } from '../entitlements/index.ts'
import { compileFilter, type FilterColumns } from './compile-filter.ts'
import { compileSort } from './compile-sort.ts'
import type { Page, PageQuery } from './page.ts'
import { applyPatch } from './patch.ts'
import { carryOut, requireSeen, taken, type ScimNeeds, type ScimOrder } from './scim-order.ts'
import { unknownResource } from './scim-error.ts'
import {
  foreignAddress,
  forgetUser,
  INSERT_USER,
  STORED,
  storedValues,
  storeUser,
  type Standing,
} from './user-changes.ts'
import {
  nameOf,
  readUser,
  USER_ATTRIBUTES,
  userCore,
  userVersion,
  type UserInput,
  type UserRow,
} from './user-resource.ts'

const ROW = `u.member_id AS id, u.user_name AS "userName", u.external_id AS "externalId", u.email, u.display_name AS "displayName", u.formatted,
  u.given_name AS "givenName", u.family_name AS "familyName", m.status = 'active' AS active, u.version, u.created_at AS "createdAt",
  u.updated_at AS "updatedAt", coalesce((SELECT jsonb_agg(jsonb_build_object('value', g.id, 'display', g.display_name) ORDER BY g.id)
    FROM plinth.scim_membership s JOIN plinth.scim_group g ON g.tenant_id = s.tenant_id AND g.id = s.group_id AND g.provider_id = u.provider_id
    WHERE s.tenant_id = u.tenant_id AND s.member_id = u.member_id), '[]') AS groups`

const FROM = 'plinth.scim_user u JOIN plinth.member m ON m.tenant_id = u.tenant_id AND m.id = u.member_id'
const MINE = 'u.tenant_id = $1 AND u.provider_id = $2::uuid AND NOT u.deleted'
/** What users can be filtered by. */
const FILTERS: FilterColumns = {
  columns: {
    id: { sql: 'u.member_id::text', type: 'key' },
    username: { sql: 'u.user_key', type: 'key' },
    externalid: { sql: 'u.external_id', type: 'exact' },
    displayname: { sql: 'u.display_name', type: 'folded' },
    active: { sql: `(m.status = 'active')`, type: 'flag' },
    'name.formatted': { sql: 'u.formatted', type: 'folded' },
    'name.givenname': { sql: 'u.given_name', type: 'folded' },
    'name.familyname': { sql: 'u.family_name', type: 'folded' },
    'emails.value': { sql: 'u.email', type: 'key' },
    'emails.type': { sql: `'work'::text`, type: 'key' },
    'emails.primary': { sql: 'true', type: 'flag' },
    'meta.created': { sql: 'u.created_at', type: 'time' },
    'meta.lastmodified': { sql: 'u.updated_at', type: 'time' },
    'groups.value': { sql: 'g.id::text', type: 'key' },
    'groups.display': { sql: 'g.display_name', type: 'folded' },
  },
  lists: {
    groups: (condition) =>
      `EXISTS (SELECT FROM plinth.scim_membership s JOIN plinth.scim_group g ON g.tenant_id = s.tenant_id AND g.id = s.group_id
        AND g.provider_id = u.provider_id WHERE s.tenant_id = u.tenant_id AND s.member_id = u.member_id AND ${condition})`,
  },
}

/** The members a provider keeps in step. It sees and changes no others. */
export class ScimUsers {
  readonly #needs: ScimNeeds

  constructor({ database, bus }: ScimNeeds) {
    this.#needs = { database, bus }
  }

  async list(
    tenantId: string,
    provider: string,
    { filter, sort, startIndex, count }: PageQuery,
  ): Promise<Page<UserRow>> {
    const values: unknown[] = [tenantId, provider, startIndex - 1, count]
    const condition = filter ? compileFilter(filter, FILTERS, (value) => `$${values.push(value)}`) : 'true'
    const [row] = await this.#needs.database.query<{ total: number; items: UserRow[] }>(
      { tenantId },
      {
        text: `WITH f AS (SELECT u.member_id FROM ${FROM} WHERE ${MINE} AND ${condition})
          SELECT (SELECT count(*)::int FROM f) AS total, coalesce((SELECT json_agg(p) FROM (SELECT ${ROW} FROM ${FROM}
            WHERE ${MINE} AND u.member_id IN (SELECT member_id FROM f) ORDER BY ${compileSort(sort, FILTERS)}u.member_id OFFSET $3 LIMIT $4) p), '[]') AS items`,
        values,
      },
    )
    return row!
  }

  /** @throws ScimError 404 */
  async get(tenantId: string, provider: string, id: string): Promise<UserRow> {
    const [row] = await this.#needs.database.query<UserRow & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${ROW} FROM ${FROM} WHERE ${MINE} AND u.member_id = $3::uuid`,
        values: [tenantId, provider, id],
      },
    )
    if (!row) throw unknownResource()
    return row
  }

  /**
   * Makes somebody a member, or keeps a member in step from now on for whose address the provider vouches.
   *
   * @throws ScimError `uniqueness` | `invalidValue`
   */
  async create(order: ScimOrder, input: UserInput): Promise<UserRow> {
    const { tenantId, provider } = order
    if (!takesIn(provider, input.email)) throw foreignAddress()
    const row = await carryOut(this.#needs, order, async (transaction) => {
      lockMapped(transaction, tenantId, [memberLockKey(tenantId)])
      const rows = await transaction.run<Standing & { known: boolean; deleted: boolean }>({
        text: `SELECT m.id, u.member_id IS NOT NULL AS known, coalesce(u.deleted, false) AS deleted, coalesce(u.adopted, true) AS adopted,
            coalesce(u.suspended, false) AS suspended, m.roles, m.status, m.name AS "memberName", m.email AS "memberEmail"
          FROM plinth.member m LEFT JOIN plinth.scim_user u ON u.tenant_id = m.tenant_id AND u.member_id = m.id AND u.provider_id = $2::uuid
          WHERE m.tenant_id = $1 AND (m.email = $3 OR u.user_key = $4) ORDER BY m.id FOR NO KEY UPDATE OF m`,
        values: [tenantId, provider.id, input.email, input.userName.toLowerCase()],
      })
      const [before, ...others] = rows
      if (!before) return { answer: await takeIn(transaction, order, input), isFelt: false }
      const isOurs = before.known ? before.deleted : vouchesFor(provider, input.email)
      if (others.length > 0 || !isOurs) throw taken()
      return { answer: await adopt(transaction, order, before, input), isFelt: true }
    })
    if (order.consumers.length > 0) this.#needs.bus.knock(tenantId)
    return row
  }

  /** @throws ScimError 404 | 409 | 412 | `uniqueness` | `invalidValue` */
  async replace(order: ScimOrder, id: string, input: UserInput): Promise<UserRow> {
    return this.#change(order, id, () => input)
  }

  /** @throws ScimError as replacing, and for messages that are not understood */
  async patch(order: ScimOrder, id: string, message: Readonly<Record<string, unknown>>): Promise<UserRow> {
    return this.#change(order, id, (before) =>
      readUser(applyPatch(userCore(before), message, USER_ATTRIBUTES)),
    )
  }

  /**
   * Takes somebody away: their access ends at once, what they have done stays under their name.
   *
   * @throws ScimError 404 | 409 for the last administrator | 412
   */
  async remove(order: ScimOrder, id: string): Promise<void> {
    const { tenantId, provider, origin } = order
    await carryOut(this.#needs, order, async (transaction) => {
      lockMapped(transaction, tenantId)
      const before = await lockUser(transaction, order, id)
      const entries = await forgetUser(transaction, order, before)
      const changes = await assignMapped(transaction, tenantId, {
        provider: provider.id,
        source: provisionedSource(provider.id),
        members: [id],
        rolesOf: () => [],
      })
      entries.push(released(order, id), ...changes.map((change) => rolesMapped(change, provider.id)))
      transaction.later(storeEntries(tenantId, origin, entries)!)
      return { answer: undefined, isFelt: true }
    })
  }

  async #change(order: ScimOrder, id: string, next: (before: UserRow) => UserInput): Promise<UserRow> {
    return carryOut(this.#needs, order, async (transaction) => {
      lockMapped(transaction, order.tenantId, [memberLockKey(order.tenantId)])
      const { adopted, suspended, roles, status, memberName, memberEmail, ...before } = await lockUser(
        transaction,
        order,
        id,
      )
      const input = next(before)
      const core = userCore({ ...before, ...input, active: input.active ?? before.active })
      if (JSON.stringify(core) === JSON.stringify(userCore(before))) return { answer: before, isFelt: false }
      const standing = { id, adopted, suspended, roles, status, memberName, memberEmail }
      const { isActive, entries, ...stored } = await storeUser(transaction, order, standing, input)
      const entry = storeEntries(order.tenantId, order.origin, entries)
      if (entry) transaction.later(entry)
      return { answer: { ...before, ...input, ...stored, active: isActive }, isFelt: entries.length > 0 }
    })
  }
}

async function lockUser(transaction: Transaction, order: ScimOrder, id: string): Promise<UserRow & Standing> {
  const [row] = await transaction.run<UserRow & Standing>({
    text: `SELECT ${ROW}, u.adopted, u.suspended, m.roles, m.status, m.name AS "memberName", m.email AS "memberEmail"
      FROM ${FROM} WHERE ${MINE} AND u.member_id = $3::uuid FOR NO KEY UPDATE OF u, m`,
    values: [order.tenantId, order.provider.id, id],
  })
  if (!row) throw unknownResource()
  requireSeen(order, userVersion(row))
  return row
}

/** Makes somebody a member. */
async function takeIn(transaction: Transaction, order: ScimOrder, input: UserInput): Promise<UserRow> {
  const { tenantId, provider, origin, consumers } = order
  const id = newId()
  const name = nameOf(input)
  const active = input.active !== false
  if (active) await admitMember(transaction, tenantId, input.email, true)
  const [stored] = await transaction.run<Pick<UserRow, 'version' | 'createdAt' | 'updatedAt'>>({
    // Whoever is in no group has the roles of everyone, as the provider's settings have them by now.
    text: `WITH p AS (SELECT ARRAY(SELECT jsonb_array_elements_text(settings -> 'defaultRoles')) AS roles FROM plinth.sign_on_provider
        WHERE tenant_id = $1 AND id = $2::uuid),
      m AS (INSERT INTO plinth.member (tenant_id, id, email, name, roles, status) SELECT $1, $3::uuid, $7, $14, p.roles, $15 FROM p),
      r AS (INSERT INTO plinth.mapped_role (tenant_id, member_id, source, roles) SELECT $1, $3::uuid, $16, p.roles FROM p)
      ${INSERT_USER} RETURNING ${STORED}`,
    values: [
      ...storedValues(order, { id, adopted: false, suspended: !active }, input),
      name,
      active ? 'active' : 'inactive',
      provisionedSource(provider.id),
    ],
  })
  const { givenName, familyName, email } = input
  const newcomer = { id, email, name, givenName, familyName }
  tellOnboarded(transaction, tenantId, newcomer, { provider: provider.id, origin, consumers })
  return { ...input, ...stored!, id, active, groups: [] }
}

/** Keeps somebody in step who is a member already, or was kept before. */
async function adopt(
  transaction: Transaction,
  order: ScimOrder,
  before: Standing,
  input: UserInput,
): Promise<UserRow> {
  const { tenantId, provider, origin } = order
  const wanted = { ...input, active: input.active ?? true }
  const { isActive, entries, ...stored } = await storeUser(transaction, order, before, wanted)
  const changes = await assignProvisioned(transaction, tenantId, provider, [before.id])
  const all: Entry[] = [
    {
      action: 'member.adopted',
      subjectType: 'platform.member',
      subjectId: before.id,
      after: { provider: provider.id, userName: input.userName },
    },
    ...entries,
    ...changes.map((change) => rolesMapped(change, provider.id)),
  ]
  transaction.later(storeEntries(tenantId, origin, all)!)
  return { ...input, ...stored, id: before.id, active: isActive, groups: [] }
}

function released({ provider }: ScimOrder, id: string): Entry {
  return {
    action: 'member.released',
    subjectType: 'platform.member',
    subjectId: id,
    before: { provider: provider.id },
  }
}
