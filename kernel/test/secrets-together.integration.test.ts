import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { DOSSIERS, dossierMaker } from './dossiers.ts'
import { expectProblem } from './expect-problem.ts'
import { bring, rowsOf, upload } from './import-client.ts'
import { whereIsText } from './where-is-text.ts'
import { where } from './where.ts'

const lines: string[] = []
const platform = await bootFixtures({
  plugins: ['clinic'],
  logLevel: 'trace',
  logTo: (line) => void lines.push(line),
})
afterAll(() => platform.stop())
const { admin, member } = platform.tenant('acme')
const LOANS = '/clinic/loans'

const create = dossierMaker(admin)

test('a file that is imported is kept sealed, with what is shown of it', async () => {
  const path = DOSSIERS
  const csv = [
    'title,code,report,age,rate,born',
    'Brought,CANARY-import-1,CANARY report,61,31415.92,1961-07-13',
    'Refused,CANARY-import-2,CANARY report,CANARY-age,CANARY-rate,CANARY-born',
  ].join('\n')
  const { body } = await upload(admin, csv, { path })
  expect(body.matches).toEqual(['id'])
  expect(JSON.stringify(body.sample)).toContain('CANARY-import-1')
  expect(await whereIsText(platform, 'CANARY')).toEqual([])
  const checked = await bring(admin, csv, {}, 'check', { path })
  expect(checked.status).toBe('checked')
  const done = await bring(admin, csv, {}, 'run', { path })
  expect(done.counts).toMatchObject({ created: 1, refused: 1 })
  const [, refused] = await rowsOf(admin, done, '', path)
  expect(refused!.errors.map(({ pointer, detail }) => [pointer, detail])).toEqual([
    ['/age', 'The value is not accepted.'],
    ['/rate', 'The value is not accepted.'],
    ['/born', 'The value is not accepted.'],
  ])
  const brought = await admin.get(`${path}?${where({ code: 'CANARY-import-1' })}`)
  expect(brought.body.items).toMatchObject([
    { title: 'Brought', report: 'CANARY report', age: 61, rate: '31415.92' },
  ])
  await platform.settled()
  expect(await whereIsText(platform, 'CANARY')).toEqual([])
  expect(await whereIsText(platform, 'Brought')).not.toContain('plinth.import_chunk')
  expect(lines.filter((line) => line.includes('CANARY'))).toEqual([])
})

describe('children', () => {
  const entriesOf = async (id: string): Promise<any[]> =>
    (await admin.get(`${DOSSIERS}/${id}?include=entries`)).body.entries

  test('are sealed, read and changed with their parent, at their own addresses, and added by the dozen', async () => {
    const made = await create({
      code: 'with children',
      entries: [
        { title: 'One', stamp: 'CANARY-a', note: 'CANARY note one', pin: 'CANARY-1234' },
        { title: 'Two', stamp: 'CANARY-b', note: 'CANARY note two' },
      ],
    })
    expect(made.entries).toMatchObject([
      { title: 'One', stamp: 'CANARY-a', note: 'CANARY note one', pin: '****1234' },
      { title: 'Two', stamp: 'CANARY-b', note: 'CANARY note two', pin: null },
    ])
    expect(await entriesOf(made.id)).toEqual(made.entries)
    const [one, two] = made.entries
    const saved = await admin.patch(
      `${DOSSIERS}/${made.id}`,
      {
        entries: [
          { id: two.id, note: 'CANARY changed' },
          { id: one.id, title: 'One, moved' },
          ...Array.from({ length: 12 }, (_, index) => ({
            title: `More ${index}`,
            stamp: `CANARY-m${index}`,
          })),
        ],
      },
      { version: made.version },
    )
    expect(saved.status, saved.text).toBe(200)
    const [first, second, third, ...rest] = await entriesOf(made.id)
    expect([first.note, second.note, second.pin, second.title]).toEqual([
      'CANARY changed',
      'CANARY note one',
      '****1234',
      'One, moved',
    ])
    expect([third.stamp, rest.length]).toEqual(['CANARY-m0', 11])
    const alone = await admin.patch(
      `/clinic/entries/${one.id}`,
      { note: 'CANARY alone' },
      { version: second.version },
    )
    expect(alone.body).toMatchObject({ note: 'CANARY alone', stamp: 'CANARY-a' })
    expect((await admin.get(`/clinic/entries?${where({ stamp: 'CANARY-a' })}`)).body.items).toHaveLength(1)
    expect((await admin.delete(`${DOSSIERS}/${made.id}`)).status).toBe(204)
    await platform.settled()
    expect(await whereIsText(platform, 'CANARY')).toEqual([])
    expect(lines.filter((line) => line.includes('CANARY'))).toEqual([])
  })

  test('keep unique values unique, in one request and in two', async () => {
    const twice = await admin.post(DOSSIERS, {
      title: 'Twice',
      entries: [
        { title: 'A', stamp: 'same' },
        { title: 'B', stamp: 'same' },
      ],
    })
    expectProblem(twice, 409, 'unique_violated')
    await create({ entries: [{ title: 'A', stamp: 'taken' }] })
    const taken = await admin.post(DOSSIERS, { title: 'Taken', entries: [{ title: 'B', stamp: 'taken' }] })
    expectProblem(taken, 409, 'unique_violated')
  })
})

test('what comes along with others is opened too, and they can be asked for by it', async () => {
  const dossier = await create({ email: 'along@example.de', report: 'Along', ssn: 'CANARY-5678' })
  await admin.post(LOANS, { title: 'L', dossierId: dossier.id })
  const { body } = await admin.get(
    `${LOANS}?include=dossier(report,ssn,email)&${where({ 'dossier.email': 'along@example.de' })}`,
  )
  expect(body.items).toMatchObject([
    { dossier: { report: 'Along', ssn: '****5678', email: 'along@example.de' } },
  ])
  expect((await admin.get(`${LOANS}?include=dossier.*`)).body.items[0].dossier).toMatchObject({
    report: 'Along',
  })
  const refused = await admin.get(`${LOANS}?${where({ 'dossier.report': 'Along' })}`)
  expectProblem(refused, 400, 'query_invalid')
  expect(refused.body.errors[0].pointer).toBe('/query/filter/dossier.report')
  expectProblem(await member.get(`${LOANS}?${where({ 'dossier.ssn': 'CANARY-5678' })}`))
})
