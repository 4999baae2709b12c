import { boot, createLog, loadConfig, type Platform } from '@plinth/kernel'
import { join } from 'node:path'
import pg from 'pg'
import { ENTITIES } from '../plugins/ledger/manifest.ts'

export const PASSWORD = 'a bench password'
export const EMAIL = 'b@bench.example'
/** Of the administrator. */
export const ADMIN_EMAIL = 'a@bench.example'

/** How much there is. */
export interface Population {
  /** Tenants besides the one that is measured, each with `others` rows in each of the 20 entities. */
  readonly tenants: number
  readonly others: number
  /** Rows of the measured tenant in the measured entity. */
  readonly rows: number
  /** Whether someone is signed in to each of the other tenants, see `tokenOf`. */
  readonly visited?: boolean
}

/** The session of the member of the tenant `other-<n>`. */
export function tokenOf(n: number): string {
  return String(n).padStart(43, '0')
}

/** The platform as it runs for people, with the bench's own plugin. */
export async function bootPlatform(adminUrl: string): Promise<Platform> {
  const config = loadConfig(
    { PLINTH_LOG: 'error', PLINTH_DEMO: 'false', PLINTH_ROLES: 'web', PLINTH_PLUGINS: 'bench/plugins' },
    join(import.meta.dirname, '..', '..'),
  )
  return boot({ config, adminUrl, secret: 'bench'.repeat(10), log: createLog(config) })
}

/** Creates the measured tenant `bench`, with a member whose role has a condition, and the other tenants. */
export async function populate(platform: Platform, adminUrl: string, population: Population): Promise<void> {
  const { tenants, members, database } = platform.root.cradle
  const tenant = (await tenants.create({
    slug: 'bench',
    name: 'Bench',
    tier: 'enterprise',
    locale: 'de',
    hue: 200,
  }))!
  // The role's condition goes into every list, as it would for a sales person who must not see archived records.
  const grants = JSON.stringify([
    { permission: 'bench.ledger.account0.read', condition: { status: { ne: 'archived' } } },
    'bench.ledger.account0.create',
  ])
  const scope = { tenantId: tenant.id }
  await database.query(scope, {
    text: `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'clerk', '{}', $2)`,
    values: [tenant.id, grants],
  })
  await database.query(scope, {
    text: `INSERT INTO plinth.plugin_state (tenant_id, plugin, state, version) VALUES ($1, 'ledger', 'enabled', '1.0.0')`,
    values: [tenant.id],
  })
  const person = { password: PASSWORD, locale: null }
  await members.create(tenant.id, { ...person, email: EMAIL, name: 'B', roles: ['clerk'] })
  await members.create(tenant.id, { ...person, email: ADMIN_EMAIL, name: 'A', roles: ['admin'] })
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await fill(admin, tenant.id, 0, population.rows)
    await addOthers(admin, population)
    // Both sides plan with the same knowledge of the tables.
    await admin.query('VACUUM ANALYZE')
  } finally {
    await admin.end()
  }
}

async function addOthers(admin: pg.Client, { tenants, others, visited }: Population): Promise<void> {
  if (tenants === 0) return
  await admin.query(
    `INSERT INTO plinth.tenant (id, slug, name, tier) SELECT gen_random_uuid(), 'other-' || n, 'Other ' || n, 'free' FROM generate_series(1, $1::int) n`,
    [tenants],
  )
  if (visited) await signInOthers(admin)
  if (others === 0) return
  for (let index = 0; index < ENTITIES; index += 1)
    await admin.query(
      `${insert(index)} FROM plinth.tenant x, generate_series(1, $1::int) n WHERE x.slug LIKE 'other-%'`,
      [others],
    )
}

async function signInOthers(admin: pg.Client): Promise<void> {
  await admin.query(`INSERT INTO plinth.member (tenant_id, id, email, name, roles)
    SELECT id, gen_random_uuid(), 'b@' || slug || '.example', 'B', ARRAY['admin'] FROM plinth.tenant WHERE slug LIKE 'other-%'`)
  await admin.query(`INSERT INTO plinth.session (tenant_id, token_hash, member_id, csrf, expires_at)
    SELECT t.id, sha256(lpad(split_part(t.slug, '-', 2), 43, '0')::bytea), m.id, 'csrf', now() + interval '1 day'
    FROM plinth.tenant t JOIN plinth.member m ON m.tenant_id = t.id WHERE t.slug LIKE 'other-%'`)
  await admin.query(`INSERT INTO plinth.plugin_state (tenant_id, plugin, state, version)
    SELECT id, 'ledger', 'enabled', '1.0.0' FROM plinth.tenant WHERE slug LIKE 'other-%'`)
}

async function fill(admin: pg.Client, tenantId: string, index: number, rows: number): Promise<void> {
  await admin.query(`${insert(index)} FROM (SELECT $2::uuid AS id) x, generate_series(1, $1::int) n`, [
    rows,
    tenantId,
  ])
}

/** As superuser, who is above row-level security: a million rows through the API would take longer than the measurement. */
function insert(index: number): string {
  return `INSERT INTO shared.ledger_account${index} (tenant_id, id, version, created_at, updated_at, number, type, name, email, phone, billing_address, payment_term_days, locale, tags, status)
    SELECT x.id, gen_random_uuid(), 1, now(), now(), 'K-' || n, 'company', 'Customer ' || n, 'c' || n || '@example.com', '+49 30 23125 ' || n,
      jsonb_build_object('street', 'Hauptstraße ' || n, 'zip', '10115', 'city', 'Berlin', 'country', 'DE'), 14, 'de', ARRAY['a','b'],
      CASE WHEN n % 10 = 0 THEN 'archived' ELSE 'active' END`
}
