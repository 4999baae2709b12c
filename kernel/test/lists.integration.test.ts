import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import {
  arbitraryAuthor,
  arbitraryExtended,
  arbitraryExtendedFilter,
  arbitraryExtendedSort,
  arbitrarySort,
  compareBy,
  CUSTOM_FIELDS,
  matches,
  type Filter,
  type SortKey,
} from './author-model.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { makeRecord, type AnyRecord, type Answer } from './support/index.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({
  plugins: ['lending'],
  tenants: [{ slug: 'acme' }, { slug: 'still' }, { slug: 'moving' }],
})
const { admin } = platform.tenant('acme')
afterAll(() => platform.stop())

const AUTHORS = '/library/authors'

interface Question {
  readonly filter?: unknown
  readonly sort?: readonly SortKey[]
  readonly limit?: number
}

function address({ filter, sort, limit }: Question, cursor?: string | null): string {
  const query = new URLSearchParams()
  if (filter !== undefined) query.set('filter', JSON.stringify(filter))
  if (sort) query.set('sort', sort.map((key) => `${key.descending ? '-' : ''}${key.field}`).join())
  if (limit !== undefined) query.set('limit', String(limit))
  if (cursor) query.set('cursor', cursor)
  return `${AUTHORS}?${query.toString()}`
}

async function fill(slug: string, count: number, input = arbitraryAuthor): Promise<AnyRecord[]> {
  const { admin: client } = platform.tenant(slug)
  const records: AnyRecord[] = []
  for (const [index, values] of fc.sample(input, count).entries()) {
    const mentorId = index % 4 === 0 ? null : records[(index * 7) % records.length]!.id
    records.push((await client.post(AUTHORS, { ...values, mentorId })).body as AnyRecord)
  }
  return records
}

test(
  'every filter in every order, page by page, lists exactly what meets it',
  async () => {
    const { admin: client } = platform.tenant('still')
    for (const field of CUSTOM_FIELDS)
      expect(await client.post('/custom-fields/library/author', field)).toMatchObject({ status: 201 })
    const all = await fill('still', 60, arbitraryExtended)
    const byId = new Map<unknown, AnyRecord>(all.map((each) => [each.id, each]))
    const question = fc.record({
      filter: arbitraryExtendedFilter,
      sort: arbitraryExtendedSort,
      limit: fc.constantFrom(3, 7, 20, 200, 200, 200),
    })
    const check = async (asked: {
      filter: Filter
      sort: readonly SortKey[]
      limit: number
    }): Promise<void> => {
      const expected = all
        .filter((each) => matches(each, asked.filter, (id) => byId.get(id)) === true)
        .toSorted(compareBy(asked.sort))
      const found: AnyRecord[] = []
      let cursor: string | null = null
      do {
        const { status, body, text }: Answer = await client.get(address(asked, cursor))
        expect(status, text).toBe(200)
        expect(body.items.length).toBeLessThanOrEqual(asked.limit)
        found.push(...body.items)
        cursor = body.next
      } while (cursor !== null)
      expect(found.map(summary)).toEqual(expected.map(summary))
    }
    // Several at once: while the database answers one, the next is asked.
    const questions = fc.array(question, { minLength: 10, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(questions, async (several) => void (await Promise.all(several.map(check)))),
      { numRuns: runs(200) },
    )
  },
  30_000 + runs(200) * 300,
)

const summary = ({ id, name, works, born, rating, genre, seenAt, custom }: AnyRecord) =>
  JSON.stringify({ name, works, born, rating, genre, seenAt, custom, id })

test('pages neither lose nor repeat a record while others come and go', async () => {
  const { admin: client } = platform.tenant('moving')
  const churn = fc.array(
    fc.oneof(
      arbitraryAuthor.map((input) => ({ input, victim: 0 })),
      fc.nat().map((victim) => ({ input: undefined, victim })),
    ),
    { maxLength: 4 },
  )
  await fill('moving', 25)
  await fc.assert(
    fc.asyncProperty(
      arbitrarySort,
      fc.integer({ min: 1, max: 6 }),
      fc.array(churn, { minLength: 1, maxLength: 8 }),
      async (sort, limit, turns) => {
        const start = (await client.get(`${AUTHORS}?limit=200`)).body.items as AnyRecord[]
        const gone = new Set<string>()
        const seen: string[] = []
        let cursor: string | null = null
        let turn = 0
        do {
          const { body }: Answer = await client.get(address({ sort, limit }, cursor))
          seen.push(...body.items.map((each: AnyRecord) => each.id))
          cursor = body.next
          for (const { input, victim } of turns[turn++] ?? []) {
            const removed = start[victim % start.length]!.id
            if (input) await client.post(AUTHORS, input)
            else if (start.length - gone.size > 10) {
              await client.delete(`${AUTHORS}/${removed}`)
              gone.add(removed)
            }
          }
        } while (cursor !== null)
        expect(new Set(seen).size).toBe(seen.length)
        const stayed = start.map((each) => each.id).filter((id) => !gone.has(id))
        expect(stayed.filter((id) => !seen.includes(id))).toEqual([])
      },
    ),
    { numRuns: runs(60) },
  )
})

test('without being asked for anything, a list has the entity’s own order and 50 records', async () => {
  const { admin: client } = platform.tenant('still')
  const { body } = await client.get(AUTHORS)
  expect(body.items).toHaveLength(50)
  expect(body.next).toEqual(expect.any(String))
  expect(body).not.toHaveProperty('total')
  const sort = [{ field: 'name', descending: false }]
  expect(body.items).toEqual(body.items.toSorted(compareBy(sort)))
})

test('a count is of everything that meets the question, not of the page', async () => {
  const { admin: client } = platform.tenant('still')
  const { body } = await client.get(`${address({ filter: { active: true }, limit: 2 })}&count=true`)
  const all = await client.get(address({ filter: { active: true }, limit: 200 }))
  expect(body.total).toBe(all.body.items.length)
  expect(body.items).toHaveLength(2)
  const further = await client.get(`${address({ filter: { active: true }, limit: 2 }, body.next)}&count=true`)
  expect(further.body.total).toBe(body.total)
})

test('a search finds records that hold all its words, in any searchable field, whatever their case', async () => {
  const anna = await makeRecord(admin, 'library.author', { name: 'Anna Müller', biography: 'Lives in Kiel' })
  await makeRecord(admin, 'library.author', { name: 'Anna Meyer', website: 'https://kiel.example' })
  const search = async (q: string) => {
    const { body } = await admin.get(`${AUTHORS}?q=${encodeURIComponent(q)}`)
    return body.items.map((each: AnyRecord) => each['name'])
  }
  expect(await search('kiel MÜLLER')).toEqual([anna['name']])
  expect(await search('anna')).toHaveLength(2)
  expect(await search('  anna\t')).toHaveLength(2)
  expect(await search('%')).toEqual([])
  expect(await search('_nn')).toEqual([])
  expect(await search(String.raw`\\`)).toEqual([])
})

test('a list leaves out fields nobody asked for, but never id and version', async () => {
  const { body } = await admin.get(`${AUTHORS}?fields=genre&sort=genre&limit=1`)
  expect(Object.keys(body.items[0]).toSorted()).toEqual(['genre', 'id', 'version'])
})

test('included references come as id and label, of what exists and may be read', async () => {
  const author = await makeRecord(admin, 'library.author', { name: 'Jane' })
  const book = await makeRecord(admin, 'library.book', { authorId: author.id, title: 'Home' })
  const loan = await makeRecord(admin, 'lending.loan', { bookId: book.id })
  const filter = encodeURIComponent(JSON.stringify({ id: book.id }))
  const { body } = await admin.get(`/library/books?filter=${filter}&include=author,editor`)
  expect(body.items[0]).toMatchObject({ author: { id: author.id, label: 'Jane' }, editor: null })
  const single = await admin.get(`/lending/loans/${loan.id}?include=book`)
  expect(single.body.book).toEqual({ id: book.id, label: `${book['number']} Home` })
})

test('a filter is refused with all that is wrong with it', async () => {
  const filter = {
    nothing: 1,
    works: { gt: 'many', like: 1, lt: 5 },
    or: [{ name: 'a' }, { not: { born: '2026-02-30' } }, 7],
    'mentor.works': 'many',
  }
  const answer = await admin.get(
    `/library/authors?limit=0&filter=${encodeURIComponent(JSON.stringify(filter))}`,
  )
  expectProblem(answer, 400, 'query_invalid')
  const found = answer.body.errors.map(
    ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
  )
  expect(found.toSorted()).toEqual([
    '/query/filter/mentor.works type',
    '/query/filter/nothing unknown_field',
    '/query/filter/or/1/not/born type',
    '/query/filter/or/2 type',
    '/query/filter/works/gt type',
    '/query/filter/works/like operator',
    '/query/limit range',
  ])
})

test('a cursor serves only the list and the order it came from', async () => {
  const { admin: client } = platform.tenant('still')
  const { body } = await client.get(`${AUTHORS}?limit=1&sort=works`)
  expect((await client.get(`${AUTHORS}?limit=1&sort=works&cursor=${body.next}`)).status).toBe(200)
  for (const path of [
    `${AUTHORS}?sort=-works&cursor=${body.next}`,
    `${AUTHORS}?cursor=${body.next}`,
    `/library/books?sort=copies&cursor=${body.next}`,
    `${AUTHORS}?sort=works&cursor=${body.next.slice(0, -2)}`,
  ])
    expect(await client.get(path)).toMatchObject({ status: 400, body: { code: 'cursor_invalid' } })
})
