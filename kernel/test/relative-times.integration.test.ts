import { afterAll, describe, expect, test } from 'vitest'
import type { Filter } from '@plinth/sdk'
import { bootFixtures } from './boot-fixtures.ts'
import { roleMaker, roleName } from './role-fixtures.ts'
import { makeRecord, type AnyRecord } from './support/index.ts'

const platform = await bootFixtures({ plugins: ['archive', 'almanac'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)

const READ = 'education.library.review.read'
const zone = 'Pacific/Kiritimati'

/** Has the days of the workspace begin long before those of the server. */
async function inZone(): Promise<void> {
  await acme.sql('UPDATE plinth.tenant SET time_zone = $2 WHERE id = $1', [acme.id, zone])
  await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
}

describe('actions with times relative to now', async () => {
  await inZone()
  const localDay = (days: number) => `((now() AT TIME ZONE '${zone}')::date + ${days})`
  const localMonth = `date_trunc('month', now() AT TIME ZONE '${zone}')`

  test.each<[string, string, string, readonly string[]]>([
    ['a little younger than thirty days', 'at', `now() - interval '30 days' + interval '1 minute'`, []],
    ['a little older than thirty days', 'at', `now() - interval '30 days' - interval '1 minute'`, ['shelve']],
    ['of the day before there', 'day', localDay(-1), []],
    ['of this day there', 'day', localDay(0), ['mark']],
    ['of the day after there', 'day', localDay(1), []],
    [
      'of the last second of this month there',
      'at',
      `(${localMonth} + interval '1 month' - interval '1 second') AT TIME ZONE '${zone}'`,
      [],
    ],
    [
      'of the first second of the next month there',
      'at',
      `(${localMonth} + interval '1 month') AT TIME ZONE '${zone}'`,
      ['mark'],
    ],
    ['without a time', 'at', 'NULL', []],
  ])(
    'are offered and carried out on a record %s as far as they are meant for it',
    async (_, field, moment, names) => {
      const { status: made, body, text } = await admin.post('/almanac/entries', { day: '2000-01-01' })
      expect(made, text).toBe(201)
      const set = `UPDATE shared.almanac_entry SET ${field} = ${moment} WHERE id = $1`
      await acme.sql(set, [body.id])
      const offered = await admin.get(`/almanac/entries/${body.id}/actions`)
      expect(offered.body.items).toEqual(names)
      for (const name of ['shelve', 'mark']) {
        const { status, body: answer } = await admin.post(`/almanac/entries/${body.id}/actions/${name}`, {})
        expect([name, status, answer.code]).toEqual(
          names.includes(name) ? [name, 200, undefined] : [name, 409, 'action_refused'],
        )
      }
    },
  )
})

describe('K-PERM-04: conditions with times relative to now', async () => {
  await inZone()
  /** As the clock of the workspace says, in SQL of its own. */
  const moments = {
    'a minute ago': `now() - interval '1 minute'`,
    'in a minute': `now() + interval '1 minute'`,
    'ten days ago': `now() - interval '10 days'`,
    'forty days ago': `now() - interval '40 days'`,
    'two years ago': `now() - interval '2 years'`,
    'when the month began there': `date_trunc('month', now() AT TIME ZONE '${zone}') AT TIME ZONE '${zone}'`,
    'a second before the month began there': `date_trunc('month', now() AT TIME ZONE '${zone}') AT TIME ZONE '${zone}' - interval '1 second'`,
    'a second before the next month there': `(date_trunc('month', now() AT TIME ZONE '${zone}') + interval '1 month') AT TIME ZONE '${zone}' - interval '1 second'`,
  }
  const reviews: AnyRecord[] = []
  for (const moment of Object.values(moments)) {
    const made = await makeRecord(admin, 'library.review')
    await acme.sql(`UPDATE shared.library_review SET created_at = ${moment} WHERE id = $1`, [made.id])
    reviews.push(made)
  }
  const role = await makeRole()
  const reader = await acme.addMember([role.id])
  let version = 1

  test.each<[string, Filter, string]>([
    [
      'not older than thirty days',
      { createdAt: { gte: '$now-P30D' } },
      `created_at >= now() - interval '30 days'`,
    ],
    ['older than five weeks', { createdAt: { lt: '$now-P5W' } }, `created_at < now() - interval '35 days'`],
    [
      'of this month',
      { createdAt: { gte: '$month', lt: '$month+P1M' } },
      `date_trunc('month', created_at AT TIME ZONE '${zone}') = date_trunc('month', now() AT TIME ZONE '${zone}')`,
    ],
    [
      'not of this year',
      { not: { createdAt: { gte: '$year', lt: '$year+P1Y' } } },
      `date_trunc('year', created_at AT TIME ZONE '${zone}') <> date_trunc('year', now() AT TIME ZONE '${zone}')`,
    ],
    [
      'of yesterday or before',
      { createdAt: { lt: '$day' } },
      `(created_at AT TIME ZONE '${zone}')::date < (now() AT TIME ZONE '${zone}')::date`,
    ],
    [
      'of the last two hours',
      { createdAt: { gte: '$now-PT2H', lte: '$now' } },
      `created_at BETWEEN now() - interval '2 hours' AND now()`,
    ],
  ])(
    '%s: lists, single reads, exports and explanations agree with the clock',
    async (_, condition, meaning) => {
      const grants = [{ permission: READ, condition }, 'education.library.review.export']
      const changed = await admin.patch(`/roles/${role.id}`, { grants }, { version: version++ })
      expect(changed.status, changed.text).toBe(200)
      const rows = await acme.sql<{ id: string }>(
        `SELECT id FROM shared.library_review WHERE tenant_id = $1 AND ${meaning} ORDER BY id`,
        [acme.id],
      )
      const expected = rows.map(({ id }) => id)
      expect(expected.length).toBeGreaterThan(0)
      expect(expected.length).toBeLessThan(reviews.length)
      const list = await reader.get('/library/reviews?limit=100&count=true')
      expect(list.body.items.map(({ id }: AnyRecord) => id).toSorted()).toEqual(expected)
      expect(list.body.total).toBe(expected.length)
      for (const { id } of reviews) {
        const isIn = expected.includes(id)
        expect((await reader.get(`/library/reviews/${id}`)).status).toBe(isIn ? 200 : 404)
        const why = await admin.get(`/access/explain?permission=${READ}&member=${reader.id}&record=${id}`)
        expect(why.body).toMatchObject({ allowed: isIn, grants: [{ condition, met: isIn }] })
      }
      const csv = await (await reader.raw('GET', '/library/reviews/export?fields=id')).text()
      expect(
        csv
          .trim()
          .split(/\r?\n/u)
          .slice(1)
          .map((line) => line.replaceAll('"', ''))
          .toSorted(),
      ).toEqual(expected)
    },
  )

  test.each<[string, Filter]>([
    ['a word that is none', { createdAt: { gte: '$yesterday' } }],
    ['a step without a number', { createdAt: { gte: '$now-PD' } }],
    ['a number beyond all', { createdAt: { gte: '$now-P99999D' } }],
    ['a time zone of its own', { createdAt: { gte: '$now[Europe/Berlin]' } }],
    ['SQL', { createdAt: { gte: `$now-P1D'; DROP TABLE x` } }],
    ['a field that is about no time', { body: '$now' }],
    ['a number', { stars: { gte: '$now' } }],
  ])('%s is refused', async (_, condition) => {
    const grants = [{ permission: READ, condition }]
    const { status, body } = await admin.post('/roles', { label: roleName(), grants })
    expect([status, body.code]).toEqual([422, 'validation_failed'])
    expect(body.errors[0].pointer).toMatch(/^\/grants\/0\/condition\//u)
  })

  test('lists are asked for fixed times, as ever', async () => {
    for (const text of ['$now-P30D', '$now-P30D[UTC]', '$now[Nowhere/Else]']) {
      const filter = encodeURIComponent(JSON.stringify({ createdAt: { gte: text } }))
      expect((await admin.get(`/library/reviews?filter=${filter}`)).status).toBe(400)
    }
  })
})
