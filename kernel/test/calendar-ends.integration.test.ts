import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { ARTICLES, bring, rowsOf, XLSX } from './import-client.ts'
import { edgesOf } from './support/edge-values.ts'
import type { AnyRecord } from './support/index.ts'

// East of Greenwich the last moment is in the year 10000, west of it the first one in no year at all.
const platform = await bootFixtures({
  plugins: ['market', 'depot'],
  tenants: [
    { slug: 'east', timeZone: 'Pacific/Kiritimati' },
    { slug: 'west', timeZone: 'Pacific/Niue' },
  ],
})
afterAll(() => platform.stop())

const OFFERS = '/market/offers'
const moments = (more: object) => [
  ...edgesOf({ type: 'datetime' }).map((at) => ({ ...more, at })),
  ...edgesOf({ type: 'date' }).map((day) => ({ ...more, day })),
]

describe.each(['east', 'west'])('in the %s', (slug) => {
  const { admin: client } = platform.tenant(slug)

  test('moments at the end of all calendars are grouped by days the calendar has', async () => {
    const create = moments({ name: 'O' })
    await client.post(`${OFFERS}/bulk`, { create })
    const { body: list } = await client.get(`${OFFERS}?limit=200`)
    const filled = (name: string) => list.items.filter((each: AnyRecord) => each[name] !== null).length
    for (const field of ['at', 'day'])
      for (const bucket of ['day', 'week', 'month', 'quarter', 'year']) {
        const { body, text } = await client.get(`${OFFERS}/aggregate?group=${field}:${bucket}`)
        const keys = body.groups.map(({ key }: { key: AnyRecord }) => key[field] ?? null)
        expect(filled(field)).toBeGreaterThan(3)
        for (const key of keys) expect(key === null || /^\d{4}-\d{2}-\d{2}$/.test(key), text).toBe(true)
      }
  })

  test.each(['', '&locale=de', '&format=xlsx', '&format=xlsx&locale=en'])(
    'they leave and come back the same: %s',
    async (query) => {
      await client.post(`${ARTICLES}/bulk`, {
        create: moments({ title: 'A' }),
      })
      const all = async () =>
        (await client.get(`${ARTICLES}?limit=200`)).body.items
          .map(({ at, day }: AnyRecord) => `${at} ${day}`)
          .toSorted()
      const before = await all()
      expect(before.length).toBeGreaterThan(10)
      const file = await client.raw('GET', `${ARTICLES}/export?sort=createdAt${query}`)
      const bytes = new Uint8Array(await file.arrayBuffer())
      await platform.sql('DELETE FROM shared.depot_article')
      const numbers = query.includes('locale=de') ? 'de' : 'en'
      const done = await bring(
        client,
        bytes,
        { numbers },
        'run',
        query.includes('xlsx') ? { type: XLSX } : {},
      )
      expect(done.counts, JSON.stringify(await rowsOf(client, done, '?outcome=refused'))).toMatchObject({
        refused: 0,
      })
      expect(await all()).toEqual(before)
      await platform.sql('DELETE FROM shared.depot_article')
    },
  )
})
