import type { Database } from '../data/index.ts'
import { rolesFor, type Provider } from '../sign-on/index.ts'

const MOST_GROUPS = 200

interface Row {
  readonly total: number
  readonly active: number
  readonly groups: readonly {
    readonly id: string
    readonly name: string
    readonly externalId: string | null
    readonly members: number
  }[]
}

/** What a provider keeps in step: how many users, and which groups, with the roles that follow from each. */
export async function provisioningOf(
  database: Database,
  tenantId: string,
  { id, settings }: Pick<Provider, 'id' | 'settings'>,
) {
  const [row] = await database.query<Row & Record<string, unknown>>(
    { tenantId },
    {
      text: `SELECT count(*)::int AS total, (count(*) FILTER (WHERE m.status = 'active'))::int AS active,
          coalesce((SELECT json_agg(p) FROM (SELECT g.id, g.display_name AS name, g.external_id AS "externalId", (SELECT count(*)::int
            FROM plinth.scim_membership s WHERE s.tenant_id = g.tenant_id AND s.group_id = g.id) AS members
            FROM plinth.scim_group g WHERE g.tenant_id = $1 AND g.provider_id = $2::uuid ORDER BY g.group_key LIMIT ${MOST_GROUPS}) p), '[]') AS groups
        FROM plinth.scim_user u JOIN plinth.member m ON m.tenant_id = u.tenant_id AND m.id = u.member_id
        WHERE u.tenant_id = $1 AND u.provider_id = $2::uuid AND NOT u.deleted`,
      values: [tenantId, id],
    },
  )
  const { total, active, groups } = row!
  const { mapping } = settings
  return {
    users: { total, active },
    groups: groups.map(({ externalId, ...group }) => ({
      ...group,
      roles: rolesFor([group.name, externalId ?? group.name], { mapping, defaultRoles: [] }),
    })),
  }
}
