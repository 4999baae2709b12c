import { afterAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { bootFixtures } from './boot-fixtures.ts'
import { DOSSIERS } from './dossiers.ts'
import { expectProblem } from './expect-problem.ts'
import { upload } from './import-client.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import { where } from './where.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'crash' }, { slug: 'model' }],
  config: { operatorToken: OPERATOR_TOKEN },
})
afterAll(() => platform.stop())
const { keyRenewals } = platform.platform.root.cradle
// Nobody in these tests seals with a key that was replaced before.
keyRenewals.graceMs = 0
const TABLE = 'shared.clinic_dossier'

const operator = (method: string, path: string, body?: object) =>
  asOperator(platform, method, `/keys${path}`, body)

async function create(slug: string, values: object) {
  const { body, status, text } = await platform.tenant(slug).admin.post(DOSSIERS, { title: 'D', ...values })
  expect(status, text).toBe(201)
  return body
}
const rowsOf = (slug: string) =>
  platform.sql(
    `SELECT id, version, updated_at::text, updated_by, encode(email_blind, 'hex') AS blind FROM ${TABLE} WHERE tenant_id = $1 ORDER BY id`,
    [platform.tenant(slug).id],
  )
const headersOf = async (slug: string) => {
  const rows = await platform.sql(
    `SELECT DISTINCT encode(substring(v FROM 1 FOR 3), 'hex') AS head FROM ${TABLE}, unnest(ARRAY[report, email, code]) v
      WHERE tenant_id = $1 AND v IS NOT NULL ORDER BY 1`,
    [platform.tenant(slug).id],
  )
  return rows.map(({ head }) => head)
}
const eventsOf = async (slug: string) => {
  const id = platform.tenant(slug).id
  return platform.sql(`SELECT count(*)::int AS events FROM plinth.outbox WHERE tenant_id = $1`, [id])
}

test('a new data key is asked for over the API; old records come under it unnoticed, and the old key is no more', async () => {
  const { admin } = platform.tenant('acme')
  const made: any[] = []
  for (let n = 0; n < 230; n += 1)
    made.push(await create('acme', { report: `R${n}`, email: `e${n}@example.de`, code: `c${n}` }))
  await admin.delete(`${DOSSIERS}/${made[7].id}`)
  const { body: family } = await admin.post(DOSSIERS, {
    title: 'F',
    entries: [{ title: 'E', note: 'N', stamp: 's' }],
  })
  const key = { headers: { 'idempotency-key': 'kept-1' } }
  const first = await admin.post(DOSSIERS, { title: 'Kept', report: 'Kept report' }, key)
  await upload(admin, 'title,report\nBrought,From a file', { path: DOSSIERS })
  await platform.settled()
  const [rows, events, others] = [await rowsOf('acme'), await eventsOf('acme'), await rowsOf('beta')]

  const rotated = await operator('POST', '/acme/rotate')
  expect(rotated.status, rotated.text).toBe(202)
  expect(rotated.headers.get('location')).toBe('/platform/v1/keys/acme')
  expect(rotated.body).toMatchObject({ slug: 'acme', renewal: { number: 2, finishedAt: null } })
  // Found and unique before it has begun as after.
  const found = async (n: number) =>
    (await admin.get(`${DOSSIERS}?${where({ email: `e${n}@example.de` })}`)).body.items.map(
      ({ report }: any) => report,
    )
  expect(await found(3)).toEqual(['R3'])
  await keyRenewals.run()
  await keyRenewals.run()
  const after = await operator('GET', '/acme')
  expect(after.body.renewal, after.text).toMatchObject({
    step: 'done',
    number: 2,
    unreadable: 0,
    error: null,
  })
  expect(after.body.renewal.done).toBe(after.body.renewal.total)
  expect(after.body.renewal.total).toBeGreaterThan(230)
  expect(after.body.keys.map(({ purpose, number, state }: any) => [purpose, number, state])).toEqual([
    ['data', 1, 'destroyed'],
    ['data', 2, 'current'],
    ['index', 1, 'current'],
  ])
  expect(await headersOf('acme')).toEqual(['010002'])
  expect([await rowsOf('acme'), await eventsOf('acme')]).toEqual([rows, events])
  expect(await rowsOf('beta')).toEqual(others)
  expect(await found(3)).toEqual(['R3'])
  expect((await admin.get(`${DOSSIERS}/${made[229].id}`)).body).toEqual(made[229])
  expectProblem(await admin.post(DOSSIERS, { title: 'Twin', code: 'c3' }), 409, 'unique_violated')
  expect((await admin.get(`${DOSSIERS}/${family.id}?include=entries`)).body.entries).toMatchObject([
    { note: 'N', stamp: 's' },
  ])
  expect((await admin.post(`${DOSSIERS}/${made[7].id}/restore`)).body).toMatchObject({ report: 'R7' })
  const again = await admin.post(DOSSIERS, { title: 'Kept', report: 'Kept report' }, key)
  expect([again.headers.get('idempotency-replayed'), again.body]).toEqual(['true', first.body])
  const imports = await admin.get(`${DOSSIERS}/imports`)
  expect(
    JSON.stringify((await admin.get(`${DOSSIERS}/imports/${imports.body.items?.[0]?.id}`)).body),
  ).toContain('From a file')
  const [retired] = await platform.sql(`SELECT after FROM plinth.audit WHERE action = 'kernel.key.retired'`)
  expect(retired).toEqual({ after: { numbers: [1], current: 2 } })
})

test('what does not open keeps its key, which is told; once it is replaced, the key goes', async () => {
  const { admin } = platform.tenant('beta')
  const made = await create('beta', { report: 'Whole', email: 'a@example.de' })
  const broken = await create('beta', { report: 'Broken', email: 'b@example.de' })
  await platform.sql(
    `UPDATE ${TABLE} SET report = set_byte(report, 20, 1 # get_byte(report, 20)) WHERE id = $1`,
    [broken.id],
  )
  await operator('POST', '/beta/rotate')
  for (let round = 0; round < 5; round += 1) await keyRenewals.run()
  const { body } = await operator('GET', '/beta')
  expect(body).toMatchObject({
    damaged: 0,
    renewal: {
      step: 'retire',
      unreadable: 1,
      remaining: { clinic_dossier: 1 },
      error: '1 rows still need an older data key',
    },
  })
  expect(body.keys[0]).toMatchObject({ number: 1, state: 'old' })
  expect((await admin.get(`${DOSSIERS}/${broken.id}`)).body).toMatchObject({
    report: null,
    _unreadable: ['/report'],
  })
  await expect.poll(async () => (await operator('GET', '/beta')).body.damaged).toBe(1)
  expect((await admin.get(`${DOSSIERS}/${made.id}`)).body.report).toBe('Whole')
  await admin.patch(`${DOSSIERS}/${broken.id}`, { report: 'Anew' }, { version: 1 })
  await keyRenewals.run()
  expect((await operator('GET', '/beta')).body).toMatchObject({
    damaged: 0,
    renewal: { step: 'done', remaining: {} },
  })
})

test('killed after any portion, it goes on from there', async () => {
  const made: any[] = []
  for (let n = 0; n < 420; n += 1) made.push(await create('crash', { report: `R${n}` }))
  let portions = 0
  keyRenewals.onPortion = () => {
    portions += 1
    if (portions % 2 === 1) throw new Error('killed')
  }
  await operator('POST', '/crash/rotate')
  try {
    for (let round = 0; round < 60; round += 1) {
      await keyRenewals.run()
      if ((await operator('GET', '/crash')).body.renewal.step === 'done') break
    }
  } finally {
    keyRenewals.onPortion = undefined
  }
  expect(portions).toBeGreaterThan(4)
  const { body } = await operator('GET', '/crash')
  expect(body.renewal).toMatchObject({ step: 'done', done: 420, total: 420 })
  expect(await headersOf('crash')).toEqual(['010002'])
  const { body: list } = await platform.tenant('crash').admin.get(`${DOSSIERS}?limit=200&sort=createdAt`)
  expect(list.items.map(({ report }: any) => report)).toEqual(made.slice(0, 200).map(({ report }) => report))
})

test('whatever the order of writing, rotating, renewing and rewrapping, what was written is read and found', async () => {
  const { admin } = platform.tenant('model')
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        at: fc.nat(5),
        text: fc.string({ minLength: 1, maxLength: 20 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('rotate' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('renew' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('rewrap' as const) }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const known = new Map<number, { id: string; version: number; report: string; email: string }>()
      for (const each of steps) {
        if (each.do === 'rotate') await operator('POST', '/model/rotate')
        else if (each.do === 'renew') await keyRenewals.run()
        else if (each.do === 'rewrap') await operator('POST', '/rewrap')
        else {
          const old = known.get(each.at)
          const values = {
            report: `"${each.text.toWellFormed().replaceAll('\0', '')}"`,
            email: `m${crypto.randomUUID()}@example.de`,
          }
          const { body, status, text } = old
            ? await admin.patch(`${DOSSIERS}/${old.id}`, values, { version: old.version })
            : await admin.post(DOSSIERS, { title: 'M', ...values })
          expect([200, 201], text).toContain(status)
          known.set(each.at, body)
        }
      }
      for (const { id, report, email } of known.values()) {
        expect((await admin.get(`${DOSSIERS}/${id}`)).body).toMatchObject({ report, email })
        expect(
          (await admin.get(`${DOSSIERS}?${where({ email })}`)).body.items.map((item: any) => item.id),
        ).toEqual([id])
      }
    }),
    { numRuns: runs(12) },
  )
})

describe('for operators', () => {
  test('the keys of all tenants stand in one place, with the ring, and never a key', async () => {
    const { body, text } = await operator('GET', '')
    expect(body.ring).toEqual([{ id: 'secret', current: true, present: true, wraps: expect.any(Number) }])
    expect(body.items.map(({ slug }: any) => slug)).toEqual(['acme', 'beta', 'crash', 'model'])
    expect(text).not.toContain('wrapped"')
    expect((await platform.platform.app.request('http://localhost/platform/v1/keys')).status).toBe(401)
    expectProblem(await operator('GET', '/nobody'), 404, 'tenant_unknown')
  })

  test('keys grow only as old as they may, and no older than that by two nodes at once', async () => {
    const { id } = platform.tenant('acme')
    const current = async () =>
      (await operator('GET', '/acme')).body.keys.find(
        ({ purpose, state }: any) => purpose === 'data' && state === 'current',
      ).number
    const before = await current()
    await keyRenewals.keepYoung()
    expect(await current()).toBe(before)
    await platform.sql(
      `UPDATE plinth.tenant_key SET created_at = now() - interval '366 days' WHERE tenant_id = $1 AND number = $2`,
      [id, before],
    )
    await Promise.all([keyRenewals.keepYoung(), keyRenewals.keepYoung()])
    expect(await current()).toBe(before + 1)
  })
})
