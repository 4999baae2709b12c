import { createHmac } from 'node:crypto'
import pg from 'pg'
import { kernelSteps } from './kernel-tables.ts'
import { prepareSearch } from './schema/prepare-search.ts'
import { APP_ROLE, KERNEL_ROLE, OWNER_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'

/** Serialises set-up between processes that start at the same time. The number is arbitrary but fixed. */
const SETUP_LOCK = 7_035_001

/**
 * Brings a database to the state the kernel needs: roles, schemas, the kernel's tables. Safe to run at every start and by
 * several processes at once.
 *
 * @param adminUrl login that may create roles and schemas in this database
 * @param secret root secret; the application's password is derived from it, so that it is stored nowhere
 * @returns address for the application's own, powerless login
 */
export async function prepareDatabase(adminUrl: string, secret: string): Promise<{ appUrl: string }> {
  const appUrl = new URL(adminUrl)
  appUrl.username = APP_ROLE
  appUrl.password = createHmac('sha256', secret)
    .update('database login of the application')
    .digest('base64url')
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK])
    await createRoles(client)
    await applySteps(client)
    await prepareSearch(client)
    if (!(await canLogin(appUrl.href))) await setPassword(client, decodeURIComponent(appUrl.password))
  } finally {
    await client.end()
  }
  return { appUrl: appUrl.href }
}

/** The application's login is NOINHERIT: being granted a role gives it nothing until a transaction takes that role. */
async function createRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'plinth\\_%'`,
  )
  const existing = new Set(rows.map((row) => row.rolname))
  const logins: Record<string, string> = { [APP_ROLE]: 'LOGIN NOINHERIT' }
  for (const role of [OWNER_ROLE, APP_ROLE, KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP]) {
    if (!existing.has(role)) await createRole(client, role, logins[role] ?? 'NOLOGIN')
  }
  const {
    rows: [database],
  } = await client.query<{ name: string }>('SELECT current_database() AS name')
  const name = pg.escapeIdentifier(database!.name)
  await client.query(`
    GRANT ${OWNER_ROLE} TO CURRENT_USER;
    GRANT ${KERNEL_ROLE}, ${PLATFORM_ROLE} TO ${APP_ROLE};
    CREATE SCHEMA IF NOT EXISTS plinth AUTHORIZATION ${OWNER_ROLE};
    CREATE SCHEMA IF NOT EXISTS shared AUTHORIZATION ${OWNER_ROLE};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${APP_ROLE};
    GRANT USAGE ON SCHEMA plinth, shared TO ${KERNEL_ROLE}, ${PLATFORM_ROLE}, ${PLUGIN_GROUP};`)
}

/** Roles belong to the whole server: another database's set-up may be creating the same one this very moment. */
export async function createRole(client: pg.Client, role: string, options: string): Promise<void> {
  try {
    await client.query(`CREATE ROLE ${role} ${options} NOBYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE`)
  } catch (error) {
    if (!['42710', '23505', 'XX000'].includes((error as { code?: string }).code ?? '')) throw error
  }
}

async function applySteps(client: pg.Client): Promise<void> {
  await client.query(`SET ROLE ${OWNER_ROLE}`)
  await client.query(
    'CREATE TABLE IF NOT EXISTS plinth.step (id text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  const { rows } = await client.query<{ id: string }>('SELECT id FROM plinth.step')
  const applied = new Set(rows.map((row) => row.id))
  for (const step of kernelSteps) {
    if (applied.has(step.id)) continue
    await client.query('BEGIN')
    await client.query(step.sql)
    await client.query('INSERT INTO plinth.step (id) VALUES ($1)', [step.id])
    await client.query('COMMIT')
  }
  await client.query('RESET ROLE')
}

async function canLogin(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch (error) {
    // 28P01: wrong password. A server that trusts local logins asks for none, and then there is nothing to set.
    if ((error as { code?: string }).code !== '28P01') throw error
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function setPassword(client: pg.Client, password: string): Promise<void> {
  await client.query(`ALTER ROLE ${APP_ROLE} PASSWORD ${pg.escapeLiteral(password)}`)
  await client.query(`ALTER ROLE ${APP_ROLE} SET statement_timeout = '10s'`)
  await client.query(`ALTER ROLE ${APP_ROLE} SET idle_in_transaction_session_timeout = '15s'`)
}
