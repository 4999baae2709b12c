import { afterAll, beforeAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { spawnPlatform, type SpawnedPlatform } from './spawn-platform.ts'
import type { TestPlatform } from './support/index.ts'

const ROWS = 100_000
/** Characters of each record: a file of twice the memory there is. */
const NOTE = 2_000
const HEAP_MB = 96

let platform: TestPlatform
let small: SpawnedPlatform

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['depot'] })
  await platform.sql(
    `INSERT INTO shared.depot_article (tenant_id, id, version, created_at, updated_at, number, title, note, count, state)
     SELECT $1, gen_random_uuid(), 1, now(), now(), 'N-' || n, 'Title', rpad(n::text, ${NOTE}, 'x'), n, 'stored' FROM generate_series(1, ${ROWS}) n`,
    [platform.tenant('acme').id],
  )
  await platform.sql('ANALYZE shared.depot_article')
  small = await spawnPlatform(platform, { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` })
}, 120_000)
afterAll(async () => {
  await small?.stop()
  await platform.stop()
})

test.each(['csv', 'xlsx'])(
  `${ROWS} records leave as %s through a process whose memory could not hold them`,
  { timeout: 120_000 },
  async (format) => {
    const admin = small.admin('acme')
    const answer = await admin.raw('GET', `/depot/articles/export?format=${format}&fields=number,note`)
    expect(answer.status).toBe(200)
    let bytes = 0
    let rows = 0
    for await (const chunk of answer.body!) {
      bytes += chunk.byteLength
      if (format === 'csv') for (const byte of chunk) if (byte === 10) rows += 1
    }
    if (format === 'csv') {
      expect(rows).toBe(ROWS + 1)
      expect(bytes).toBeGreaterThan(HEAP_MB * 1_048_576)
    }
    expect((await admin.get('/session')).status).toBe(200)
    const [end] = await platform.sql(
      `SELECT after FROM plinth.audit WHERE action = 'depot.article.export-ended' ORDER BY id DESC LIMIT 1`,
    )
    expect(end!['after']).toEqual({ records: ROWS, complete: true })
  },
)
