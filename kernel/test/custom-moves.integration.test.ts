import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { ended, order } from './moving-tenant.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const TRAILERS = '/garage/trailers'
const FIELDS = '/custom-fields/garage/trailer'

const asking = (filter: object) => `${TRAILERS}?filter=${encodeURIComponent(JSON.stringify(filter))}`

test('a workspace that moves keeps the fields it has added, and all that is found by them', async () => {
  await admin.post(FIELDS, { type: 'string', label: 'Chassis', unique: true })
  await admin.post(FIELDS, { type: 'int', label: 'Load', search: false })
  const make = (chassis: string, load: number) =>
    admin.post(TRAILERS, { plate: chassis, custom: { chassis, load } })
  await make('M 1', 2)
  await make('M 2', 1)
  const { body: trashed } = await make('M 3', 3)
  await admin.delete(`${TRAILERS}/${trashed.id}`)
  const fields = (await admin.get(FIELDS)).body
  const records = (await admin.get(`${TRAILERS}?sort=custom.load`)).body.items
  expect(records.map((each: { plate: string }) => each.plate)).toEqual(['M 2', 'M 1'])
  for (const level of ['schema', 'database', 'shared'] as const) {
    const move = await ended(platform, await order(platform, acme, level, 'main'))
    expect(move, level).toMatchObject({ step: 'done', error: null })
    expect((await admin.get(FIELDS)).body).toEqual(fields)
    expect((await admin.get(`${TRAILERS}?sort=custom.load`)).body.items).toEqual(records)
    expect((await admin.get(asking({ 'custom.chassis': 'M 1' }))).body.items).toHaveLength(1)
    expect((await make('M 2', 9)).body.errors).toMatchObject([{ pointer: '/custom/chassis', code: 'unique' }])
  }
  expect((await admin.post(`${TRAILERS}/${trashed.id}/restore`)).status).toBe(200)
  expect((await make('M 3', 9)).status).toBe(409)
})
