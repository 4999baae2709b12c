import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { asAdmin } from './as-admin.ts'
import { kernelSteps } from './kernel-tables.ts'
import { prepareSearch } from './schema/prepare-search.ts'
import { APP_ROLE, KERNEL_ROLE, OWNER_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'

/** Serialises set-up between processes that start at the same time. The number is arbitrary but fixed. */
const SETUP_LOCK = 7_035_001

const ATTEMPTS = 10
const PAUSE_MS = 20

/**
 * Brings a database to the state the kernel needs: roles, schemas, the kernel's tables. Safe to run at every start and by
 * several processes at once.
 *
 * @param adminUrl login that may create roles and schemas in this database
 * @param secret root secret; the application's password is derived from it, so that it is stored nowhere
 * @param login the application's login for this database; one that holds a single tenant has one of its own
 * @returns address for the application's own, powerless login
 */
export async function prepareDatabase(
  adminUrl: string,
  secret: string,
  login: string = APP_ROLE,
): Promise<{ appUrl: string }> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await prepare(adminUrl, secret, login)
    } catch (error) {
      if (attempt === ATTEMPTS || !isContention(error)) throw error
      await sleep(attempt * PAUSE_MS)
    }
}

/** Roles belong to the whole server, and the lock to one database: what another database sets up has changed a role this very moment. */
function isContention(error: unknown): boolean {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  return code === 'XX000' && message === 'tuple concurrently updated'
}

async function prepare(adminUrl: string, secret: string, login: string): Promise<{ appUrl: string }> {
  const appUrl = new URL(adminUrl)
  appUrl.username = login
  appUrl.password = loginPassword(secret, login)
  await asAdmin(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK])
    await createRoles(client, login)
    await applySteps(client)
    await grantEntrance(client, login)
    await prepareSearch(client, login)
    await setSession(client, login)
    if (!(await canLogin(appUrl.href))) await setPassword(client, login, appUrl.password)
  })
  return { appUrl: appUrl.href }
}

/** The password of one of the application's logins. */
export function loginPassword(secret: string, login: string): string {
  const purpose = login === APP_ROLE ? '' : ` ${login}`
  return createHmac('sha256', secret)
    .update(`database login of the application${purpose}`)
    .digest('base64url')
}

/** The application's login is NOINHERIT: being granted a role gives it nothing until a transaction takes that role. */
async function createRoles(client: pg.Client, login: string): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolname LIKE 'plinth\\_%'`,
  )
  const existing = new Set(rows.map((row) => row.rolname))
  const logins = new Set([APP_ROLE, login])
  for (const role of [OWNER_ROLE, ...logins, KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP]) {
    if (!existing.has(role)) await createRole(client, role, logins.has(role) ? 'LOGIN NOINHERIT' : 'NOLOGIN')
  }
  const {
    rows: [database],
  } = await client.query<{ name: string }>('SELECT current_database() AS name')
  const name = pg.escapeIdentifier(database!.name)
  await client.query(`
    GRANT ${OWNER_ROLE} TO CURRENT_USER;
    GRANT ${KERNEL_ROLE}, ${PLATFORM_ROLE} TO ${login};
    CREATE SCHEMA IF NOT EXISTS plinth AUTHORIZATION ${OWNER_ROLE};
    CREATE SCHEMA IF NOT EXISTS shared AUTHORIZATION ${OWNER_ROLE};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${login};
    GRANT USAGE ON SCHEMA plinth TO ${KERNEL_ROLE}, ${PLATFORM_ROLE}, ${PLUGIN_GROUP};
    GRANT USAGE ON SCHEMA shared TO ${KERNEL_ROLE}, ${PLATFORM_ROLE};
    REVOKE ALL ON SCHEMA shared FROM ${PLUGIN_GROUP};`)
}

/** A transaction begins with the question whether its tenant lives here, before it takes a role. */
async function grantEntrance(client: pg.Client, login: string): Promise<void> {
  await client.query(`
    GRANT USAGE ON SCHEMA plinth TO ${login};
    GRANT SELECT (id, epoch, here, closed_until) ON plinth.tenant TO ${login};
    GRANT EXECUTE ON FUNCTION plinth.enter TO ${login};`)
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
  try {
    await asAdmin(url, async () => undefined)
    return true
  } catch (error) {
    // 28P01: wrong password. A server that trusts local logins asks for none, and then there is nothing to set.
    if ((error as { code?: string }).code !== '28P01') throw error
    return false
  }
}

async function setPassword(client: pg.Client, login: string, password: string): Promise<void> {
  await client.query(`ALTER ROLE ${login} PASSWORD ${pg.escapeLiteral(password)}`)
}

/** What the application's sessions start with, also those a connection pooler opens. Dates must not shift with a server's own time zone. */
const SESSION = {
  statement_timeout: '10s',
  idle_in_transaction_session_timeout: '15s',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
}

async function setSession(client: pg.Client, login: string): Promise<void> {
  const { rows } = await client.query<{ settings: string[] | null }>(
    'SELECT rolconfig AS settings FROM pg_roles WHERE rolname = $1',
    [login],
  )
  const there = new Set(rows[0]?.settings)
  for (const [name, value] of Object.entries(SESSION))
    if (!there.has(`${name}=${value}`)) await client.query(`ALTER ROLE ${login} SET ${name} = '${value}'`)
}
