import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { DOSSIERS, dossierMaker } from './dossiers.ts'
import { dossier as entity } from './fixtures/plugins/clinic/src/dossier-entity.ts'
import { expectProblem } from './expect-problem.ts'
import { isVisible } from './plain-text.ts'
import { whereIsText } from './where-is-text.ts'
import { where } from './where.ts'
import { runs } from './support/chance.ts'

const lines: string[] = []
const platform = await bootFixtures({
  plugins: ['clinic'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'fresh' }],
  logLevel: 'trace',
  logTo: (line) => void lines.push(line),
})
afterAll(() => platform.stop())
const { admin, member } = platform.tenant('acme')
const LOANS = '/clinic/loans'
const ENCRYPTED = Object.entries(entity.fields).flatMap(([name, field]) =>
  'encrypted' in field ? [name] : [],
)

const CLEAR = {
  code: 'CANARY-code-3141',
  ssn: 'CANARY-ssn-2718',
  account: 'DE89370400440532013000',
  email: 'canary.mail@example.de',
  phone: '+49 40 7654321',
  page: 'https://canary.example/page',
  age: 61,
  rate: '31415.92',
  born: '1961-07-13',
  seenAt: '2026-05-04T08:30:11.123+00:00',
  home: { city: 'Canaryhausen', street: 'Canaryweg 9' },
  salary: { amount: '987654.32', currency: 'EUR' },
  report: 'CANARY report: sleeps "badly" \\ often, äöü 😀',
}
const MASKED = { ssn: '****2718', account: 'DE** **** 3000', salary: '****' }
const CANARIES = [
  'CANARY',
  'canary.',
  'Canary',
  'DE89370400440532013000',
  '7654321',
  '31415.92',
  '1961-07-13',
  '08:30:11.123',
  '987654',
  '98765432',
]

const create = dossierMaker(admin)
const REVEAL = `reveal=ssn,account,salary`

test('every encrypted type reads as it was written: in the answer, alone, in a list, by plugin code and in a file', async () => {
  const made = await create(CLEAR)
  expect(made).toMatchObject({ ...CLEAR, ...MASKED })
  expect((await member.get(`${DOSSIERS}/${made.id}`)).body).toEqual(made)
  expect((await admin.get(`${DOSSIERS}?${where({ id: made.id })}`)).body.items).toEqual([made])
  expect((await admin.get(`${DOSSIERS}/${made.id}?${REVEAL}`)).body).toMatchObject(CLEAR)
  expect((await admin.get(`${DOSSIERS}?${where({ id: made.id })}&${REVEAL}`)).body.items[0]).toMatchObject(
    CLEAR,
  )
  expect((await admin.get(`/clinic/dossier-files/${made.id}`)).body).toMatchObject(CLEAR)
  expect((await member.get(`/clinic/dossier-files/${made.id}`)).body).toMatchObject({ ...CLEAR, ...MASKED })
  const file = await admin.get(`${DOSSIERS}/export?${where({ id: made.id })}&fields=code,salary,born`)
  expect(file.text.split('\r\n')[1]).toBe('CANARY-code-3141,****,1961-07-13')
})

test('a change seals anew, and the same value again is no change', async () => {
  const made = await create({ report: 'CANARY one' })
  const same = await admin.patch(`${DOSSIERS}/${made.id}`, { report: 'CANARY one' }, { version: 1 })
  expect(same.body.version).toBe(1)
  const changed = await admin.patch(
    `${DOSSIERS}/${made.id}`,
    { report: 'CANARY two', age: null },
    { version: 1 },
  )
  expect(changed.body).toMatchObject({ version: 2, report: 'CANARY two' })
  expect((await admin.get(`${DOSSIERS}/${made.id}`)).body.report).toBe('CANARY two')
  const emptied = await admin.patch(`${DOSSIERS}/${made.id}`, { report: null }, { version: 2 })
  expect(emptied.body.report).toBeNull()
  expect((await admin.delete(`${DOSSIERS}/${made.id}`)).status).toBe(204)
})

test('whatever text is stored comes back, tokens of a sort included', async () => {
  const { id } = await create()
  let version = 1
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((text) => text.normalize('NFC')),
        fc.constant(`x:c:clinic.dossier/report:${id}:00`),
      ),
      async (value) => {
        fc.pre(value.isWellFormed() && !value.includes('\0') && isVisible(value))
        const { body, status, text } = await admin.patch(`${DOSSIERS}/${id}`, { report: value }, { version })
        expect(status, text).toBe(200)
        version = body.version
        expect((await admin.get(`${DOSSIERS}/${id}`)).body.report).toBe(value)
      },
    ),
    { numRuns: runs(40) },
  )
})

test('no table holds a clear value anywhere, whatever was done with it', async () => {
  const key = { headers: { 'idempotency-key': 'canary-1' } }
  const { body: made } = await admin.post(DOSSIERS, { title: 'Kept', ...CLEAR, code: 'CANARY-code-9' }, key)
  const repeated = await admin.post(DOSSIERS, { title: 'Kept', ...CLEAR, code: 'CANARY-code-9' }, key)
  expect(repeated.headers.get('idempotency-replayed')).toBe('true')
  expect(repeated.body).toEqual(made)
  await admin.patch(
    `${DOSSIERS}/${made.id}`,
    { report: 'CANARY again', ssn: 'CANARY-ssn-99' },
    { version: 1 },
  )
  await admin.get(`${DOSSIERS}/${made.id}?${REVEAL}`)
  await admin.get(`${DOSSIERS}?${where({ email: CLEAR.email })}`)
  const inTrash = await create({ ...CLEAR, code: 'CANARY-code-10' })
  await admin.delete(`${DOSSIERS}/${inTrash.id}`)
  await admin.post(`${DOSSIERS}/bulk`, {
    rows: [
      { action: 'create', fields: { title: 'Of many', ...CLEAR, code: 'CANARY-code-11' } },
      { action: 'create', fields: { title: 'Refused', ...CLEAR, code: 'CANARY-code-11' } },
    ],
  })
  // Refused, with the value at hand.
  await admin.post(DOSSIERS, { title: 'Refused', ...CLEAR, code: 'CANARY-code-9' })
  await admin.post(DOSSIERS, { title: 'Refused', ...CLEAR, age: 'CANARY' })
  await admin.get(`${DOSSIERS}?sort=code&${where({ report: 'CANARY' })}`)
  await platform.settled()
  for (const canary of CANARIES) expect(await whereIsText(platform, canary), canary).toEqual([])
  for (const canary of CANARIES) expect(lines.filter((line) => line.includes(canary))).toEqual([])
  // The search itself must be able to find something.
  expect(await whereIsText(platform, 'Kept')).toContain('shared.clinic_dossier')
})

describe('looking up', () => {
  test('finds equal values, by one or several, and empty ones', async () => {
    const made = await create({
      email: 'look.up@example.de',
      age: 77,
      born: '1949-01-02',
      account: 'DE94120300000000003000',
    })
    const ids = async (filter: object): Promise<string[]> =>
      (await admin.get(`${DOSSIERS}?${where(filter)}`)).body.items.map((item: { id: string }) => item.id)
    for (const filter of [
      { email: 'look.up@example.de' },
      { email: { eq: 'LOOK.UP@example.de' } },
      { age: { in: [1, 77] } },
      { born: '1949-01-02' },
      { account: 'de94 1203 0000 0000 0030 00' },
      { and: [{ age: 77 }, { not: { email: 'other@example.de' } }] },
      { age: 77, phone: null },
      { age: 77, report: { isNull: true } },
    ])
      expect(await ids(filter), JSON.stringify(filter)).toEqual([made.id])
    expect(await ids({ age: { in: [] } })).toEqual([])
    expect(await ids({ age: 78 })).toEqual([])
    expect(await ids({ email: 'look.up@example.d' })).toEqual([])
  })

  test('is refused with a pointer for everything else', async () => {
    const refused = async (query: string, pointer: string) => {
      const answer = await admin.get(`${DOSSIERS}${query}`)
      expectProblem(answer, 400, 'query_invalid')
      expect(answer.body.errors[0].pointer, query).toBe(pointer)
    }
    for (const operator of [
      'ne',
      'nin',
      'lt',
      'lte',
      'gt',
      'gte',
      'contains',
      'startsWith',
      'near',
      'currency',
      'like',
    ])
      await refused(
        `?${where({ email: { [operator]: operator === 'nin' ? ['a'] : 'a' } })}`,
        `/query/filter/email/${operator}`,
      )
    // No index to look it up in.
    for (const [name, value] of [
      ['phone', '+49 40 7654321'],
      ['report', 'x'],
      ['salary', { eq: '1' }],
    ] as const)
      await refused(`?${where({ [name]: value })}`, `/query/filter/${name}${name === 'salary' ? '/eq' : ''}`)
    await refused(`?${where({ age: 'old' })}`, '/query/filter/age')
    for (const name of ENCRYPTED) {
      await refused(`?sort=${name}`, '/query/sort')
      await refused(`/aggregate?group=${name}`, '/query/group')
      for (const measure of ['sum', 'avg', 'min', 'max'])
        await refused(`/aggregate?${measure}=${name}`, `/query/${measure}`)
    }
  })

  test('of what is masked too takes the permission to see it', async () => {
    await create({ ssn: 'A-12345678' })
    expect((await admin.get(`${DOSSIERS}?${where({ ssn: 'A-12345678' })}`)).body.items).toHaveLength(1)
    expectProblem(await member.get(`${DOSSIERS}?${where({ ssn: 'A-12345678' })}`), 400, 'query_invalid')
  })

  test('the same value looks different in another tenant and another field', async () => {
    const value = 'same@example.de'
    const { title } = await create({ email: value, code: value })
    await platform.tenant('beta').admin.post(DOSSIERS, { title: 'B', email: value })
    const rows = await platform.sql<{ email: string; code: string | null }>(
      `SELECT encode(email_blind, 'hex') AS email, encode(code_blind, 'hex') AS code FROM shared.clinic_dossier WHERE title IN ('B', $1)`,
      [title],
    )
    const seen = rows.flatMap(({ email, code }) => [email, code]).filter((each) => each !== null)
    expect(new Set(seen).size).toBe(3)
  })
})

test('what must be unique is, though nobody can read it', async () => {
  await create({ code: 'only one' })
  const answer = await admin.post(DOSSIERS, { title: 'Twin', code: ' only one ' })
  expectProblem(answer, 409, 'unique_violated')
  expect(answer.body.errors).toMatchObject([{ pointer: '/code' }])
  expect(
    (await platform.tenant('beta').admin.post(DOSSIERS, { title: 'Elsewhere', code: 'only one' })).status,
  ).toBe(201)
})

test('the trash shows what the list would, and frees what must be unique', async () => {
  const made = await create({ code: 'in the trash', ssn: 'T-87654321', report: 'Gone' })
  expect((await admin.delete(`${DOSSIERS}/${made.id}`)).status).toBe(204)
  const trash = await admin.get(`${DOSSIERS}/trash?${where({ code: 'in the trash' })}`)
  expect(trash.body.items).toMatchObject([{ id: made.id, report: 'Gone', ssn: '****4321' }])
  const next = await create({ code: 'in the trash' })
  expectProblem(await admin.post(`${DOSSIERS}/${made.id}/restore`), 409, 'unique_violated')
  expect((await admin.patch(`${DOSSIERS}/${next.id}`, { code: null }, { version: 1 })).status).toBe(200)
  const back = await admin.post(`${DOSSIERS}/${made.id}/restore`)
  expect(back.body).toMatchObject({ code: 'in the trash', report: 'Gone', ssn: '****4321' })
  expectProblem(await admin.post(DOSSIERS, { title: 'Twin', code: 'in the trash' }), 409, 'unique_violated')
})

test('the audit log says what changed, not what it was', async () => {
  const made = await create({ report: 'CANARY audit', ssn: 'CANARY-ssn-55' })
  await admin.patch(`${DOSSIERS}/${made.id}`, { report: 'CANARY other' }, { version: 1 })
  const { body } = await admin.get(`/audit?subjectId=${made.id}`)
  expect(body.items[0]).toMatchObject({ before: { report: '****' }, after: { report: '****' } })
  expect(body.items[1].after).toMatchObject({ report: '****', ssn: '****', code: null })
})

test('reads of entities without encrypted fields ask for no keys', async () => {
  const fresh = platform.tenant('fresh').admin
  const keys = () =>
    platform.sql(`SELECT 1 FROM plinth.tenant_key WHERE tenant_id = $1`, [platform.tenant('fresh').id])
  const before = (await keys()).length
  await platform.sql(`DELETE FROM plinth.tenant_key WHERE tenant_id = $1`, [platform.tenant('fresh').id])
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: platform.tenant('fresh').id })
  for (const path of [
    LOANS,
    `${LOANS}?include=dossier`,
    `${LOANS}?include=dossier.*`,
    '/clinic/patients',
    `/clinic/patients?${where({ ward: 'north' })}`,
    '/clinic/visits',
  ])
    expect((await fresh.get(path)).status).toBe(200)
  expect(await keys()).toEqual([])
  expect((await fresh.get(DOSSIERS)).status).toBe(200)
  expect(await keys()).toHaveLength(Math.max(before, 2))
})
