import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['market'], roles: ['web'] })
const { admin } = platform.tenant('acme')
const OFFERS = '/market/offers'

afterAll(() => platform.stop())

const create = (values: object) => admin.post(OFFERS, { name: 'Offer', ...values })

/** What is nearer to zero than an atom is wide is stored as zero. */
const degrees = (value: number) => (Math.abs(value) < 1e-15 ? 0 : value)

const anywhere = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }).map(degrees),
  lng: fc.double({ min: -180, max: 180, noNaN: true }).map(degrees),
})

const find = async (filter: object, sort = 'name') => {
  const query = `filter=${encodeURIComponent(JSON.stringify({ text: 'found', ...filter }))}&sort=${sort}&limit=200`
  const { body, status, text } = await admin.get(`${OFFERS}?${query}`)
  expect(status, text).toBe(200)
  return body.items.map((item: { name: string }) => item.name).join('')
}

describe('filters', () => {
  const offers = [
    { name: 'A', price: { amount: '9.99' }, foreign: { amount: '10', currency: 'JPY' } },
    { name: 'B', price: { amount: '10.00' }, foreign: { amount: '10', currency: 'EUR' } },
    { name: 'C', price: { amount: '-5.00' }, foreign: { amount: '0.010', currency: 'KWD' } },
    { name: 'D', account: 'DE89370400440532013000', place: { lat: 53.55, lng: 9.99 } },
    { name: 'E', place: { lat: 0, lng: 179.9 }, details: {} },
    { name: 'F', place: { lat: 89.9, lng: 0 } },
  ]
  beforeAll(async () => {
    for (const offer of offers) await create({ ...offer, text: 'found' })
  })

  test.each([
    [{ price: '9.99' }, 'A'],
    [{ price: { eq: { amount: '10', currency: 'EUR' } } }, 'B'],
    [{ price: { ne: '10.00' } }, 'ACDEF'],
    [{ price: { gt: '-5', lt: '10' } }, 'A'],
    [{ price: { gte: '9.99' } }, 'AB'],
    [{ price: { in: ['10', '-5'] } }, 'BC'],
    [{ price: { nin: ['10', '-5'] } }, 'ADEF'],
    [{ price: { isNull: true } }, 'DEF'],
    [{ price: null }, 'DEF'],
    [{ foreign: { eq: { amount: '10', currency: 'JPY' } } }, 'A'],
    [{ foreign: { gte: { amount: '0.1', currency: 'EUR' } } }, 'B'],
    [{ foreign: { currency: 'KWD' } }, 'C'],
    [{ account: 'de89 3704 0044 0532 0130 00' }, 'D'],
    [{ account: { startsWith: 'DE89' } }, 'D'],
    [{ place: { near: { lat: 53.56, lng: 10, km: 2 } } }, 'D'],
    [{ place: { near: { lat: 53.56, lng: 10, km: 1 } } }, ''],
    [{ place: { near: { lat: 0, lng: -179.9, km: 25 } } }, 'E'],
    [{ place: { near: { lat: 89.9, lng: 180, km: 25 } } }, 'F'],
    [{ place: { near: { lat: 0, lng: 0, km: 20_038 } } }, 'DEF'],
    [{ place: { isNull: false } }, 'DEF'],
    [{ details: { isNull: false } }, 'E'],
  ])('%j finds %s', async (filter, names) => {
    expect(await find(filter)).toBe(names)
  })

  test.each([
    { price: 'ten' },
    { price: { amount: '1', currency: 'EUR' } },
    { price: { gt: '1.234' } },
    { price: { contains: '1' } },
    { foreign: '10' },
    { foreign: { currency: 'EURO' } },
    { place: { near: { lat: 91, lng: 0, km: 1 } } },
    { place: { near: { lat: 0, lng: 0, km: -1 } } },
    { place: { eq: { lat: 0, lng: 0 } } },
    { details: { eq: {} } },
    { name: { near: { lat: 0, lng: 0, km: 1 } } },
  ])('%j is refused', async (filter) => {
    const answer = await admin.get(`${OFFERS}?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    expectProblem(answer, 400, 'query_invalid')
  })

  test('amounts of one currency sort by their minor units, page after page', async () => {
    expect(await find({ price: { isNull: false } }, 'price')).toBe('CAB')
    expect(await find({ price: { isNull: false } }, '-price')).toBe('BAC')
    const filter = encodeURIComponent(JSON.stringify({ text: 'found' }))
    let cursor = ''
    const seen: string[] = []
    do {
      const { body } = await admin.get(`${OFFERS}?filter=${filter}&sort=price&limit=1${cursor}`)
      seen.push(...body.items.map((item: { name: string }) => item.name))
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    expect(seen.slice(0, 3).join('')).toBe('CAB')
    expect(seen.toSorted().join('')).toBe('ABCDEF')
  })

  test('amounts of any currency have no order', async () => {
    expectProblem(await admin.get(`${OFFERS}?sort=foreign`), 400, 'query_invalid')
  })
})

test('near finds what lies within the distance, wherever it is', async () => {
  const places = fc.sample(anywhere, 60)
  for (const [index, each] of places.entries())
    expect((await create({ name: String(index), text: 'far', place: each })).status).toBe(201)
  await fc.assert(
    fc.asyncProperty(anywhere, fc.double({ min: 0, max: 20_000, noNaN: true }), async (centre, km) => {
      const near = { ...centre, km }
      const filter = encodeURIComponent(JSON.stringify({ text: 'far', place: { near } }))
      const { body, status, text } = await admin.get(`${OFFERS}?filter=${filter}&limit=200`)
      expect(status, text).toBe(200)
      const found = new Set(body.items.map((item: { name: string }) => Number(item.name)))
      for (const [index, place] of places.entries()) {
        const distance = distanceOf(place, near)
        // What lies on the circle itself may be either way.
        if (Math.abs(distance - km) > 0.01) expect([index, found.has(index)]).toEqual([index, distance < km])
      }
    }),
    { numRuns: runs(60) },
  )
})

/** By the angle between the two directions from the centre of the Earth, unlike the statement. */
function distanceOf(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const vector = ({ lat, lng }: { lat: number; lng: number }) => {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180]
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const
  }
  const [u, v] = [vector(a), vector(b)]
  const cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
  return 6371.0088 * Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])
}
