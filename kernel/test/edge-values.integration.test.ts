import type { EntityMeta, FieldMeta } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { addField, CARS } from './cars.ts'
import { falseOf, NO_FILTER, ORDERED, trueOf } from './edge-conditions.ts'
import { edgesOf } from './support/edge-values.ts'
import type { AnyRecord, Answer, Client } from './support/index.ts'

/*
 * Whatever value a record can hold, everything else must be able to take: what was read can be asked for, is found in each order on one
 * page, counted in its group, and is a value to begin with. A value that one part of the platform refuses and another stores is found here.
 */

const platform = await bootFixtures({ plugins: ['market', 'garage'], roles: ['web'] })
afterAll(() => platform.stop())

const OFFERS = '/market/offers'
const CUSTOM = [
  'string',
  'text',
  'int',
  'decimal',
  'bool',
  'date',
  'datetime',
  'enum',
  'tags',
  'url',
  'email',
  'phone',
  'money',
  'address',
  'json',
] as const
const ONCE: ReadonlySet<string> = new Set([
  'string',
  'int',
  'decimal',
  'date',
  'datetime',
  'email',
  'url',
  'phone',
])

type Rules = Pick<FieldMeta, 'type' | 'scale' | 'currency' | 'values'>

function typed({ type, scale, currency, values }: Rules): object {
  return { type, scale, currency, values }
}

/** An id nothing has. */
const NOBODY = '0190f3a0-0000-7000-8000-000000000000'

interface Place {
  readonly name: string
  readonly type: string
  readonly path: string
  readonly unique: boolean
  readonly asked: string
  readonly input: (value: unknown) => object
  readonly valueOf: (record: AnyRecord) => unknown
  readonly rules: Rules
}

const acme = platform.tenant('acme')
const { admin } = acme
const offers = (await admin.get<EntityMeta>('/meta/market/offer')).body
const places: Place[] = offers.fields
  .filter(
    ({ readOnly, ref, name, type }) =>
      !readOnly && !ref && type !== 'member' && name !== 'name' && name !== 'size',
  )
  .map((rules) => ({
    name: rules.name,
    type: rules.type,
    path: OFFERS,
    unique: false,
    asked: rules.name,
    input: (value) => ({ name: 'O', [rules.name]: value }),
    valueOf: (record) => record[rules.name],
    rules,
  }))
for (const type of CUSTOM) {
  const limits =
    {
      decimal: { scale: 6 },
      money: { currency: 'EUR' },
      enum: {
        values: [
          { label: 'Gas', value: 'gas' },
          { label: 'Two', value: '2' },
        ],
      },
    }[type as string] ?? {}
  const unique = ONCE.has(type)
  const { name } = await addField(admin, { type, label: `Own ${type}`, unique, ...limits })
  places.push({
    name: `custom ${type}`,
    type,
    path: CARS,
    unique,
    asked: `custom.${name}`,
    input: (value) => ({ plate: 'P', custom: { [name]: value } }),
    valueOf: (record) => (record['custom'] as AnyRecord)[name],
    rules: { type, ...limits } as Rules,
  })
}

async function listed(client: Client): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: Answer = await client.get(
      `${OFFERS}?limit=200&fields=name${cursor ? `&cursor=${cursor}` : ''}`,
    )
    found.push(...body.items.map(({ id }: AnyRecord) => id))
    cursor = body.next
  }
  return found
}

describe.each(places)('$name', ({ name, type, path, unique, asked, input, valueOf, rules }) => {
  const ask = (filter: object, more: Readonly<Record<string, string>> = {}) =>
    admin.get(`${path}?${new URLSearchParams({ filter: JSON.stringify(filter), ...more }).toString()}`)
  const kept: AnyRecord[] = []
  const readable = () =>
    kept
      .map((record) => ({ id: record.id, read: valueOf(record) }))
      .filter(({ read }) => read !== null && JSON.stringify(read).length <= 2_000)

  test('a value that is taken is found by what was read of it', async () => {
    for (const value of edgesOf(rules)) {
      const { status, body, text } = await admin.post(path, input(value))
      if (status !== 201) {
        expect([400, 409, 422], `${JSON.stringify(value)}: ${text}`).toContain(status)
        continue
      }
      kept.push(body)
      expect((await admin.get(`${path}/${body.id}`)).body).toEqual(body)
      const read = valueOf(body)
      const said = JSON.stringify(read)
      // What was read can be written.
      const again = await admin.patch(`${path}/${body.id}`, input(read), { version: body.version })
      expect(again.status, `${said}: ${again.text}`).toBe(200)
      expect(again.body).toEqual(body)
      if (unique && read !== null) {
        const twice = await admin.post(path, input(read))
        expect([twice.status, twice.body.code], `${said}: ${twice.text}`).toEqual([409, 'unique_violated'])
      }
      // Longer than an address may be.
      if (read === null || said.length > 2_000) continue
      const filter = { and: [{ id: body.id }, ...trueOf(type, read).map((each) => ({ [asked]: each }))] }
      const found = await ask(filter, { count: 'true' })
      expect([found.status, found.body.total], `${JSON.stringify(filter)}: ${found.text}`).toEqual([200, 1])
      const not = { or: [{ id: NOBODY }, ...falseOf(type, read).map((each) => ({ [asked]: each }))] }
      const other = await ask({ and: [{ id: body.id }, not] })
      expect([other.status, other.body.items], `${JSON.stringify(not)}: ${other.text}`).toEqual([200, []])
    }
    expect(kept).not.toEqual([])
  })

  test('values that are taken are in each order on one page', async () => {
    const sorted = async (sort: string, limit: number) => {
      const found: string[] = []
      for (let cursor = ''; ;) {
        const { status, body, text } = await ask(
          { [asked]: { isNull: false } },
          { sort, limit: String(limit), ...(cursor ? { cursor } : {}) },
        )
        if (status === 400 && body.errors[0].pointer === '/query/sort') return undefined
        expect(status, text).toBe(200)
        found.push(...body.items.map(({ id }: AnyRecord) => id))
        if (body.next === null) return found
        cursor = body.next
      }
    }
    const expected = kept.filter((record) => valueOf(record) !== null).map(({ id }) => id)
    for (const sort of [asked, `-${asked}`]) {
      const whole = await sorted(sort, 200)
      if (whole === undefined) return
      expect(await sorted(sort, 1), sort).toEqual(whole)
      expect(expected.filter((id) => !whole.includes(id))).toEqual([])
    }
  })

  test('values that are taken are conditions of roles', async () => {
    // Roles ask for declared fields alone.
    if (NO_FILTER.has(type) || path === CARS) return
    const { body: role } = await admin.post('/roles', { label: `Of ${name}` })
    const reader = await acme.addMember([role.id])
    const reads = readable().map(({ read }) => read)
    let { version } = role
    for (const operator of ['in', 'nin']) {
      const grants = [
        {
          permission: 'trade.market.offer.read',
          condition: { [asked]: { isNull: false, [operator]: reads } },
        },
      ]
      const given = await admin.patch(`/roles/${role.id}`, { grants }, { version })
      expect(given.status, given.text).toBe(200)
      version = given.body.version
      const seen = await listed(reader)
      for (const { id } of readable()) expect(seen.includes(id), `${operator} ${id}`).toBe(operator === 'in')
    }
  })

  test('a value that is taken counts in aggregates', async () => {
    const of = async (query: string) => {
      const filter = encodeURIComponent(JSON.stringify({ [asked]: { isNull: false } }))
      const { status, body, text } = await admin.get(`${path}/aggregate?${query}&filter=${filter}`)
      expect(status, text).toBe(200)
      return body.groups as { count: number; key: AnyRecord; min: AnyRecord; max: AnyRecord }[]
    }
    const total = (groups: readonly { count: number }[]) => groups.reduce((sum, { count }) => sum + count, 0)
    const { count } = (await of(''))[0]!
    if (type === 'bool' || type === 'enum') expect(total(await of(`group=${asked}`))).toBe(count)
    if (type === 'date' || type === 'datetime')
      for (const bucket of ['day', 'week', 'month', 'quarter', 'year'])
        expect(total(await of(`group=${asked}:${bucket}`))).toBe(count)
    if (!ORDERED.has(type)) return
    const extremes = await of(`min=${asked}&max=${asked}`)
    const reads = kept.map((record) => JSON.stringify(valueOf(record)))
    for (const { min, max } of extremes)
      for (const extreme of [min[asked], max[asked]]) expect(reads).toContain(JSON.stringify(extreme))
    if (type !== 'date' && type !== 'datetime') await of(`sum=${asked}&avg=${asked}`)
  })

  test('a value that is taken can be what a field begins with', async () => {
    if (path !== CARS || NO_FILTER.has(type) || type === 'member' || type === 'ref') return
    const field = await addField(admin, { ...typed(rules), label: `Begins ${name}` })
    let { version } = field
    // Each takes a change of the field, and what is long takes no other way than what is short.
    for (const { read } of readable().slice(0, 12)) {
      const initial = type === 'money' ? (read as { amount: string }).amount : read
      const given = await admin.patch(
        `/custom-fields/garage/car/${field.id}`,
        { default: initial },
        { version },
      )
      expect(given.status, `${JSON.stringify(read)}: ${given.text}`).toBe(200)
      version = given.body.version
      const { body } = await admin.post(path, { plate: 'B' })
      expect(body.custom[field.name]).toEqual(read)
    }
    await admin.patch(`/custom-fields/garage/car/${field.id}`, { archived: true }, { version })
  })
})
