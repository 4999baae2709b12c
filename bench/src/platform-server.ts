import { serve } from '@hono/node-server'
import { boot, createLog, loadConfig } from '@plinth/kernel'
import { join } from 'node:path'
import pg from 'pg'

/** The platform as it runs for people: session, tenancy, entitlement, permission with a condition, row-level security. */
const ROOT = join(import.meta.dirname, '..', '..')
const secret = 'bench'.repeat(10)
const config = loadConfig({ PLINTH_LOG: 'error', PLINTH_DEMO: 'false', PLINTH_ROLES: 'web' }, ROOT)
const platform = await boot({
  config,
  adminUrl: process.env['BENCH_ADMIN_URL']!,
  secret,
  log: createLog(config),
})
const { tenants, members, database } = platform.root.cradle
const tenant = (await tenants.create({
  slug: 'bench',
  name: 'Bench',
  tier: 'enterprise',
  locale: 'de',
  hue: 200,
}))!

const password = 'a bench password'
// The role's condition goes into every list, as it would for a sales person who must not see archived customers.
const grants = JSON.stringify([
  { permission: 'backoffice.crm.customer.read', condition: { status: { ne: 'archived' } } },
])
await database.query(
  { tenantId: tenant.id },
  {
    text: `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'reader', '{}', $2)`,
    values: [tenant.id, grants],
  },
)
await database.query(
  { tenantId: tenant.id },
  {
    text: `INSERT INTO plinth.plugin_state (tenant_id, plugin, state, version) VALUES ($1, 'employees', 'enabled', '1'), ($1, 'crm', 'enabled', '1')`,
    values: [tenant.id],
  },
)
await members.create(tenant.id, {
  email: 'b@bench.example',
  name: 'B',
  password,
  roles: ['reader'],
  locale: null,
})
await database.query(
  { tenantId: tenant.id, role: 'plinth_plg_crm' },
  {
    text: `INSERT INTO shared.crm_customer (tenant_id, id, version, created_at, updated_at, number, type, name, email, phone, billing_address, payment_term_days, locale, tags, status)
    SELECT $1, gen_random_uuid(), 1, now(), now(), 'K-' || n, 'company', 'Customer ' || n, 'c' || n || '@example.com', '+49 30 23125 ' || n,
      jsonb_build_object('street', 'Hauptstraße ' || n, 'zip', '10115', 'city', 'Berlin', 'country', 'DE'), 14, 'de', ARRAY['a','b'], 'active' FROM generate_series(1, 1000) n`,
    values: [tenant.id],
  },
)
const admin = new pg.Client({ connectionString: process.env['BENCH_ADMIN_URL']! })
await admin.connect()
// Both sides plan with the same knowledge of the table.
await admin.query('VACUUM ANALYZE shared.crm_customer')
await admin.end()
const server = serve({ fetch: platform.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  signIn(`http://127.0.0.1:${port}/t/bench/api/v1`).then(
    (ready) => process.send!(ready),
    () => process.exit(1),
  )
})
process.on('disconnect', () => server.close())

async function signIn(base: string): Promise<{ url: string; headers: { cookie: string } }> {
  const response = await fetch(`${base}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'b@bench.example', password }),
  })
  const cookie = response.headers.get('set-cookie')!.split(';')[0]!
  return { url: `${base}/crm/customers`, headers: { cookie } }
}
