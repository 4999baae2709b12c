import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { KeyRing } from '../src/crypto/index.ts'
import { KeyOperations } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { TEST_SECRET, type TestPlatform } from './support/index.ts'

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`
const FIRST = key('first')
const SECOND = key('second')
/** What stands in the file of the ring. */
let ringText = FIRST
const keyRing = new KeyRing(TEST_SECRET, () => ringText)
const lines: string[] = []
const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'gone' }],
  keyRing,
  // Workers bring old records under new data keys, at a time of their own.
  roles: ['web'],
  logLevel: 'error',
  logTo: (line) => void lines.push(line),
})
afterAll(() => platform.stop())
const DOSSIERS = '/clinic/dossiers'
const TABLE = 'shared.clinic_dossier'

function operationsOf({ platform: { root } }: TestPlatform): KeyOperations {
  const { database, bus } = root.cradle
  return new KeyOperations(database, keyRing, (tenantId) => bus.publish({ topic: 'tenant', tenantId }))
}

let count = 0
async function create(slug: string, values: object = {}): Promise<{ id: string; report: string }> {
  count += 1
  const input = { title: `D${count}`, report: `Report ${count}`, phone: `+49 40 ${1000 + count}`, ...values }
  const { body, status, text } = await platform.tenant(slug).admin.post(DOSSIERS, input)
  expect(status, text).toBe(201)
  return body
}
const read = (slug: string, id: string, on: TestPlatform = platform) =>
  on.tenant(slug).admin.get(`${DOSSIERS}/${id}`)
const audited = (slug: string, action: string) =>
  platform.sql(`SELECT after, subject_id FROM plinth.audit WHERE tenant_id = $1 AND action = $2`, [
    platform.tenant(slug).id,
    action,
  ])

describe('a sealed value that was brought elsewhere does not open, and raises an alarm:', () => {
  test.each([
    ['in another record', 'acme', 'report', 'report'],
    ['in another column', 'acme', 'report', 'phone'],
    ['in another tenant', 'beta', 'report', 'report'],
  ] as const)('%s', async (_, slug, from, to) => {
    const source = await create('acme')
    const target = await create(slug)
    const [sealed] = await platform.sql(`SELECT ${from} AS value FROM ${TABLE} WHERE id = $1`, [source.id])
    await platform.sql(`UPDATE ${TABLE} SET ${to} = $1 WHERE id = $2`, [sealed!.value, target.id])
    lines.length = 0
    const { status, body, text } = await read(slug, target.id)
    expect(status, text).toBe(200)
    expect(body).toEqual({ ...target, [to]: null, _unreadable: [`/${to}`] })
    expect(text).not.toContain(source.report)
    const alarms = () => lines.map((line) => JSON.parse(line)).filter((line) => line.alarm === 'ciphertext')
    await expect.poll(alarms).toHaveLength(1)
    expect(alarms()[0]).toMatchObject({ level: 60, entity: 'clinic.dossier', fields: [to], id: target.id })
    expect(await audited(slug, 'kernel.ciphertext.refused')).toContainEqual({
      after: { fields: [to] },
      subject_id: target.id,
    })
    await platform.sql(`DELETE FROM ${TABLE} WHERE id = $1`, [target.id])
  })
})

test('the number of the key stands in the value, and the key itself only wrapped', async () => {
  const { id } = await create('acme')
  const [row] = await platform.sql<{ head: string }>(
    `SELECT encode(substring(report from 1 for 3), 'hex') AS head FROM ${TABLE} WHERE id = $1`,
    [id],
  )
  expect(row!.head).toBe('010001')
  const keys = await platform.sql(
    `SELECT purpose, number, kek, state, length(wrapped) AS length FROM plinth.tenant_key WHERE tenant_id = $1 ORDER BY 1, 2`,
    [platform.tenant('acme').id],
  )
  expect(keys).toEqual([
    { purpose: 'data', number: 1, kek: 'first', state: 'current', length: 75 },
    { purpose: 'index', number: 1, kek: 'first', state: 'current', length: 75 },
  ])
})

test('many first requests at once end with one pair of keys', async () => {
  const { admin, id } = platform.tenant('beta')
  await platform.sql(`DELETE FROM ${TABLE} WHERE tenant_id = $1`, [id])
  await platform.sql('DELETE FROM plinth.tenant_key WHERE tenant_id = $1', [id])
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: id })
  const made = await Promise.all(Array.from({ length: 12 }, (_, index) => create('beta', { age: index })))
  expect(await platform.sql('SELECT 1 FROM plinth.tenant_key WHERE tenant_id = $1', [id])).toHaveLength(2)
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: id })
  for (const { id: record, report } of made)
    expect((await admin.get(`${DOSSIERS}/${record}`)).body.report).toBe(report)
})

test('a new data key is used from then on, on every node, and what was written before stays readable and is found', async () => {
  const node = await platform.anotherNode()
  const before = await create('acme', { email: 'before@example.de' })
  await read('acme', before.id, node)
  expect(await operationsOf(platform).rotate(platform.tenant('acme').id)).toBe(2)
  const after = await create('acme', { email: 'after@example.de' })
  const heads = await platform.sql<{ id: string; head: string }>(
    `SELECT id, encode(substring(report from 1 for 3), 'hex') AS head FROM ${TABLE} WHERE id IN ($1, $2) ORDER BY id`,
    [before.id, after.id],
  )
  expect(heads.map(({ head }) => head)).toEqual(['010001', '010002'])
  for (const on of [platform, node])
    for (const { id, report } of [before, after])
      expect((await read('acme', id, on)).body.report).toBe(report)
  for (const email of ['before@example.de', 'after@example.de']) {
    const { body } = await node
      .tenant('acme')
      .admin.get(`${DOSSIERS}?filter=${encodeURIComponent(JSON.stringify({ email }))}`)
    expect(body.items).toHaveLength(1)
  }
  expect(await audited('acme', 'kernel.key.rotated')).toMatchObject([{ after: { number: 2 } }])
})

test('data keys move under another key-encryption key while everything is read; records are not touched', async () => {
  const tenantId = platform.tenant('acme').id
  const { id, report } = await create('acme')
  const rows = () => platform.sql(`SELECT t::text AS row, xmin::text FROM ${TABLE} t ORDER BY id`)
  const before = await rows()
  const reading = new AbortController()
  const failures: number[] = []
  const reader = (async () => {
    while (!reading.signal.aborted) {
      const { status } = await read('acme', id)
      if (status !== 200) failures.push(status)
    }
  })()
  ringText = `${SECOND}\n${FIRST}`
  const operations = operationsOf(platform)
  const moved: number[] = []
  try {
    moved.push(await operations.rewrap(tenantId), await operations.rewrap(tenantId))
  } finally {
    reading.abort()
    await reader
  }
  expect(moved).toEqual([3, 0])
  expect(failures).toEqual([])
  expect(await rows()).toEqual(before)
  const { keys } = await operations.status(tenantId)
  expect(new Set(keys.map((each) => each.kek))).toEqual(new Set(['second']))
  expect(await audited('acme', 'kernel.key.rewrapped')).toMatchObject([{ after: { kek: 'second', keys: 3 } }])
  // Without the first key, whoever was moved goes on, and whoever was not is told so.
  ringText = SECOND
  keyRing.reload()
  for (const slug of ['acme', 'beta'])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: platform.tenant(slug).id })
  expect((await read('acme', id)).body.report).toBe(report)
  expectProblem(await platform.tenant('beta').admin.get(DOSSIERS), 503, 'key_unavailable')
  expect((await platform.tenant('beta').admin.get('/clinic/patients')).status).toBe(200)
  ringText = `${SECOND}\n${FIRST}`
  expect((await platform.tenant('beta').admin.get(DOSSIERS)).status).toBe(200)
})

test('a tenant whose keys are destroyed can read nothing of it any more, anywhere, and is told so; others can', async () => {
  const gone = platform.tenant('gone')
  const node = await platform.anotherNode()
  const { id } = await create('gone', { email: 'gone@example.de' })
  const kept = await create('acme')
  expect((await read('gone', id, node)).body.email).toBe('gone@example.de')
  await operationsOf(platform).destroy(gone.id)
  const lost = { email: null, report: null, phone: null, _unreadable: ['/email', '/phone', '/report'] }
  await expect.poll(async () => (await read('gone', id, node)).body).toMatchObject(lost)
  expect((await read('gone', id)).body).toMatchObject(lost)
  expect((await gone.admin.get(DOSSIERS)).body.items).toMatchObject([lost])
  // What is lost is lost; the rest goes on.
  const changed = await gone.admin.patch(`${DOSSIERS}/${id}`, { title: 'X' }, { version: 1 })
  expect(changed.body).toMatchObject({ ...lost, title: 'X', version: 2 })
  for (const answer of [
    await gone.admin.get(`${DOSSIERS}?filter={"email":"gone@example.de"}`),
    await gone.admin.patch(`${DOSSIERS}/${id}`, { report: 'X' }, { version: 2 }),
    await gone.admin.post(DOSSIERS, { title: 'New', report: 'x' }),
  ])
    expectProblem(answer, 410, 'key_destroyed')
  expect(await gone.admin.patch(`${DOSSIERS}/${id}`, { report: null }, { version: 2 })).toMatchObject({
    status: 200,
    body: { report: null, _unreadable: ['/email', '/phone'] },
  })
  // Nothing was tampered with.
  expect(await audited('gone', 'kernel.ciphertext.refused')).toEqual([])
  expect((await gone.admin.get('/clinic/patients')).status).toBe(200)
  expect((await read('acme', kept.id)).body.report).toBe(kept.report)
  const [row] = await platform.sql(
    `SELECT count(wrapped)::int AS left FROM plinth.tenant_key WHERE tenant_id = $1`,
    [gone.id],
  )
  expect(row).toEqual({ left: 0 })
  await expect(operationsOf(platform).rotate(gone.id)).rejects.toMatchObject({ code: 'key_destroyed' })
  // Nobody makes new keys by chance.
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: gone.id })
  expect((await read('gone', id)).body.email).toBeNull()
  expect(await audited('gone', 'kernel.key.destroyed')).toHaveLength(1)
})

test('no key ever stood in a log line', () => {
  const secrets = [FIRST, SECOND].map((line) => line.split(':')[1]!)
  for (const line of lines) for (const secret of secrets) expect(line).not.toContain(secret)
})
