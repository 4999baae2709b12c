import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { bring, rowsOf, upload } from './import-client.ts'
import type { AnyRecord } from './support/index.ts'

const platform = await bootFixtures({ plugins: ['clinic'] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const path = '/clinic/patients'
const [clerk, head] = await Promise.all([
  acme.addMember(['clinic.clerk', 'clinic.exporter']),
  acme.addMember(['clinic.head']),
])

const stored = async (name: string): Promise<AnyRecord> =>
  (await platform.sql<AnyRecord>('SELECT * FROM shared.clinic_patient WHERE name = $1', [name]))[0]!

const INPUT = {
  ward: 'north',
  account: 'DE89370400440532013000',
  email: 'margarete@example.de',
  born: '1985-03-31',
  income: { amount: '4200.00', currency: 'EUR' },
  children: 3,
  insurance: 'A00014711',
}

test('masks that were taken out and come back change nothing', async () => {
  const made = await head.post(path, { ...INPUT, name: 'Masked' })
  expect(made.status, made.text).toBe(201)
  const before = await stored('Masked')
  const file = await clerk.raw('GET', `${path}/export`)
  const csv = await file.text()
  expect(csv).toContain('DE** **** 3000')
  const done = await bring(clerk, csv, { mode: 'update', match: 'id' }, 'run', { path })
  expect(done.counts, JSON.stringify(await rowsOf(clerk, done, '', path))).toEqual({
    created: 0,
    updated: 0,
    unchanged: 1,
    refused: 0,
  })
  expect(await stored('Masked')).toEqual(before)
})

test('masks make no values, and what may not be seen may not be replaced', async () => {
  const { id } = (await head.post(path, { ...INPUT, insurance: 'A00024711', name: 'Kept' })).body
  const before = await stored('Kept')
  const created = await bring(clerk, 'name,ward,email\nNew,north,m***@example.de\n', {}, 'run', { path })
  expect(await rowsOf(clerk, created, '', path)).toMatchObject([
    { outcome: 'refused', errors: [{ pointer: '/email', code: 'masked', header: 'email' }] },
  ])
  const settings = { mode: 'update', match: 'id' } as const
  const changed = await bring(clerk, `id,email\n${id},other@example.de\n`, settings, 'run', { path })
  expect(await rowsOf(clerk, changed, '', path)).toMatchObject([
    { outcome: 'refused', errors: [{ pointer: '/email', code: 'hidden' }] },
  ])
  expect(await stored('Kept')).toEqual(before)
})

test('no record is found by what a mask hides, and no check tells that a hidden value is taken', async () => {
  const { body } = await upload(clerk, 'insurance,name\nA00014711,Guess\n', { path })
  expect(body.matches).toEqual(['id'])
  const answer = await clerk.patch(`${path}/imports/${body.id}`, { mode: 'update', match: 'insurance' })
  expect(answer.body.problems).toMatchObject([{ pointer: '/match', code: 'required' }])
  for (const number of ['A00014711', 'A99999999']) {
    const checked = await bring(clerk, `insurance,name,ward\n${number},Guess,north\n`, {}, 'check', { path })
    expect(await rowsOf(clerk, checked, '', path)).toMatchObject([
      { outcome: 'refused', errors: [{ pointer: '/insurance', code: 'hidden' }] },
    ])
  }
})
