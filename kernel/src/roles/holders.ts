import type { PermissionHolder } from '@plinth/sdk'
import { ADMIN_ROLE, traceMembership, traceRoles } from '../access/index.ts'
import type { Database } from '../data/index.ts'
import { passedOnColumn, readPassedOn, type Identity } from '../identity/index.ts'
import { grantedTo, heldBy, type TenantPlugins } from '../plugins/index.ts'
import { grantsCovering } from './explain.ts'

interface MemberRow {
  readonly id: string
  readonly name: string
  readonly roles: string[]
  readonly passed_on: unknown
}

const COLUMNS = `m.id, m.name, m.roles, ${passedOnColumn('m')} AS passed_on`

/** Roles that give a permission, at least for some records: those that can be given to members. */
export function rolesGiving({ view, customRoles }: TenantPlugins, permission: string): string[] {
  const known = { templates: view.roles, customRoles }
  return [ADMIN_ROLE, ...view.roles.keys(), ...customRoles.keys()].filter(
    (role) => grantsCovering({ permission, held: traceRoles([role], known), view }).length > 0,
  )
}

/**
 * Active members who hold a permission at this moment, at least for some records, and by which grants.
 *
 * @param most how many are named
 * @param own whether what was passed on to somebody is left out, where it is about giving rights to others
 */
export async function holdersOf(
  database: Database,
  tenantId: string,
  plugins: TenantPlugins,
  permission: string,
  { most, own = false }: { readonly most: number; readonly own?: boolean },
): Promise<{ readonly items: PermissionHolder[]; readonly total: number }> {
  const { view } = plugins
  const giving = rolesGiving(plugins, permission)
  const grantsOf = (row: MemberRow) => {
    const identity = identityOf(tenantId, row)
    const held = own ? heldBy(identity, plugins) : grantedTo(identity, plugins)
    return grantsCovering({ permission, held, view })
  }
  // What of a role goes through to somebody depends on the roles of the giver too, and is not a question for SQL.
  const standIns = own
    ? []
    : (await receivers(database, tenantId, giving)).filter((row) => grantsOf(row).length > 0)
  const rows = await database.query<MemberRow & { readonly total: number }>(
    { tenantId },
    {
      text: `SELECT ${COLUMNS}, count(*) OVER ()::int AS total FROM plinth.member m
        WHERE m.tenant_id = $1 AND m.status = 'active' AND (m.roles && $2::text[] OR $3 OR m.id = ANY($4::uuid[]))
        ORDER BY m.name COLLATE "und-x-icu", m.id LIMIT $5`,
      values: [
        tenantId,
        giving,
        grantsCovering({ permission, held: traceMembership({ templates: view.roles }), view }).length > 0,
        standIns.map(({ id }) => id),
        most,
      ],
    },
  )
  const items = rows.map((row) => ({ id: row.id, label: row.name, grants: grantsOf(row) }))
  return { items, total: rows[0]?.total ?? 0 }
}

/** Members to whom one of the roles is passed on at this moment, by somebody who has one of them. */
async function receivers(
  database: Database,
  tenantId: string,
  giving: readonly string[],
): Promise<readonly MemberRow[]> {
  return database.query<MemberRow>(
    { tenantId },
    {
      text: `SELECT ${COLUMNS} FROM plinth.member m WHERE m.tenant_id = $1 AND m.status = 'active' AND EXISTS (
          SELECT FROM plinth.delegation d JOIN plinth.member g ON g.tenant_id = d.tenant_id AND g.id = d.giver_id AND g.status = 'active'
          WHERE d.tenant_id = m.tenant_id AND d.receiver_id = m.id AND d.ended_at IS NULL AND d.starts_at <= now() AND d.ends_at > now()
            AND d.roles && $2::text[] AND g.roles && $2::text[])`,
      values: [tenantId, giving],
    },
  )
}

function identityOf(tenantId: string, { id, name, roles, passed_on: passedOn }: MemberRow): Identity {
  return {
    tenantId,
    actor: { kind: 'member', id, name },
    member: { id, name, email: '', locale: '' },
    roles,
    ...readPassedOn(passedOn),
    permissions: [],
    expiresAt: undefined,
  }
}
