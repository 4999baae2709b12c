import { newId, storeEntries, type Entry, type Transaction } from '../data/index.ts'
import { assignProvisioned, lockMapped, rolesMapped } from '../sign-on/index.ts'
import { compileFilter, type FilterColumns } from './compile-filter.ts'
import { compileSort } from './compile-sort.ts'
import {
  GROUP_ATTRIBUTES,
  groupCore,
  groupVersion,
  readGroup,
  type GroupInput,
  type GroupRow,
} from './group-resource.ts'
import type { Page, PageQuery } from './page.ts'
import { applyPatch } from './patch.ts'
import { ScimError, unknownResource } from './scim-error.ts'
import { carryOut, requireSeen, type ScimNeeds, type ScimOrder } from './scim-order.ts'

const ROW = `g.id, g.display_name AS "displayName", g.external_id AS "externalId", g.version, g.created_at AS "createdAt", g.updated_at AS "updatedAt"`
const MEMBERS = `coalesce((SELECT jsonb_agg(jsonb_build_object('value', s.member_id, 'display', m.name) ORDER BY s.member_id)
  FROM plinth.scim_membership s JOIN plinth.member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
  WHERE s.tenant_id = g.tenant_id AND s.group_id = g.id), '[]') AS members`
const MINE = 'g.tenant_id = $1 AND g.provider_id = $2::uuid'

/** What groups can be filtered by. */
const FILTERS: FilterColumns = {
  columns: {
    id: { sql: 'g.id::text', type: 'key' },
    displayname: { sql: 'g.group_key', type: 'key' },
    externalid: { sql: 'g.external_id', type: 'exact' },
    'members.value': { sql: 's.member_id::text', type: 'key' },
    'meta.created': { sql: 'g.created_at', type: 'time' },
    'meta.lastmodified': { sql: 'g.updated_at', type: 'time' },
  },
  lists: {
    members: (condition) =>
      `EXISTS (SELECT FROM plinth.scim_membership s WHERE s.tenant_id = g.tenant_id AND s.group_id = g.id AND ${condition})`,
  },
}

/** The groups a provider keeps in step. What follows from them is said by its mapping, and by nothing else. */
export class ScimGroups {
  readonly #needs: ScimNeeds

  constructor({ database, bus }: ScimNeeds) {
    this.#needs = { database, bus }
  }

  /** @param withMembers without them, groups of thousands cost nothing */
  async list(
    tenantId: string,
    provider: string,
    { filter, sort, startIndex, count }: PageQuery,
    withMembers: boolean,
  ): Promise<Page<GroupRow>> {
    const values: unknown[] = [tenantId, provider, startIndex - 1, count]
    const condition = filter ? compileFilter(filter, FILTERS, (value) => `$${values.push(value)}`) : 'true'
    const [row] = await this.#needs.database.query<{ total: number; items: GroupRow[] }>(
      { tenantId },
      {
        text: `WITH f AS (SELECT g.id FROM plinth.scim_group g WHERE ${MINE} AND ${condition})
          SELECT (SELECT count(*)::int FROM f) AS total, coalesce((SELECT json_agg(p) FROM (SELECT ${ROW}, ${membersIf(withMembers)}
            FROM plinth.scim_group g WHERE ${MINE} AND g.id IN (SELECT id FROM f) ORDER BY ${compileSort(sort, FILTERS)}g.id OFFSET $3 LIMIT $4) p), '[]') AS items`,
        values,
      },
    )
    return row!
  }

  /** @throws ScimError 404 */
  async get(tenantId: string, provider: string, id: string, withMembers = true): Promise<GroupRow> {
    const [row] = await this.#needs.database.query<GroupRow & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${ROW}, ${membersIf(withMembers)} FROM plinth.scim_group g WHERE ${MINE} AND g.id = $3::uuid`,
        values: [tenantId, provider, id],
      },
    )
    if (!row) throw unknownResource()
    return row
  }

  /** @throws ScimError `uniqueness` | `invalidValue` where a member is no user of this provider */
  async create(order: ScimOrder, { displayName, externalId, members }: GroupInput): Promise<GroupRow> {
    const { tenantId, provider } = order
    const id = newId()
    return carryOut(this.#needs, order, async (transaction) => {
      lockMapped(transaction, tenantId)
      const [stored] = await transaction.run<Stored>({
        text: `WITH g AS (INSERT INTO plinth.scim_group (tenant_id, id, provider_id, display_name, group_key, external_id)
            VALUES ($1, $3::uuid, $2::uuid, $4, $5, $6) RETURNING version, created_at, updated_at), ${JOIN}`,
        values: [tenantId, provider.id, id, displayName, displayName.toLowerCase(), externalId, members],
      })
      const { joined, ...rest } = stored!
      requireAll(joined, members)
      const entry = { ...entryOf('created', id), after: { displayName, provider: provider.id, members } }
      const isFelt = await settle(transaction, order, members, entry)
      return { answer: { id, displayName, externalId, members: joined, ...rest }, isFelt }
    })
  }

  /** @throws ScimError 404 | 412 | `uniqueness` | `invalidValue` */
  async replace(order: ScimOrder, id: string, input: GroupInput): Promise<GroupRow> {
    return this.#change(order, id, () => input)
  }

  /** @throws ScimError as replacing, and for messages that are not understood */
  async patch(order: ScimOrder, id: string, message: Readonly<Record<string, unknown>>): Promise<GroupRow> {
    return this.#change(order, id, (before) =>
      readGroup(applyPatch(groupCore(before), message, GROUP_ATTRIBUTES)),
    )
  }

  /** Takes a group away, and from its members the roles that followed from it. @throws ScimError 404 | 412 */
  async remove(order: ScimOrder, id: string): Promise<void> {
    await carryOut(this.#needs, order, async (transaction) => {
      lockMapped(transaction, order.tenantId)
      const before = await lockGroup(transaction, order, id)
      transaction.later({
        text: 'DELETE FROM plinth.scim_group WHERE tenant_id = $1 AND id = $2::uuid',
        values: [order.tenantId, id],
      })
      const entry = { ...entryOf('deleted', id), before: { displayName: before.displayName } }
      return { answer: undefined, isFelt: await settle(transaction, order, idsOf(before), entry) }
    })
  }

  async #change(order: ScimOrder, id: string, next: (before: GroupRow) => GroupInput): Promise<GroupRow> {
    const { tenantId, provider } = order
    return carryOut(this.#needs, order, async (transaction) => {
      lockMapped(transaction, tenantId)
      const before = await lockGroup(transaction, order, id)
      const { displayName, externalId, members } = next(before)
      const [was, are] = [new Set(idsOf(before)), new Set(members)]
      const added = members.filter((each) => !was.has(each))
      const removed = [...was].filter((each) => !are.has(each))
      const isRenamed = displayName !== before.displayName || externalId !== before.externalId
      if (!isRenamed && added.length === 0 && removed.length === 0) return { answer: before, isFelt: false }
      const [stored] = await transaction.run<Stored>({
        text: `WITH g AS (UPDATE plinth.scim_group SET display_name = $4, group_key = $5, external_id = $6, version = version + 1, updated_at = now()
            WHERE tenant_id = $1 AND id = $3::uuid RETURNING version, created_at, updated_at),
          d AS (DELETE FROM plinth.scim_membership WHERE tenant_id = $1 AND group_id = $3::uuid AND member_id = ANY($8::uuid[])), ${JOIN}`,
        values: [
          tenantId,
          provider.id,
          id,
          displayName,
          displayName.toLowerCase(),
          externalId,
          added,
          removed,
        ],
      })
      const { joined, ...rest } = stored!
      requireAll(joined, added)
      const entry = {
        ...entryOf('changed', id),
        before: { displayName: before.displayName },
        after: { displayName, added, removed },
      }
      const touched = isRenamed ? [...new Set([...was, ...are])] : [...added, ...removed]
      const isFelt = await settle(transaction, order, touched, entry)
      const staying = before.members!.filter(({ value }) => are.has(value))
      const answer = { id, displayName, externalId, members: [...staying, ...joined], ...rest }
      return { answer, isFelt }
    })
  }
}

/** Only users of the provider itself become members of its groups. */
const JOIN = `s AS (INSERT INTO plinth.scim_membership (tenant_id, group_id, member_id)
    SELECT $1::uuid, $3::uuid, member_id FROM plinth.scim_user
    WHERE tenant_id = $1::uuid AND provider_id = $2::uuid AND NOT deleted AND member_id = ANY($7::uuid[]) RETURNING member_id)
  SELECT g.version, g.created_at AS "createdAt", g.updated_at AS "updatedAt", coalesce((SELECT
      jsonb_agg(jsonb_build_object('value', s.member_id, 'display', m.name) ORDER BY s.member_id)
    FROM s JOIN plinth.member m ON m.tenant_id = $1::uuid AND m.id = s.member_id), '[]') AS joined FROM g`

interface Stored extends Pick<GroupRow, 'version' | 'createdAt' | 'updatedAt'> {
  readonly joined: NonNullable<GroupRow['members']>
}

async function lockGroup(transaction: Transaction, order: ScimOrder, id: string): Promise<GroupRow> {
  const [row] = await transaction.run<GroupRow>({
    text: `SELECT ${ROW}, ${MEMBERS} FROM plinth.scim_group g WHERE ${MINE} AND g.id = $3::uuid FOR NO KEY UPDATE OF g`,
    values: [order.tenantId, order.provider.id, id],
  })
  if (!row) throw unknownResource()
  requireSeen(order, groupVersion(row))
  return row
}

/** Gives members the roles that follow by now, and notes what has happened. Whether any roles have changed. */
async function settle(
  transaction: Transaction,
  { tenantId, provider, origin }: ScimOrder,
  members: readonly string[],
  entry: Entry,
): Promise<boolean> {
  const changes = await assignProvisioned(transaction, tenantId, provider, members)
  const entries = [entry, ...changes.map((change) => rolesMapped(change, provider.id))]
  transaction.later(storeEntries(tenantId, origin, entries)!)
  return changes.length > 0
}

/** @throws ScimError `invalidValue` */
function requireAll(joined: Stored['joined'], wanted: readonly string[]): void {
  const there = new Set(joined.map(({ value }) => value))
  const missing = wanted.find((id) => !there.has(id))
  if (missing !== undefined)
    throw new ScimError(400, 'invalidValue', `There is no user ${missing} that could be a member.`)
}

function idsOf({ members }: GroupRow): string[] {
  return (members ?? []).map(({ value }) => value)
}

function membersIf(wanted: boolean): string {
  return wanted ? MEMBERS : 'NULL::jsonb AS members'
}

function entryOf(verb: string, id: string) {
  return { action: `group.${verb}`, subjectType: 'platform.group', subjectId: id }
}
