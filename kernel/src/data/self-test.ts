import type { Database } from './database.ts'
import { CONTROL, type DatabaseAddress } from './places/home.ts'
import { PLATFORM_ROLE } from './role-names.ts'

/** Kernel tables that belong to the platform, not to a tenant. */
const PLATFORM_TABLES = new Set([
  'plinth.tenant',
  'plinth.step',
  'plinth.schema_state',
  'plinth.place',
  'plinth.move',
  'plinth.server_fault',
  'plinth.shape',
  'plinth.operator',
  'plinth.operator_role',
  'plinth.operator_journal',
  'plinth.feature_rollout',
])

/**
 * Looks whether every fence stands: the application's login is powerless and can take no powerful role, every tenant table has
 * `tenant_id` in each key and forced row-level security by the one policy there is, and no row is visible without a tenant.
 *
 * @returns what is missing, one sentence each; empty when the platform may start
 */
export async function selfTest(database: Database, address: DatabaseAddress = CONTROL): Promise<string[]> {
  const ask = <R>(text: string): Promise<R[]> => database.queryPlatform<R>({ text }, address)
  const [login, roles, tables, policies, keys, foreignOwners] = await Promise.all([
    ask<{ name: string; power: boolean }>(
      `SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolinherit AS power FROM pg_roles WHERE rolname = session_user`,
    ),
    ask<{ name: string }>(POWERFUL_ROLES),
    ask<{
      name: string
      tenant: boolean
      forced: boolean
      policies: number
      owned: boolean
    }>(TABLES),
    ask<{ name: string; policy: string }>(OTHER_POLICIES),
    ask<{ name: string; key: string }>(KEYS_WITHOUT_TENANT),
    ask<{ name: string }>(OBJECTS_OF_SUPERUSERS),
  ])
  const faults: string[] = []
  for (const role of login)
    if (role.power) faults.push(`The login ${role.name} has powers the application must not have.`)
  for (const role of roles)
    faults.push(`The application can take the role ${role.name}, which has powers it must not have.`)
  for (const table of tables) {
    if (PLATFORM_TABLES.has(table.name)) continue
    if (!table.tenant) faults.push(`${table.name} has no tenant_id.`)
    if (!table.forced) faults.push(`${table.name} does not force row-level security.`)
    if (table.policies === 0) faults.push(`${table.name} has no row-level security policy.`)
    if (table.owned) faults.push(`${table.name} is owned by the application's login.`)
  }
  for (const { name, policy } of policies)
    faults.push(`${name}: the policy ${policy} does not confine rows to their tenant.`)
  for (const key of keys)
    if (!PLATFORM_TABLES.has(key.name))
      faults.push(`${key.name}: the key ${key.key} does not start with tenant_id.`)
  for (const object of foreignOwners)
    faults.push(`${object.name} is a view or function of a superuser and would pass row-level security.`)
  if (await seesWithoutTenant(database, address)) faults.push('Rows are visible without a tenant.')
  return faults
}

/** The kernel's schema, the common one, and those of single tenants. */
const OURS = `(n.nspname IN ('plinth', 'shared') OR n.nspname ~ '^t_[0-9a-f]{8}$')`

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull) AS tenant,
    (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
    pg_get_userbyid(c.relowner) = session_user AS owned
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OURS} AND c.relkind IN ('r', 'p')`

/** Roles that pass row-level security or own tables, if the login may take them. */
const POWERFUL_ROLES = `
  SELECT r.rolname AS name FROM pg_roles r
  WHERE r.rolname <> session_user AND pg_has_role(session_user, r.oid, 'MEMBER') AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
    OR EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} AND c.relowner = r.oid))`

/** Permissive policies add up, so a single one that says less than the tenant's opens the table. The platform's own role has one to deliver events, one to remove old answers, one to find imports that wait, one to find mail that is due, one to see how upgrades go, one to remove files that belong to no record, one to see whose audit entries wait for their block, and three to see which keys there are and how they are renewed, but no key. */
const OTHER_POLICIES = `
  SELECT n.nspname || '.' || c.relname AS name, p.polname AS policy
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
    LATERAL (SELECT '(tenant_id = (current_setting(''plinth.tenant''::text))::uuid)' AS rule) t
  WHERE ${OURS} AND p.polpermissive
    AND (pg_get_expr(p.polqual, p.polrelid) IS DISTINCT FROM t.rule OR coalesce(pg_get_expr(p.polwithcheck, p.polrelid), t.rule) <> t.rule)
    AND NOT (c.relname IN ('delivery', 'idempotency', 'import', 'mail', 'upgrade', 'tenant_key', 'key_renewal', 'damaged_record', 'file', 'audit_pending') AND p.polroles = ARRAY[(SELECT oid FROM pg_roles WHERE rolname = '${PLATFORM_ROLE}')])`

const KEYS_WITHOUT_TENANT = `
  SELECT n.nspname || '.' || t.relname AS name, i.relname AS key
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
  WHERE ${OURS} AND x.indisunique AND a.attname IS DISTINCT FROM 'tenant_id'`

const OBJECTS_OF_SUPERUSERS = `
  SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles r ON r.oid = c.relowner
  WHERE ${OURS} AND c.relkind IN ('v', 'm') AND (r.rolsuper OR r.rolbypassrls)
  UNION ALL
  SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner
  WHERE ${OURS} AND p.prosecdef AND (r.rolsuper OR r.rolbypassrls)`

/** Asks for rows in the name of no tenant: anything that comes back has passed the fence. */
async function seesWithoutTenant(database: Database, address: DatabaseAddress): Promise<boolean> {
  const rows = await database.queryNobody(
    { text: 'SELECT 1 FROM plinth.member UNION ALL SELECT 1 FROM plinth.audit LIMIT 1' },
    address,
  )
  return rows.length > 0
}
