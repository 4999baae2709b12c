import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { DOSSIERS } from './dossiers.ts'
import { expectProblem } from './expect-problem.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'

const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [
    { slug: 'acme' },
    { slug: 'crash' },
    { slug: 'apart', level: 'schema' },
    { slug: 'away', level: 'database' },
  ],
  // Workers bring old records under new data keys, at a time of their own.
  roles: ['web'],
  config: { operatorToken: OPERATOR_TOKEN },
})
afterAll(() => platform.stop())
const { bus, keyRenewals } = platform.platform.root.cradle
keyRenewals.graceMs = 0
const TABLE = 'shared.clinic_dossier'

const operator = (method: string, path: string, body?: object) =>
  asOperator(platform, method, `/keys${path}`, body)

test('keys are destroyed in two steps, and nothing of anyone else is touched', async () => {
  const { admin, id } = platform.tenant('crash')
  const others = async () => [
    await platform.sql(`SELECT t::text AS row FROM ${TABLE} t WHERE tenant_id <> $1 ORDER BY id`, [id]),
    await platform.sql(
      `SELECT k::text AS row FROM plinth.tenant_key k WHERE tenant_id <> $1 ORDER BY tenant_id, purpose, number`,
      [id],
    ),
  ]
  for (const slug of ['acme', 'crash'])
    await platform.tenant(slug).admin.post(DOSSIERS, { title: 'D', report: `Report of ${slug}` })
  const columns = 'tenant_id, purpose, number, kek, wrapped, state'
  const [before, backup] = [
    await others(),
    await platform.sql(`SELECT ${columns} FROM plinth.tenant_key WHERE tenant_id = $1`, [id]),
  ]
  const plan = await operator('POST', '/crash/destruction')
  expect(plan.body).toMatchObject({ slug: 'crash', keys: 2, keks: ['secret'] })
  expect((await operator('GET', '/crash')).body.destroyed).toBe(false)
  expectProblem(
    await operator('POST', '/crash/destruction/apply', { slug: 'acme', hash: plan.body.hash }),
    422,
    'validation_failed',
  )
  await operator('POST', '/crash/rotate')
  expectProblem(
    await operator('POST', '/crash/destruction/apply', { slug: 'crash', hash: plan.body.hash }),
    409,
    'plan_stale',
  )
  const { body: fresh } = await operator('POST', '/crash/destruction')
  const done = await operator('POST', '/crash/destruction/apply', { slug: 'crash', hash: fresh.hash })
  expect(done.body, done.text).toMatchObject({ destroyed: true, renewal: { step: 'done' } })
  await expect
    .poll(async () => (await admin.get(`${DOSSIERS}?limit=1`)).body.items[0])
    .toMatchObject({ report: null, _unreadable: ['/report'] })
  expectProblem(await operator('POST', '/crash/destruction'), 410, 'key_destroyed')
  const after = await others()
  expect(after).toEqual(before)
  expect(
    await platform.sql(
      `SELECT after FROM plinth.audit WHERE tenant_id = $1 AND action = 'kernel.key.destroyed'`,
      [id],
    ),
  ).toEqual([{ after: { keks: ['secret'] } }])
  expect(backup.filter(({ wrapped }) => wrapped !== null)).not.toEqual([])
  // Keys brought back from a copy of the database open nothing once what wrapped them has left the ring.
  for (const { purpose, number, wrapped, state } of backup)
    if (wrapped !== null)
      await platform.sql(
        `UPDATE plinth.tenant_key SET kek = 'gone', wrapped = $4, state = $5 WHERE tenant_id = $1 AND purpose = $2 AND number = $3`,
        [id, purpose, number, wrapped, state],
      )
  await bus.publish({ topic: 'tenant', tenantId: id })
  await expect.poll(async () => (await admin.get(`${DOSSIERS}?limit=1`)).status).toBe(503)
  expectProblem(await admin.get(`${DOSSIERS}?limit=1`), 503, 'key_unavailable')
  expect((await operator('GET', '/crash')).body.missing).toEqual(['gone'])
  expect((await operator('GET', '')).body.ring).toContainEqual({
    id: 'gone',
    current: false,
    present: false,
    wraps: 2,
  })
  const ready = await platform.platform.app.request('http://localhost/healthz/ready')
  expect(await ready.json()).toMatchObject({ status: 'degraded', checks: { keys: 'missing' } })
  expect((await platform.tenant('acme').admin.get(`${DOSSIERS}?limit=1`)).status).toBe(200)
})

test.each(['apart', 'away'])(
  'where a tenant lives makes no difference to the renewal of its keys: %s',
  async (slug) => {
    const { admin } = platform.tenant(slug)
    const { body: made } = await admin.post(DOSSIERS, {
      title: 'D',
      report: 'Report',
      entries: [{ title: 'E', note: 'Note' }],
    })
    await operator('POST', `/${slug}/rotate`)
    await keyRenewals.run()
    const { body } = await operator('GET', `/${slug}`)
    expect(body).toMatchObject({ renewal: { step: 'done', done: 2, total: 2, remaining: {} }, missing: [] })
    expect((await admin.get(`${DOSSIERS}/${made.id}?include=entries`)).body).toMatchObject({
      version: 1,
      report: 'Report',
      entries: [{ note: 'Note' }],
    })
  },
)
