import type { Transaction } from '../data/index.ts'

const ADMIN = 'admin'

interface Held {
  readonly roles: string[]
  readonly mapped: { readonly source: string; readonly roles: readonly string[] }[]
}

/** Roles of a member before and after. */
export interface RoleChange {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/**
 * Gives a member the roles that follow from what a source says, in place of those it said before. Roles given by hand stay, as those of
 * other sources do. The last administrator stays one.
 *
 * @param source id of a provider, with a suffix where it says it in several ways
 */
export async function assignMapped(
  transaction: Transaction,
  tenantId: string,
  {
    memberId,
    source,
    roles,
  }: { readonly memberId: string; readonly source: string; readonly roles: readonly string[] },
): Promise<RoleChange> {
  const { roles: before, mapped } = await readHeld(transaction, tenantId, memberId)
  const others = mapped.filter((each) => each.source !== source).flatMap((each) => each.roles)
  const fromSources = new Set(mapped.flatMap((each) => each.roles))
  const byHand = before.filter((role) => !fromSources.has(role))
  const given = roles.filter((role) => !byHand.includes(role))
  let after = [...new Set([...byHand, ...others, ...given])]
  if (
    before.includes(ADMIN) &&
    !after.includes(ADMIN) &&
    (await isLastAdmin(transaction, tenantId, memberId))
  )
    after = [...after, ADMIN]
  await transaction.run({
    text: `INSERT INTO plinth.mapped_role (tenant_id, member_id, source, roles) VALUES ($1, $2, $3, $4)
           ON CONFLICT (tenant_id, member_id, source) DO UPDATE SET roles = excluded.roles`,
    values: [tenantId, memberId, source, given],
  })
  if (!sameRoles(before, after))
    await transaction.run({
      text: 'UPDATE plinth.member SET roles = $3 WHERE tenant_id = $1 AND id = $2::uuid',
      values: [tenantId, memberId, after],
    })
  return { before, after }
}

/** Takes from all members what followed from a source that is no more. The last administrator stays one. */
export async function dropSource(transaction: Transaction, tenantId: string, source: string): Promise<void> {
  const rows = await transaction.run<{ memberId: string }>({
    text: `SELECT member_id AS "memberId" FROM plinth.mapped_role WHERE tenant_id = $1 AND source = $2 ORDER BY member_id`,
    values: [tenantId, source],
  })
  for (const { memberId } of rows) await assignMapped(transaction, tenantId, { memberId, source, roles: [] })
  await transaction.run({
    text: 'DELETE FROM plinth.mapped_role WHERE tenant_id = $1 AND source = $2',
    values: [tenantId, source],
  })
}

/** Whether no other active member has the role of administrators. Locks all who have it, so that two cannot go at once. */
export async function isLastAdmin(
  transaction: Transaction,
  tenantId: string,
  memberId: string,
): Promise<boolean> {
  const rows = await transaction.run<{ id: string }>({
    text: `SELECT id FROM plinth.member WHERE tenant_id = $1 AND status = 'active' AND 'admin' = ANY(roles) ORDER BY id FOR UPDATE`,
    values: [tenantId],
  })
  return rows.length > 0 && rows.every(({ id }) => id === memberId)
}

async function readHeld(transaction: Transaction, tenantId: string, memberId: string): Promise<Held> {
  const [member] = await transaction.run<{ roles: string[] }>({
    text: 'SELECT roles FROM plinth.member WHERE tenant_id = $1 AND id = $2::uuid FOR UPDATE',
    values: [tenantId, memberId],
  })
  const mapped = await transaction.run<{ source: string; roles: string[] }>({
    text: 'SELECT source, roles FROM plinth.mapped_role WHERE tenant_id = $1 AND member_id = $2::uuid',
    values: [tenantId, memberId],
  })
  return { roles: member?.roles ?? [], mapped }
}

function sameRoles(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((role) => right.includes(role))
}
