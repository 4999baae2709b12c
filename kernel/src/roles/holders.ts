import type { PermissionHolder } from '@plinth/sdk'
import { ADMIN_ROLE, traceMembership, traceRoles } from '../access/index.ts'
import type { Database } from '../data/index.ts'
import { heldBy, type TenantPlugins } from '../plugins/index.ts'
import { grantsCovering } from './explain.ts'

interface HolderRow {
  readonly id: string
  readonly name: string
  readonly roles: string[]
  readonly total: number
}

/** Roles that give a permission, at least for some records: those that can be given to members. */
export function rolesGiving({ view, customRoles }: TenantPlugins, permission: string): string[] {
  const known = { templates: view.roles, customRoles }
  return [ADMIN_ROLE, ...view.roles.keys(), ...customRoles.keys()].filter(
    (role) => grantsCovering({ permission, held: traceRoles([role], known), view }).length > 0,
  )
}

/**
 * Active members who hold a permission, at least for some records, and by which grants.
 *
 * @param most how many are named
 */
export async function holdersOf(
  database: Database,
  tenantId: string,
  plugins: TenantPlugins,
  permission: string,
  most: number,
): Promise<{ readonly items: PermissionHolder[]; readonly total: number }> {
  const { view } = plugins
  const common = traceMembership({ templates: view.roles })
  const rows = await database.query<HolderRow>(
    { tenantId },
    {
      text: `SELECT id, name, roles, count(*) OVER ()::int AS total FROM plinth.member
        WHERE tenant_id = $1 AND status = 'active' AND (roles && $2::text[] OR $3)
        ORDER BY name COLLATE "und-x-icu", id LIMIT $4`,
      values: [
        tenantId,
        rolesGiving(plugins, permission),
        grantsCovering({ permission, held: common, view }).length > 0,
        most,
      ],
    },
  )
  const items = rows.map(({ id, name, roles }) => {
    const actor = { kind: 'member', id, name } as const
    const member = { id, name, email: '', locale: '' }
    const identity = { tenantId, actor, member, roles, permissions: [], expiresAt: undefined }
    return { id, label: name, grants: grantsCovering({ permission, held: heldBy(identity, plugins), view }) }
  })
  return { items, total: rows[0]?.total ?? 0 }
}
