import { afterAll, expect, test } from 'vitest'
import { KeyRing } from '../src/crypto/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { DOSSIERS, dossierMaker } from './dossiers.ts'
import { expectProblem } from './expect-problem.ts'
import { TEST_SECRET } from './support/index.ts'
import { where } from './where.ts'

const lines: string[] = []
let ring = ''
const keyRing = new KeyRing(TEST_SECRET, () => ring)
const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [{ slug: 'acme' }],
  keyRing,
  logLevel: 'error',
  logTo: (line) => void lines.push(line),
})
afterAll(() => platform.stop())
const { admin, member, id: tenantId } = platform.tenant('acme')
const TABLE = 'shared.clinic_dossier'

const create = dossierMaker(admin)
const read = async (id: string) => (await admin.get(`${DOSSIERS}/${id}`)).body
const damage = (id: string, sql: string) => platform.sql(`UPDATE ${TABLE} SET ${sql} WHERE id = $1`, [id])
const sealed = async (id: string, column = 'report') =>
  (await platform.sql(`SELECT encode(${column}, 'hex') AS hex FROM ${TABLE} WHERE id = $1`, [id]))[0]!['hex']
const noted = () =>
  platform.sql(`SELECT record_id AS id, fields FROM plinth.damaged_record WHERE tenant_id = $1`, [tenantId])

test.each([
  [
    'its tag changed',
    `report = set_byte(report, length(report) - 1, 255 - get_byte(report, length(report) - 1))`,
  ],
  ['cut off', `report = substring(report for 20)`],
  ['nothing left of it', `report = ''::bytea`],
  ['a key number that never was', `report = set_byte(report, 2, 77)`],
  ['another format', `report = set_byte(report, 0, 9)`],
  ['something else altogether', `report = decode('c0ffee', 'hex')`],
])('a record with a value with %s is shown without it, and so are its neighbours', async (_, sql) => {
  const [made, other] = [
    await create({ report: 'Secret report', age: 61 }),
    await create({ report: 'Whole' }),
  ]
  await damage(made.id, sql)
  const shown = { ...made, report: null, _unreadable: ['/report'] }
  expect(await read(made.id)).toEqual(shown)
  const list = await admin.get(`${DOSSIERS}?${where({ id: { in: [made.id, other.id] } })}&sort=-createdAt`)
  expect(list.body.items).toEqual([other, shown])
  const loan = await admin.post('/clinic/loans', { title: 'Loan', dossierId: made.id })
  const along = await admin.get(`/clinic/loans/${loan.body.id}?include=dossier.*`)
  expect(along.body.dossier).toMatchObject({ age: 61, report: null, _unreadable: ['/report'] })
  expect((await admin.get(`/clinic/dossier-files/${made.id}`)).body).toMatchObject({
    _unreadable: ['/report'],
  })
})

test('a change of something else leaves the damaged bytes as they are, and says again what cannot be read', async () => {
  const made = await create({
    report: 'Secret',
    age: 61,
    ssn: 'A-12345678',
    salary: { amount: '1', currency: 'EUR' },
  })
  await damage(
    made.id,
    `report = set_byte(report, 20, 1 # get_byte(report, 20)), ssn = substring(ssn for 40), salary = ''`,
  )
  const before = await sealed(made.id)
  const kept = { report: null, ssn: null, salary: '****', _unreadable: ['/ssn', '/report'] }
  expect((await member.get(`${DOSSIERS}/${made.id}`)).body).toMatchObject(kept)
  const changed = await admin.patch(`${DOSSIERS}/${made.id}`, { title: 'New', age: 62 }, { version: 1 })
  expect(changed.body).toMatchObject({ ...kept, title: 'New', age: 62, version: 2 })
  expect(await sealed(made.id)).toBe(before)
  // What came as a mask comes back as one.
  const again = await admin.patch(`${DOSSIERS}/${made.id}`, { salary: '****', age: 63 }, { version: 2 })
  expect(again.body).toMatchObject({ ...kept, version: 3 })
  expect(await sealed(made.id, 'salary')).toBe('')
  const { body: audit } = await admin.get(`/audit?subjectId=${made.id}`)
  expect(audit.items.find((entry: any) => entry.action.endsWith('.updated'))).toMatchObject({
    before: { age: '****' },
  })
})

test('it is replaced, or emptied, like any other value, and forgotten then', async () => {
  const made = await create({ report: 'Secret', phone: '+49 40 1', code: 'unique-1' })
  await damage(made.id, `report = ''::bytea, phone = ''::bytea, code = ''::bytea`)
  const address = `${DOSSIERS}/${made.id}`
  await read(made.id)
  await expect.poll(noted).toContainEqual({ id: made.id, fields: ['code', 'phone', 'report'] })
  const replaced = await admin.patch(address, { report: 'Anew' }, { version: 1 })
  expect(replaced.body).toMatchObject({
    report: 'Anew',
    phone: null,
    _unreadable: ['/code', '/phone'],
    version: 2,
  })
  expect(await noted()).toContainEqual({ id: made.id, fields: ['code', 'phone'] })
  const emptied = await admin.patch(address, { phone: null }, { version: 2 })
  expect(emptied.body).toMatchObject({ phone: null, _unreadable: ['/code'], version: 3 })
  expect((await admin.patch(address, { code: 'unique-2' }, { version: 3 })).body).not.toHaveProperty(
    '_unreadable',
  )
  expect((await noted()).map(({ id }) => id)).not.toContain(made.id)
  const { body: audit } = await admin.get(`/audit?subjectId=${made.id}`)
  expect(audit.items[0]).toMatchObject({ before: { code: '****' }, after: { code: '****' } })
  expect(await read(made.id)).toMatchObject({ report: 'Anew', phone: null, code: 'unique-2' })
})

test('it is told once per record, whoever reads it how often, and never with the value', async () => {
  const made = await create({ report: 'CANARY-77', phone: '+49 40 77' })
  await damage(made.id, `report = ''::bytea, phone = ''::bytea`)
  lines.length = 0
  const node = await platform.anotherNode()
  for (const on of [platform, node, platform, node])
    await Promise.all([1, 2, 3].map(() => on.tenant('acme').admin.get(`${DOSSIERS}/${made.id}`)))
  await expect.poll(() => lines.length).toBeGreaterThan(0)
  await platform.settled()
  const alarms = lines.map((line) => JSON.parse(line)).filter(({ alarm }) => alarm === 'ciphertext')
  expect(alarms).toMatchObject([{ id: made.id, fields: ['phone', 'report'], level: 60 }])
  expect(lines.join()).not.toContain('CANARY')
  expect(
    await platform.sql(
      `SELECT 1 FROM plinth.audit WHERE action = 'kernel.ciphertext.refused' AND subject_id = $1`,
      [made.id],
    ),
  ).toHaveLength(1)
})

test('a damaged child stays as it is while its parent and its siblings are saved', async () => {
  const { body: made } = await admin.post(DOSSIERS, {
    title: 'With children',
    entries: [
      { title: 'One', note: 'First', stamp: 's1' },
      { title: 'Two', note: 'Second', stamp: 's2' },
    ],
  })
  const [one, two] = made.entries
  await platform.sql(`UPDATE shared.clinic_entry SET note = ''::bytea WHERE id = $1`, [one.id])
  const saved = await admin.patch(
    `${DOSSIERS}/${made.id}`,
    {
      entries: [
        { id: two.id, note: 'Changed' },
        { id: one.id, title: 'Still one' },
      ],
    },
    { version: made.version },
  )
  expect(saved.status, saved.text).toBe(200)
  expect(saved.body.entries).toMatchObject([
    { id: two.id, note: 'Changed' },
    { id: one.id, title: 'Still one', note: null, stamp: 's1', _unreadable: ['/note'] },
  ])
  const [row] = await platform.sql(`SELECT length(note) AS length FROM shared.clinic_entry WHERE id = $1`, [
    one.id,
  ])
  expect(row).toEqual({ length: 0 })
  expect((await admin.get(`${DOSSIERS}/${made.id}?include=entries`)).body.entries).toMatchObject(
    saved.body.entries,
  )
})

test('a file has an empty cell for it, and the audit log says how many', async () => {
  const made = await create({ code: 'in-a-file', report: 'Secret' })
  await damage(made.id, `code = substring(code for 10)`)
  const file = await admin.get(`${DOSSIERS}/export?${where({ id: made.id })}&fields=title,code,report`)
  expect(file.text.trim().split('\r\n')[1]).toBe(`${made.title},,Secret`)
  const { body } = await admin.get('/audit?subjectId=export')
  expect(body.items[0].after).toMatchObject({ records: 1, unreadable: 1 })
})

test('it goes to the trash and comes back, and leaves for good', async () => {
  const made = await create({ report: 'Secret' })
  await damage(made.id, `report = ''::bytea`)
  expect((await admin.delete(`${DOSSIERS}/${made.id}`)).status).toBe(204)
  const trash = await admin.get(`${DOSSIERS}/trash?${where({ id: made.id })}`)
  expect(trash.body.items).toMatchObject([{ report: null, _unreadable: ['/report'] }])
  const back = await admin.post(`${DOSSIERS}/${made.id}/restore`)
  expect(back.body).toMatchObject({ report: null, _unreadable: ['/report'] })
  await admin.delete(`${DOSSIERS}/${made.id}`)
  expect((await admin.delete(`${DOSSIERS}/trash/${made.id}`)).status).toBe(204)
  expect((await noted()).map(({ id }) => id)).not.toContain(made.id)
  const other = await create({ report: 'Secret' })
  await damage(other.id, `report = ''::bytea`)
  await read(other.id)
  await expect.poll(noted).toContainEqual({ id: other.id, fields: ['report'] })
  await admin.delete(`${DOSSIERS}/${other.id}`)
  expect((await admin.delete(`${DOSSIERS}/trash`)).status).toBe(200)
  expect((await noted()).map(({ id }) => id)).not.toContain(other.id)
})

test('without the key of the ring everything else goes on; what needs it says so; and with it all is as before', async () => {
  const made = await create({ report: 'Secret', email: 'key@example.de' })
  await admin.patch(`${DOSSIERS}/${made.id}`, { phone: '+49 40 5' }, { version: 1 })
  const bytes = await sealed(made.id)
  const moved = new KeyRing(TEST_SECRET, () => `lost:${Buffer.alloc(32, 7).toString('base64')}`)
  const { bus, database } = platform.platform.root.cradle
  const { KeyOperations } = await import('../src/data/index.ts')
  const tell = (tenant: string) => bus.publish({ topic: 'tenant', tenantId: tenant })
  await new KeyOperations(database, moved, tell).rewrap(tenantId)
  lines.length = 0

  expect((await admin.get('/clinic/patients')).status).toBe(200)
  const patient = await admin.post(
    '/clinic/patients',
    { name: 'Ida' },
    { headers: { 'idempotency-key': 'lost-1' } },
  )
  expect(patient.status, patient.text).toBe(201)
  const repeated = await admin.post(
    '/clinic/patients',
    { name: 'Ida' },
    { headers: { 'idempotency-key': 'lost-1' } },
  )
  expect([repeated.body, repeated.headers.get('idempotency-replayed')]).toEqual([patient.body, 'true'])
  expect((await admin.get(`${DOSSIERS}?fields=title`)).status).toBe(200)
  const plain = await admin.post(DOSSIERS, { title: 'Plain' })
  expect(plain.status, plain.text).toBe(201)
  const changed = await admin.patch(`${DOSSIERS}/${made.id}`, { title: 'Changed' }, { version: 2 })
  expect(changed.body).toMatchObject({
    title: 'Changed',
    report: null,
    _unreadable: ['/email', '/phone', '/report'],
  })
  expect(await sealed(made.id)).toBe(bytes)
  for (const answer of [
    await admin.get(`${DOSSIERS}/${made.id}`),
    await admin.get(DOSSIERS),
    await admin.get(`${DOSSIERS}?${where({ email: 'key@example.de' })}&fields=title`),
    await admin.post(DOSSIERS, { title: 'New', report: 'x' }),
    await admin.patch(`${DOSSIERS}/${made.id}`, { report: 'x' }, { version: 3 }),
    await admin.patch(`${DOSSIERS}/${made.id}`, { report: null }, { version: 3 }),
  ])
    expectProblem(answer, 503, 'key_unavailable')
  expect(lines.map((line) => JSON.parse(line)).filter(({ keks }) => keks)).toMatchObject([
    { tenantId, keks: 'lost' },
  ])

  ring = `lost:${Buffer.alloc(32, 7).toString('base64')}`
  expect(await read(made.id)).toMatchObject({ title: 'Changed', report: 'Secret', email: 'key@example.de' })
  const replayed = await admin.post(
    '/clinic/patients',
    { name: 'Ida' },
    { headers: { 'idempotency-key': 'lost-1' } },
  )
  expect([replayed.body, replayed.headers.get('idempotency-replayed')]).toEqual([patient.body, 'true'])
})
