import type { Entry, Transaction } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Provider } from './provider.ts'

const ADMIN = 'admin'

interface Held {
  readonly id: string
  readonly roles: readonly string[]
  readonly status: string
  readonly mapped: readonly { readonly source: string; readonly roles: readonly string[] }[]
  /** Groups the provider has put them into by SCIM, by name and by what else it calls them. */
  readonly groups: readonly string[]
  /** Of the provider, as they are by now; null where it is no more. */
  readonly settings: Provider['settings'] | null
}

/** What roles follow from. */
interface Grounds {
  /** Groups the provider has put the member into by SCIM. */
  readonly groups: readonly string[]
  /** What the source has given so far. */
  readonly given: readonly string[]
  /** Of the provider, read after waiting for others: what who asks knows of them may be out of date by now. */
  readonly settings: Provider['settings']
}

/** Roles of a member before and after. */
export interface RoleChange {
  readonly memberId: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

export interface Assignment {
  readonly provider: string
  /** Id of the provider, with a suffix where it says in several ways what people are. */
  readonly source: string
  readonly members: readonly string[]
  readonly rolesOf: (grounds: Grounds) => readonly string[]
}

/**
 * Lets what changes mapped roles of a tenant go one after the other. To be called first, before anything is read: what members have by
 * other sources must not change meanwhile.
 *
 * @param further keys of other locks that are taken then
 */
export function lockMapped(
  transaction: Transaction,
  tenantId: string,
  further: readonly string[] = [],
): void {
  transaction.later({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest($1::text[]) key',
    values: [[`${tenantId} mapped roles`, ...further]],
  })
}

/**
 * Gives members the roles that follow from what a source says, in place of those it said before. Roles given by hand stay, as those of
 * other sources do. The last administrator stays one. Answers those whose roles have changed.
 *
 * @throws Failure `not_found` where the provider is no more
 */
export async function assignMapped(
  transaction: Transaction,
  tenantId: string,
  { provider, source, members, rolesOf }: Assignment,
): Promise<RoleChange[]> {
  if (members.length === 0) return []
  const held = await transaction.run<Held>({
    text: `SELECT m.id, m.roles, m.status,
        coalesce((SELECT jsonb_agg(jsonb_build_object('source', r.source, 'roles', r.roles)) FROM plinth.mapped_role r
          WHERE r.tenant_id = m.tenant_id AND r.member_id = m.id), '[]') AS mapped,
        ARRAY(SELECT unnest(ARRAY[g.display_name, g.external_id]) FROM plinth.scim_membership s
          JOIN plinth.scim_group g ON g.tenant_id = s.tenant_id AND g.id = s.group_id AND g.provider_id = $3::uuid
          WHERE s.tenant_id = m.tenant_id AND s.member_id = m.id) AS groups,
        (SELECT p.settings FROM plinth.sign_on_provider p WHERE p.tenant_id = m.tenant_id AND p.id = $3::uuid) AS settings
      FROM plinth.member m WHERE m.tenant_id = $1 AND m.id = ANY($2::uuid[]) ORDER BY m.id FOR NO KEY UPDATE OF m`,
    values: [tenantId, members, provider],
  })
  const plans = held.map((each) => {
    const { settings } = each
    if (!settings) throw new Failure('not_found')
    const groups = each.groups.filter((group) => group !== null)
    const given = each.mapped.filter((from) => from.source === source).flatMap(({ roles }) => roles)
    return planFor(each, source, rolesOf({ groups, given, settings }))
  })
  await keepAnAdministrator(transaction, tenantId, plans)
  transaction.later({
    text: `WITH x AS (SELECT * FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, given text[], after text[])),
        w AS (INSERT INTO plinth.mapped_role (tenant_id, member_id, source, roles) SELECT $1::uuid, x.id, $2::text, x.given FROM x
          ON CONFLICT (tenant_id, member_id, source) DO UPDATE SET roles = excluded.roles)
      UPDATE plinth.member m SET roles = x.after FROM x WHERE m.tenant_id = $1 AND m.id = x.id AND m.roles <> x.after`,
    values: [tenantId, source, JSON.stringify(plans.map(({ id, given, after }) => ({ id, given, after })))],
  })
  return plans
    .filter(({ before, after }) => !sameRoles(before, after))
    .map(({ id, before, after }) => ({ memberId: id, before, after }))
}

/** Takes from all members what followed from a source that is no more. The last administrator stays one. */
export async function dropSource(
  transaction: Transaction,
  tenantId: string,
  { provider, source }: Pick<Assignment, 'provider' | 'source'>,
): Promise<RoleChange[]> {
  const rows = await transaction.run<{ id: string }>({
    text: 'SELECT member_id AS id FROM plinth.mapped_role WHERE tenant_id = $1 AND source = $2',
    values: [tenantId, source],
  })
  const members = rows.map(({ id }) => id)
  const changes = await assignMapped(transaction, tenantId, { provider, source, members, rolesOf: () => [] })
  transaction.later({
    text: 'DELETE FROM plinth.mapped_role WHERE tenant_id = $1 AND source = $2',
    values: [tenantId, source],
  })
  return changes
}

/** What the audit log says of it. */
export function rolesMapped({ memberId, before, after }: RoleChange, provider: string): Entry {
  return {
    action: 'member.rolesMapped',
    subjectType: 'platform.member',
    subjectId: memberId,
    before: { roles: before },
    after: { roles: after, provider },
  }
}

interface Plan {
  readonly id: string
  readonly before: readonly string[]
  /** What the source gives, and nobody by hand. */
  readonly given: readonly string[]
  after: readonly string[]
  readonly isActive: boolean
}

function planFor(
  { id, roles: before, status, mapped }: Held,
  source: string,
  roles: readonly string[],
): Plan {
  const others = mapped.filter((each) => each.source !== source).flatMap((each) => each.roles)
  const fromSources = new Set(mapped.flatMap((each) => each.roles))
  const byHand = before.filter((role) => !fromSources.has(role))
  const given = roles.filter((role) => !byHand.includes(role))
  const after = [...new Set([...byHand, ...others, ...given])]
  return {
    id,
    before,
    given,
    after: sameRoles(before, after) ? before : after,
    isActive: status === 'active',
  }
}

/** Where nobody would be left, the last one of those who would go stays. All are locked, so that two cannot go at once. */
async function keepAnAdministrator(
  transaction: Transaction,
  tenantId: string,
  plans: readonly Plan[],
): Promise<void> {
  const going = plans.filter(
    ({ before, after, isActive }) => isActive && before.includes(ADMIN) && !after.includes(ADMIN),
  )
  const last = going.at(-1)
  if (!last) return
  const rows = await transaction.run<{ id: string }>({
    text: `SELECT id FROM plinth.member WHERE tenant_id = $1 AND status = 'active' AND 'admin' = ANY(roles) ORDER BY id FOR NO KEY UPDATE`,
    values: [tenantId],
  })
  const leaving = new Set(going.map(({ id }) => id))
  const isComing = plans.some(({ after, isActive }) => isActive && after.includes(ADMIN))
  if (!isComing && rows.every(({ id }) => leaving.has(id))) last.after = [...last.after, ADMIN]
}

function sameRoles(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((role) => right.includes(role))
}
