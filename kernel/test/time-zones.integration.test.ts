import { parse } from 'csv-parse/sync'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { aggregate } from './aggregate-model.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import { readWorkbook } from './read-workbook.ts'
import type { AnyRecord, TestTenant } from './support/index.ts'

const ENTRIES = '/almanac/entries'

/** Clocks that are put forward at midnight, by half an hour, or over a whole day, and two that are never on the same day. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
]

const slugOf = (zone: string) => zone.toLowerCase().replaceAll(/[/_]/g, '-')

const platform = await bootFixtures({
  plugins: ['almanac'],
  tenants: [
    ...ZONES.map((timeZone) => ({ slug: slugOf(timeZone), timeZone })),
    { slug: 'acme', timeZone: 'UTC' },
  ],
  config: { operatorToken: OPERATOR_TOKEN, timeZone: 'Asia/Kathmandu' },
})
afterAll(() => platform.stop())
afterEach(() => void vi.useRealTimers())

const tenantIn = (zone: string): TestTenant => platform.tenant(slugOf(zone))

/** The day clocks of the zone show, told by other means than the product has. */
const dayIn = (time: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(time)

const operator = (method: string, path: string, body?: unknown) => asOperator(platform, method, path, body)

/** Half hours around the nights in which clocks of one of the zones are changed. */
const nights = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2018-02-18T02:00Z',
  '2018-11-04T03:00Z',
  '2024-04-25T22:00Z',
  '2024-10-31T21:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2011-12-30T10:00Z',
  '2026-12-31T23:30Z',
].flatMap((night) =>
  Array.from({ length: 13 }, (_, index) => new Date(Date.parse(night) + (index - 6) * 1_800_000)),
)

describe('moments are grouped by the days, weeks, months and years of their tenant', () => {
  test.each(ZONES)('in %s, whatever its clocks do', async (zone) => {
    const { admin } = tenantIn(zone)
    const create = nights.map((night) => ({ at: night.toISOString() }))
    const made = await admin.post(`${ENTRIES}/bulk`, { create })
    expect(made.body.refused, made.text).toBe(0)
    const records = made.body.items.map((item: { record: AnyRecord }) => item.record)
    for (const bucket of ['day', 'week', 'month', 'quarter', 'year']) {
      const group = `at:${bucket}`
      const { body, text } = await admin.get(`${ENTRIES}/aggregate?group=${group}&sort=at&limit=1000`)
      const asked = { group: [group], sum: [], avg: [], min: [], max: [] }
      const expected = aggregate(records, asked, (time) => dayIn(time, zone)) as { key: { at: string } }[]
      expect(body.groups, text).toEqual(
        expected.toSorted((left, right) => (left.key.at < right.key.at ? -1 : 1)),
      )
    }
  })

  test('for plugin code and members alike, in as many statements as before', async () => {
    const { admin } = tenantIn('Pacific/Apia')
    const days = await admin.get(`${ENTRIES}/aggregate?group=at:day&limit=1000`)
    expect(days.body.groups.map((group: any) => group.key.at)).not.toContain('2011-12-30')
    expect(await platform.statements(() => admin.get(`${ENTRIES}/aggregate?group=at:day`))).toBe(
      await platform.statements(() => admin.get(`${ENTRIES}/aggregate?group=day:day`)),
    )
  })
})

describe('today is the day of the tenant', () => {
  test.each(ZONES)('in %s', async (zone) => {
    const before = dayIn(new Date(), zone)
    const { body } = await tenantIn(zone).admin.post(ENTRIES, {})
    const after = dayIn(new Date(), zone)
    expect([before, after]).toContain(body.day)
    expect(body.noted).toBe(body.day)
  })

  test.each([
    ['Europe/Berlin', '12-31T22:59:59Z', 0],
    ['Europe/Berlin', '12-31T23:00:00Z', 1],
    ['America/Sao_Paulo', '12-31T23:00:00Z', 0],
    ['Pacific/Kiritimati', '12-31T09:59:59Z', 0],
    ['Pacific/Kiritimati', '12-31T10:00:00Z', 1],
    ['UTC', '12-31T23:59:59Z', 0],
  ])('so in %s numbers given at %s are of its year', async (zone, at, ahead) => {
    const tenant = tenantIn(zone)
    const year = new Date().getUTCFullYear()
    const { key } = await platform.platform.root.cradle.apiKeys.create(tenant, 'all', ['*'], null)
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${year}-${at}`) })
    const { body, text } = await tenant.clientWithKey(key).post(ENTRIES, {})
    vi.useRealTimers()
    expect(body.number, text).toMatch(new RegExp(`^E-${year + ahead}-\\d{3}$`))
    expect(body.day).toBe(ahead === 1 ? `${year + 1}-01-01` : `${year}-12-31`)
  })

  test('for the fields a tenant adds too', async () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const { admin } = tenantIn(zone)
      const field = await admin.post('/custom-fields/almanac/entry', {
        type: 'date',
        label: 'Since',
        default: 'now',
      })
      expect(field.status, field.text).toBe(201)
      const before = dayIn(new Date(), zone)
      const { body } = await admin.post(ENTRIES, {})
      expect([before, dayIn(new Date(), zone)]).toContain(body.custom.since)
    }
  })
})

describe('files for people show times as clocks of the tenant do', () => {
  const at = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', '2026-07-01T22:15:00.120Z']

  test('as text with the offset, as cells unless clocks show them twice, and for programs as ever', async () => {
    const tenant = tenantIn('Europe/Berlin')
    const filter = `filter=${encodeURIComponent(JSON.stringify({ at: { in: at } }))}`
    for (const each of at) await tenant.admin.post(ENTRIES, { at: each })
    const read = async (query: string) => {
      const file = await tenant.admin.raw('GET', `${ENTRIES}/export?fields=at&sort=at&${filter}${query}`)
      expect(file.status).toBe(200)
      return file
    }
    const shown = async (query: string): Promise<string[]> => [
      ...new Set(parse(await (await read(query)).text(), { bom: true, from: 2 }).map(([cell]) => cell!)),
    ]
    expect(await shown('&locale=en')).toEqual([
      '2026-07-02T00:15:00.12+02:00',
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
    ])
    expect(await shown('')).toEqual([
      '2026-07-01T22:15:00.12+00:00',
      '2026-10-25T00:30:00+00:00',
      '2026-10-25T01:30:00+00:00',
    ])
    const workbook = await readWorkbook(Buffer.from(await (await read('&format=xlsx')).arrayBuffer()))
    const cells = new Set(workbook.rows.slice(1).map(([cell]) => cell))
    expect(cells).toContain(Date.UTC(2026, 6, 2, 0, 15, 0, 120) / 86_400_000 + 25_569)
    // One of the two is said with its offset, so that both can be told apart.
    expect([...cells].filter((cell) => typeof cell === 'string')).toHaveLength(1)
  })

  test('and are called after the day it is there', async () => {
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const before = dayIn(new Date(), zone)
      const file = await tenantIn(zone).admin.raw('GET', `${ENTRIES}/export?fields=day`)
      const name = /filename="entries-(.*)\.csv"/.exec(file.headers.get('content-disposition') ?? '')?.[1]
      expect([before, dayIn(new Date(), zone)]).toContain(name)
    }
  })
})

describe('the time zone of a tenant', () => {
  test('is that of the configuration where none is named', async () => {
    const made = await operator('POST', '/tenants', { slug: 'plain', name: 'Plain', tier: 'free' })
    expect(made).toMatchObject({ status: 201, body: { timeZone: 'Asia/Kathmandu' } })
    const { admin } = platform.tenant('pacific-apia')
    expect((await admin.get('/tenant')).body.timeZone).toBe('Pacific/Apia')
    expect((await admin.get('/shell')).body.tenant.timeZone).toBe('Pacific/Apia')
  })

  test('is one that is known', async () => {
    const wrong = ['Mars/Base', '+01:00', 'europe/berlin', '', 1, null, `UTC'`]
    for (const timeZone of wrong) {
      const tenant = { slug: 'far', name: 'Far', tier: 'free', timeZone }
      const created = await operator('POST', '/tenants', tenant)
      expect(created, String(timeZone)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/timeZone' }] },
      })
      const changed = await operator('PATCH', '/tenants/acme', { timeZone })
      expect(changed, String(timeZone)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/timeZone' }] },
      })
    }
    expect((await operator('GET', '/tenants/far')).status).toBe(404)
    const { body } = await operator('PATCH', '/tenants/acme', { name: 'Other' })
    expect(body.errors.map((error: { pointer: string }) => error.pointer).toSorted()).toEqual([
      '/name',
      '/timeZone',
    ])
    expect((await operator('PATCH', '/tenants/nobody', { timeZone: 'UTC' })).status).toBe(404)
  })

  test('is known to the database too, or refused', async () => {
    const { tenants } = platform.platform.root.cradle
    const main = { server: 'main', database: '' }
    const rows = await platform.sql<{ name: string }>('SELECT name FROM pg_timezone_names')
    const known = new Set(rows.map(({ name }) => name))
    // The lists of Node and PostgreSQL come from the same source, and may differ by its age.
    const inNode = Intl.supportedValuesOf('timeZone')
    const unknown = inNode.filter((zone) => !known.has(zone))
    expect(unknown.length).toBeLessThan(inNode.length / 10)
    for (const timeZone of unknown.slice(0, 1))
      expect((await operator('PATCH', '/tenants/acme', { timeZone })).status).toBe(422)
    expect(known).toContain('Factory')
    expect(await tenants.knowsTimeZone('Factory', main)).toBe(false)
    expect(await tenants.knowsTimeZone('Europe/Berlin', main)).toBe(true)
  })

  test('counts at once, for that tenant alone, and whoever changed it is found in its audit log', async () => {
    const { admin, member } = platform.tenant('acme')
    for (const each of ['2026-01-01T12:00Z', '2026-06-30T22:30Z']) await admin.post(ENTRIES, { at: each })
    const months = async () =>
      (await admin.get(`${ENTRIES}/aggregate?group=at:month&sort=at`)).body.groups.map(
        (group: any) => group.key.at,
      )
    // Often enough for its statement to be prepared and kept.
    for (let turn = 0; turn < 6; turn += 1) expect(await months()).toEqual(['2026-01-01', '2026-06-01'])
    const changed = await operator('PATCH', '/tenants/acme', { timeZone: 'Europe/Berlin' })
    expect(changed).toMatchObject({ status: 200, body: { slug: 'acme', timeZone: 'Europe/Berlin' } })
    expect(await months()).toEqual(['2026-01-01', '2026-07-01'])
    expect((await member.get('/tenant')).body.timeZone).toBe('Europe/Berlin')
    const { body } = await admin.get('/audit')
    const noted = body.items.filter((entry: { action: string }) => entry.action === 'kernel.tenant.changed')
    expect(noted).toMatchObject([{ before: { timeZone: 'UTC' }, after: { timeZone: 'Europe/Berlin' } }])
    expect((await tenantIn('UTC').admin.get('/tenant')).body.timeZone).toBe('UTC')
    // Saying it again changes nothing.
    await operator('PATCH', '/tenants/acme', { timeZone: 'Europe/Berlin' })
    const again = await admin.get('/audit')
    expect(
      again.body.items.filter((entry: { action: string }) => entry.action === 'kernel.tenant.changed'),
    ).toHaveLength(1)
  })

  test('is no business of someone without the token of operators', async () => {
    const { admin } = platform.tenant('acme')
    const answer = await platform.platform.app.request('http://localhost/platform/v1/tenants/acme', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"timeZone":"UTC"}',
    })
    expect(answer.status).toBe(401)
    expectProblem(await admin.patch('/tenant', { timeZone: 'UTC' }), 404, 'not_found')
  })
})
