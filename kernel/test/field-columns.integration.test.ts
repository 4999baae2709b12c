import type { Manifest } from '@plinth/sdk'
import { afterAll, expect, inject, test } from 'vitest'
import { buildModels, installSchema } from '../src/data/index.ts'
import { manifest } from './fixtures/plugins/market/manifest.ts'
import { createTestDatabase } from './support/test-database.ts'

const database = await createTestDatabase(inject('adminUrl'))
await database.appUrl()

afterAll(() => database.drop())

type Fields = NonNullable<Manifest['entities']>[string]['fields']

/** The manifest with other fields, in another version. */
function withFields(version: string, fields: Fields): Manifest {
  return { ...manifest, version, entities: { offer: { ...manifest.entities.offer, fields } } }
}

const install = (market: Manifest) => installSchema(database.url, buildModels([market]), new Map())

const columns = () =>
  database.sql(
    `SELECT column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_name = 'market_offer' ORDER BY 1`,
  )

test('a version with more kinds of fields keeps the records and fills in defaults', async () => {
  const { name, weight, tags } = manifest.entities.offer.fields
  await install(withFields('0.9.0', { name, weight, tags }))
  await database.sql(
    `INSERT INTO plinth.tenant (id, slug, name, tier) VALUES (gen_random_uuid(), 'old', 'Old', 'free')`,
  )
  await database.sql(
    `INSERT INTO shared.market_offer (tenant_id, id, version, created_at, updated_at, name, weight, tags)
     SELECT id, gen_random_uuid(), 3, now(), now(), 'Kept', 1.5, '{a,b}' FROM plinth.tenant`,
  )
  await install(manifest)
  const [row] = await database.sql('SELECT * FROM shared.market_offer')
  expect(row).toMatchObject({
    name: 'Kept',
    version: 3,
    weight: '1.500000',
    tags: ['a', 'b'],
    fee_minor: '150',
    fee_currency: 'EUR',
    price_minor: null,
    price_currency: null,
    place_lat: null,
    place_lng: null,
  })
})

test('columns of a field that has several are found as they are, and not changed again', async () => {
  const before = await columns()
  const { name, ...others } = manifest.entities.offer.fields
  await install(withFields('1.1.0', { name: { ...name, label: { en: 'Title' } }, ...others }))
  expect(await columns()).toEqual(before)
  expect(before).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ column_name: 'fee_minor', data_type: 'bigint', is_nullable: 'NO' }),
      expect.objectContaining({
        column_name: 'place_lng',
        data_type: 'double precision',
        is_nullable: 'YES',
      }),
    ]),
  )
})

test('amounts and places that are looked for have an index that leads with the tenant', async () => {
  const rows = await database.sql<{ definition: string }>(
    `SELECT indexdef AS definition FROM pg_indexes WHERE tablename = 'market_offer'`,
  )
  const definitions = rows.map(({ definition }) => definition).join('\n')
  expect(definitions).toContain('(tenant_id, price_minor, id)')
  expect(definitions).toContain('(tenant_id, place_lat, id)')
})
