import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aggregate, arbitraryAggregate, type Asked } from './aggregate-model.ts'
import { arbitraryAuthor, arbitraryFilter, matches, type Filter } from './author-model.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord, type AnyRecord } from './support/index.ts'
import { runs } from './support/chance.ts'

const AUTHORS = '/library/authors'

const platform = await bootFixtures({
  plugins: ['library'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
const { admin, member } = platform.tenant('acme')
afterAll(() => platform.stop())

const all: AnyRecord[] = []
for (const [index, input] of fc.sample(arbitraryAuthor, 60).entries()) {
  const mentorId = index % 3 === 0 ? null : all[(index * 7) % Math.min(index, 5)]!.id
  const { name, ...rest } = input
  all.push(await makeRecord(admin, 'library.author', { name, ...rest, mentorId }))
}
const byId = new Map<unknown, AnyRecord>(all.map((each) => [each.id, each]))

const get = (path: string, parameters: Record<string, string>) =>
  admin.get(`${path}/aggregate?${new URLSearchParams(parameters).toString()}`)

test(
  'every aggregate of whatever a filter meets is exact',
  async () => {
    const check = async ({ asked, filter }: { asked: Asked; filter: Filter }): Promise<void> => {
      const lists = Object.entries(asked).flatMap(([name, fields]) =>
        fields.length > 0 ? [[name, fields.join()]] : [],
      )
      const { status, body, text } = await get(AUTHORS, {
        ...Object.fromEntries(lists),
        filter: JSON.stringify(filter),
        limit: '1000',
      })
      expect(status, text).toBe(200)
      const met = all.filter((each) => matches(each, filter, (id) => byId.get(id)) === true)
      expect(sorted(body.groups)).toEqual(sorted(aggregate(met, asked)))
    }
    const questions = fc.array(fc.record({ asked: arbitraryAggregate, filter: arbitraryFilter }), {
      minLength: 10,
      maxLength: 10,
    })
    await fc.assert(
      fc.asyncProperty(questions, async (several) => void (await Promise.all(several.map(check)))),
      { numRuns: runs(200) },
    )
  },
  30_000 + runs(200) * 300,
)

function sorted(groups: readonly unknown[]): unknown[] {
  return groups.map((group) => JSON.stringify(sortKeys(group))).toSorted()
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([key, inner]): [string, unknown] => [key, sortKeys(inner)])
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
}

test('groups come in the order asked for, and say when there are more', async () => {
  const { body } = await get(AUTHORS, { group: 'genre', sort: '-count,genre' })
  const counts = body.groups.map((group: { count: number }) => group.count)
  expect(counts).toEqual(counts.toSorted((left: number, right: number) => right - left))
  expect(body.more).toBe(false)
  const first = await get(AUTHORS, { group: 'genre', sort: '-count,genre', limit: '1' })
  expect(first.body).toEqual({ groups: [body.groups[0]], more: true })
  const bySum = await get(AUTHORS, { group: 'genre', sum: 'works', sort: 'sum.works' })
  const sums = bySum.body.groups.map((group: any) => group.sum.works ?? Infinity)
  expect(sums).toEqual(sums.toSorted((left: number, right: number) => left - right))
})

test('sums are exact beyond what numbers hold', async () => {
  const author = await makeRecord(admin, 'library.author', { name: 'Cent' })
  for (const price of ['9999999999999999.99', '0.01', '0.02'])
    await makeRecord(admin, 'library.book', { authorId: author.id, price })
  const filter = JSON.stringify({ 'author.name': 'Cent' })
  const { body } = await get('/library/books', { sum: 'price', filter, count: 'true' })
  expect(body.groups).toEqual([{ key: {}, count: 3, sum: { price: '10000000000000000.02' } }])
})

test('an aggregate counts only what its asker may see, and takes one statement like a list', async () => {
  await makeRecord(admin, 'library.note', { text: 'of the administrator' })
  await member.post('/library/notes', { text: 'of the member' })
  const { body } = await member.get('/library/notes/aggregate?group=status')
  expect(body.groups).toEqual([{ key: { status: 'open' }, count: 1 }])
  const searched = await admin.get('/library/notes/aggregate?q=administrator')
  expect(searched.body.groups).toEqual([{ key: {}, count: 1 }])
  expect(await platform.statements(() => member.get('/library/notes/aggregate?group=status'))).toBe(
    await platform.statements(() => member.get('/library/notes')),
  )
})

test('who may not read records may not count them', async () => {
  expect((await member.get('/library/reviews/aggregate')).status).toBe(403)
  const { anonymous } = platform.tenant('acme')
  expect((await anonymous.get(`${AUTHORS}/aggregate`)).status).toBe(401)
  const foreign = await platform.tenant('other').admin.get(`${AUTHORS}/aggregate?group=genre`)
  expect(foreign.body).toEqual({ groups: [], more: false })
})

test('plugin code aggregates within the rights of whoever asks', async () => {
  const mine = await member.get('/library/readable-notes?tally=true')
  expect(mine.body.tally).toEqual([{ key: { status: 'open' }, count: 1, max: { priority: null } }])
  const everything = await admin.get('/library/readable-notes?tally=true')
  expect(everything.body.tally[0].count).toBe(2)
})

test('the API document tells how to aggregate', async () => {
  const { body } = await admin.get('/openapi.json')
  expect(body.paths['/library/authors/aggregate'].get.operationId).toBe('aggregate_library_author')
})
