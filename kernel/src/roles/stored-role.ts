import type { RoleGrant, Text } from '@plinth/sdk'
import type { Transaction } from '../data/index.ts'

/** A role the workspace has made. */
export interface StoredRole {
  readonly id: string
  readonly label: Text
  readonly description: string
  readonly grants: readonly (string | RoleGrant)[]
  readonly inherits: readonly string[]
  readonly version: number
}

export const ROLE_COLUMNS = 'id, label, description, grants, inherits, version'

/** All roles of a workspace, while no one else changes them: circles must not close behind anyone's back. */
export async function lockRoles(
  transaction: Transaction,
  tenantId: string,
): Promise<ReadonlyMap<string, StoredRole>> {
  transaction.later({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`roles of ${tenantId}`],
  })
  const rows = await transaction.run<StoredRole>({
    text: `SELECT ${ROLE_COLUMNS} FROM plinth.role WHERE tenant_id = $1`,
    values: [tenantId],
  })
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Ids of roles of the workspace that stand somewhere, whether there is such a role or not: with members, in invitations, and in what is
 * passed on. A new role has none of these, else it would go to people whom nobody has given it.
 */
export async function namedElsewhere(
  transaction: Transaction,
  tenantId: string,
): Promise<ReadonlySet<string>> {
  const rows = await transaction.run<{ role: string }>({
    text: `SELECT DISTINCT role FROM (
        SELECT unnest(roles) role FROM plinth.member WHERE tenant_id = $1
        UNION ALL SELECT unnest(roles) FROM plinth.invitation WHERE tenant_id = $1
        UNION ALL SELECT unnest(roles) FROM plinth.mapped_role WHERE tenant_id = $1
        UNION ALL SELECT unnest(roles) FROM plinth.delegation WHERE tenant_id = $1 AND ended_at IS NULL AND ends_at > now()) named
      WHERE strpos(role, '.') = 0`,
    values: [tenantId],
  })
  return new Set(rows.map(({ role }) => role))
}

/** What is noted of a role in the audit log. */
export function notedRole({ label, description, grants, inherits }: StoredRole): Record<string, unknown> {
  return { label, description, grants, inherits }
}
