import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { ARTICLES, bring, ended, upload } from './import-client.ts'
import { spawnPlatform, type SpawnedPlatform } from './spawn-platform.ts'
import type { TestPlatform, TestTenant } from './support/index.ts'

const ROWS = 1_500

let platform: TestPlatform
let acme: TestTenant
let nodes: SpawnedPlatform[] = []

// This node takes requests alone: those that do the work are killed.
beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['depot'], roles: ['web'] })
  acme = platform.tenant('acme')
}, 120_000)
afterAll(async () => {
  for (const node of nodes) await node.kill()
  await platform?.stop()
})

const spawnNode = async (): Promise<SpawnedPlatform> => {
  const node = await spawnPlatform(platform)
  nodes.push(node)
  return node
}

const file = (word: string, count = ROWS): string =>
  ['title,sku', ...Array.from({ length: count }, (_, index) => `${word} ${index},${word}-${index}`)].join(
    '\n',
  )

const done = async (id: string): Promise<number> =>
  Number((await acme.sql('SELECT done FROM plinth.import WHERE id = $1', [id]))[0]!['done'])

/** Workers look into the database of a workspace of its own when there is news of it. */
const tell = () => platform.platform.root.cradle.bus.publish({ topic: 'work', tenantId: acme.id })

/** What is left of an import: records, numbers, audit entries, events, rows of the import. */
async function traces(word: string, id: string): Promise<unknown> {
  const [row] = await acme.sql(
    `SELECT count(*)::int AS records, count(DISTINCT title)::int AS titles, count(DISTINCT number)::int AS numbers,
        (SELECT count(*)::int FROM plinth.audit WHERE request_id = $2 AND action = 'depot.article.created') AS audit,
        (SELECT count(*)::int FROM plinth.outbox o WHERE o.subject IN (SELECT id::text FROM shared.depot_article WHERE starts_with(title, $1))) AS events,
        (SELECT count(*)::int FROM plinth.import_row WHERE import_id = $2::uuid) AS rows
      FROM shared.depot_article WHERE starts_with(title, $1)`,
    [word, id],
  )
  return row
}
const complete = {
  records: ROWS,
  titles: ROWS,
  numbers: ROWS,
  audit: ROWS,
  events: ROWS,
  rows: ROWS,
}

test(
  'an import whose workers are killed again and again has every row once',
  { timeout: 240_000 },
  async () => {
    const { body } = await upload(acme.admin, file('Killed'))
    expect((await acme.admin.post(`${ARTICLES}/imports/${body.id}/run`)).status).toBe(202)
    for (let kills = 0, before = -1; kills < 4; kills += 1) {
      // Two at a time: neither may do what the other does.
      const workers = await Promise.all([spawnNode(), spawnNode()])
      await expect.poll(() => done(body.id), { timeout: 60_000, interval: 5 }).toBeGreaterThan(before)
      before = await done(body.id)
      for (const worker of workers) await worker.kill()
      // As if the lease of the dead one had run out.
      await acme.sql('UPDATE plinth.import SET lease_until = now() WHERE id = $1', [body.id])
      if (before >= ROWS) break
    }
    await spawnNode()
    const result = await ended(acme.admin, body)
    expect(result).toMatchObject({ status: 'done', done: ROWS, counts: { created: ROWS, refused: 0 } })
    expect(await traces('Killed', body.id)).toEqual(complete)
  },
)

test(
  'an import that was stopped goes on where it stopped, and a finished one is not run again',
  { timeout: 120_000 },
  async () => {
    const { body } = await upload(acme.admin, file('Stopped'))
    const at = `${ARTICLES}/imports/${body.id}`
    const runs = await Promise.all(Array.from({ length: 3 }, () => acme.admin.post(`${at}/run`)))
    expect(runs.every(({ status }) => status === 202 || status === 409)).toBe(true)
    await expect.poll(() => done(body.id), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0)
    const stopped = await acme.admin.post(`${at}/cancel`)
    expect(stopped.status, stopped.text).toBe(200)
    const after = await ended(acme.admin, body)
    expect(after.status).toBe('cancelled')
    expect((await acme.admin.post(`${at}/cancel`)).status).toBe(200)
    expectProblem(await acme.admin.patch(at, { mode: 'update', match: 'sku' }), 409, 'import_busy')
    expectProblem(await acme.admin.post(`${at}/check`), 409, 'import_busy')
    expect((await acme.admin.post(`${at}/run`)).status).toBe(202)
    expect(await ended(acme.admin, body)).toMatchObject({ status: 'done', counts: { created: ROWS } })
    expect(await traces('Stopped', body.id)).toEqual(complete)
    const again = await acme.admin.post(`${at}/run`)
    expect([again.status, again.body.status]).toEqual([202, 'done'])
    expect(await traces('Stopped', body.id)).toEqual(complete)
  },
)

test('what ends its worker each time is given up', { timeout: 60_000 }, async () => {
  const { body } = await upload(acme.admin, file('Hopeless', 10))
  await acme.sql(`UPDATE plinth.import SET status = 'running', attempts = 5 WHERE id = $1`, [body.id])
  await tell()
  const result = await ended(acme.admin, body)
  expect(result).toMatchObject({ status: 'failed', reason: { code: 'internal' }, done: 0 })
})

test('a program imports with its key, and no further than the key goes', { timeout: 60_000 }, async () => {
  const key = async (permissions: readonly string[]) => {
    const { body } = await acme.admin.post('/api-keys', { name: 'sync', permissions })
    return { id: body.id as string, program: acme.clientWithKey(body.key) }
  }
  const { program, id } = await key(['trade.depot.article.create', 'trade.depot.article.read'])
  expect((await bring(program, 'title\nBy a program\n')).counts).toMatchObject({ created: 1 })
  const { body } = await upload(program, 'title\nToo late\n')
  await acme.admin.delete(`/api-keys/${id}`)
  await acme.sql(`UPDATE plinth.import SET status = 'running' WHERE id = $1`, [body.id])
  await tell()
  const state = async (): Promise<unknown> =>
    (await acme.sql(`SELECT reason->>'code' AS code FROM plinth.import WHERE id = $1`, [body.id]))[0]
  await expect.poll(state, { timeout: 30_000 }).toEqual({ code: 'session_missing' })
  const reader = await key(['trade.depot.article.read'])
  expectProblem(await upload(reader.program, 'title\nx\n'), 403, 'permission_missing')
})
