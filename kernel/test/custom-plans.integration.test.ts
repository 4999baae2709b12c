import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { compileList, parseListQuery, type ReadScope } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'

/** More takes longer: `PLINTH_TEST_ROWS=1000000`. */
const ROWS = Number(process.env['PLINTH_TEST_ROWS'] ?? 60_000)

const platform = await bootFixtures({
  plugins: ['garage'],
  tenants: [{ slug: 'large' }, { slug: 'small' }, { slug: 'tiny' }],
})
afterAll(() => platform.stop())

async function fill(slug: string, rows: number): Promise<void> {
  const { admin, id } = platform.tenant(slug)
  const ids = new Map<string, string>()
  for (const [type, label] of [
    ['string', 'Region'],
    ['decimal', 'Price'],
    ['tags', 'Extras'],
    ['int', 'Rare'],
  ])
    ids.set(label!, (await admin.post('/custom-fields/garage/car', { type, label })).body.id)
  await platform.sql(
    `INSERT INTO shared.garage_car (tenant_id, id, version, created_at, updated_at, plate, custom)
     SELECT $1, gen_random_uuid(), 1, now(), now(), 'P ' || n, jsonb_build_object('region', md5(n::text), 'price', (n % 1000) || '.00',
       'extras', jsonb_build_array('e' || n % 5000)) || CASE WHEN n % 1000 = 0 THEN jsonb_build_object('rare', n) ELSE '{}' END
     FROM generate_series(1, $2::int) n`,
    [id, rows],
  )
  await platform.sql(
    `INSERT INTO shared.garage_car__custom (tenant_id, record_id, field_id, text, number)
     SELECT tenant_id, id, $2::uuid, custom ->> 'region', NULL FROM shared.garage_car WHERE tenant_id = $1
     UNION ALL SELECT tenant_id, id, $3::uuid, NULL, (custom ->> 'price')::numeric * 100 FROM shared.garage_car WHERE tenant_id = $1
     UNION ALL SELECT tenant_id, id, $4::uuid, custom -> 'extras' ->> 0, NULL FROM shared.garage_car WHERE tenant_id = $1
     UNION ALL SELECT tenant_id, id, $5::uuid, NULL, (custom ->> 'rare')::bigint FROM shared.garage_car WHERE tenant_id = $1 AND custom -> 'rare' IS NOT NULL`,
    [id, ids.get('Region'), ids.get('Price'), ids.get('Extras'), ids.get('Rare')],
  )
}

const md5 = 'c4ca4238a0b923820dcc509a6f75849b'

const QUESTIONS: { filter?: string; sort?: string; cursor?: string }[] = [
  { filter: `{"custom.region":"${md5}"}` },
  { filter: `{"custom.region":{"in":["${md5}","x"]}}`, sort: 'custom.price' },
  { filter: '{"custom.extras":{"contains":"e17"}}' },
  { filter: '{"custom.rare":{"gte":59000}}' },
  { sort: 'custom.region' },
  { sort: '-custom.price' },
  { sort: '-custom.price,plate' },
  { filter: '{"custom.price":{"lt":"1.00"}}', sort: '-custom.rare' },
]

test(`filters and orders by fields of ${ROWS} records use the indexes, as the application’s own login`, async () => {
  await fill('large', ROWS)
  await fill('small', 500)
  await fill('tiny', 3)
  await platform.sql('ANALYZE shared.garage_car; ANALYZE shared.garage_car__custom')
  const { id, slug, admin } = platform.tenant('large')
  const { cursors, states, tenants } = platform.platform.root.cradle
  const { view } = await states.of((await tenants.bySlug(slug))!)
  const model = view.entities.get('garage.car')!
  const scope: ReadScope = { models: view.entities, schema: 'shared', timeZone: 'UTC', readable: () => true }
  const client = new pg.Client({ connectionString: await platform.database.appUrl() })
  await client.connect()
  const later = (await admin.get('/garage/cars?sort=-custom.price&limit=1')).body.next as string
  try {
    for (const parameters of [...QUESTIONS, { sort: '-custom.price', cursor: later }]) {
      const query = parseListQuery(
        model,
        new URLSearchParams(parameters as Record<string, string>),
        id,
        cursors,
        scope,
      )
      const { text, values } = compileList(query, scope)
      await client.query('BEGIN')
      await client.query(`SELECT set_config('plinth.tenant', $1, true), set_config('role', $2, true)`, [
        id,
        model.role,
      ])
      const words = values!.map((value) => pg.escapeLiteral(String(value)))
      const plans: string[] = []
      // As planned for these values, and once for all; of a range, PostgreSQL itself sees that it is worth planning each time.
      const range = parameters.filter?.includes('"gte"') ?? false
      for (const mode of ['force_custom_plan', range ? 'auto' : 'force_generic_plan']) {
        await client.query(`SET LOCAL plan_cache_mode = ${mode}; PREPARE often AS ${text}`)
        const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS) EXECUTE often (${words.join(', ')})`)
        plans.push(rows.map((row) => row['QUERY PLAN'] as string).join('\n'))
        await client.query('DEALLOCATE often')
      }
      await client.query('COMMIT')
      for (const plan of plans) {
        const place = `${JSON.stringify(parameters)}\n${plan}`
        expect(plan, place).toMatch(
          /Index (Only )?Scan (Backward )?(using|on) garage_car__custom__(text|number)_idx/,
        )
        // Records without a value are looked for last, and here not at all.
        expect(plan, place).not.toMatch(/Seq Scan .*\(actual/)
        // Pages read at all: as many for a large table as for a small one.
        const [, hit = '0', read = '0'] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan)!
        expect(Number(hit) + Number(read), place).toBeLessThan(2_000)
      }
    }
  } finally {
    await client.end()
  }
}, 120_000)
