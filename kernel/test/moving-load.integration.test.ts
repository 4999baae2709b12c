import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { ended, order } from './moving-tenant.ts'
import { makeRecord, type Answer } from './support/index.ts'

const ROWS = 100_000
const platform = await bootFixtures({ plugins: ['library'] })
afterAll(() => platform.stop())

/** Sends requests at a steady rate, whatever becomes of those before, until it is told to end. */
function steadily(perSecond: number, send: () => Promise<Answer>): () => Promise<Answer[]> {
  const answers: Promise<Answer>[] = []
  const timer = setInterval(() => answers.push(send()), 1000 / perSecond)
  return () => {
    clearInterval(timer)
    return Promise.all(answers)
  }
}

const refusals = (answers: readonly Answer[]): string[] =>
  answers.filter(({ status }) => status >= 300).map(({ status, text }) => `${status} ${text}`)

test('K-DATA-05: 100,000 records go from shared to a database of their own while they are read and changed', async () => {
  const acme = platform.tenant('acme')
  const { admin } = acme
  const first = await makeRecord(admin, 'library.author')
  await acme.sql(
    `INSERT INTO shared.library_author (tenant_id, id, version, created_at, updated_at, name, active)
     SELECT tenant_id, gen_random_uuid(), 1, created_at, updated_at, 'Author ' || n, true FROM shared.library_author, generate_series(1, ${ROWS}) n WHERE id = $1`,
    [first.id],
  )
  const move = await order(platform, acme, 'database')
  const reads = steadily(20, () => admin.get(`/library/authors/${first.id}`))
  const lists = steadily(1, () => admin.get('/library/authors?limit=20'))
  const writes = steadily(2, () => admin.post('/library/authors', { name: 'Meanwhile' }))
  const result = await ended(platform, move)
  const [read, listed, written] = await Promise.all([reads(), lists(), writes()])
  expect(result).toMatchObject({ step: 'done', error: null })
  expect(refusals([...read, ...listed])).toEqual([])
  expect(refusals(written)).toEqual([])
  expect((await acme.home()).level).toBe('database')
  expect(result.tables!.find(({ table }) => table === 'library_author')!.rows).toBeGreaterThan(ROWS)
  // Everything that was confirmed is there, whichever side of the move it was.
  const ids = written.map(({ body }) => body.id as string)
  const [kept] = await acme.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM shared.library_author WHERE id = ANY ($1)',
    [ids],
  )
  expect(kept!.count).toBe(ids.length)
  const [left] = await platform.database.sql(
    'SELECT count(*)::int AS count FROM shared.library_author WHERE tenant_id = $1',
    [acme.id],
  )
  expect(left).toEqual({ count: 0 })
  console.log(
    `moved ${result.rows} rows; nothing could be changed for ${result.pauseMs} ms; ${read.length} reads, ${written.length} changes`,
  )
}, 240_000)
