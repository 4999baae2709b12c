import { afterAll, describe, expect, expectTypeOf, test } from 'vitest'
import { ApiProblem, createClient, type Attempt, type Reference } from '@plinth/client'
import type { FileReference } from '@plinth/sdk'
import { manifest as shop } from './plugins/shop/manifest.ts'
import { bootShop } from './shop-platform.ts'

const { platform, baseUrl, key } = await bootShop()
afterAll(() => platform.stop())

const plinth = createClient({ baseUrl, key })
const customers = plinth.entity(shop, 'customer')
const orders = plinth.entity(shop, 'order')

const problemOf = async (work: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiProblem)
  return error as ApiProblem
}

/** A network that fails as told, before or after the platform has done its work, and the platform behind it. */
function faulty(faults: ('lost request' | 'lost answer' | Response)[]) {
  const attempts: Attempt[] = []
  const client = createClient({
    baseUrl,
    key,
    onAttempt: (attempt) => void attempts.push(attempt),
    async fetch(input, init) {
      const fault = faults.shift()
      if (fault === 'lost request') throw new TypeError('fetch failed')
      if (fault instanceof Response) return fault
      const answer = await fetch(input, init)
      if (fault === 'lost answer') throw new TypeError('fetch failed')
      return answer
    },
  })
  return { client, customers: client.entity(shop, 'customer'), attempts }
}

describe('records', () => {
  test('are created, read with what they refer to, changed and deleted', async () => {
    const ada = await customers.create({ name: 'Ada', email: 'ada@shop.example' })
    expectTypeOf(ada.status).toEqualTypeOf<'lead' | 'active' | 'gone'>()
    expect(ada).toMatchObject({ name: 'Ada', version: 1, status: 'lead', points: 0 })
    const order = await orders.create({ title: 'Punch cards', customerId: ada.id, amount: '12.50' })
    const read = await orders.get(order.id, { include: ['customer'] })
    expect(read.customer).toEqual({ id: ada.id, label: 'Ada' })
    const changed = await customers.update(ada, { points: 3 })
    expect(changed).toMatchObject({ points: 3, version: 2 })
    expect((await problemOf(customers.delete(ada.id))).code).toBe('still_referenced')
    await orders.delete(order.id)
    await customers.delete(ada.id)
    expect(await problemOf(customers.get(ada.id))).toMatchObject({ status: 404, code: 'not_found' })
  })

  test('have files, sent before and read after', async () => {
    const text = new Blob(['hello'])
    const logo = await customers.upload('logo', text, 'hello.txt')
    expect(logo).toMatchObject({ name: 'hello.txt', type: 'text/plain', size: 5 })
    const ada = await customers.create({ name: 'Ada with a file', logo })
    expectTypeOf(ada.logo).toEqualTypeOf<FileReference | null>()
    expect(ada.logo).toEqual(logo)
    expect(await (await customers.download(ada.id, 'logo')).text()).toBe('hello')
    expect(await (await plinth.collection('shop/customers').download(ada.id, 'logo')).text()).toBe('hello')
    // @ts-expect-error: the name is no file
    const wrong = customers.upload('name', text)
    expect((await problemOf(wrong)).status).toBe(404)
    const refused = customers.upload('logo', new Blob(['%PDF-1.4']))
    expect((await problemOf(refused)).code).toBe('file_type_refused')
  })

  test('of which a file whose answer got lost is sent once', async () => {
    const { customers: unlucky, attempts } = faulty(['lost answer'])
    const logo = await unlucky.upload('logo', new File(['again'], 'again.txt'))
    expect([logo.name, attempts.length]).toEqual(['again.txt', 2])
  })

  test('are saved with their children, whose fields and values are checked by the compiler', async () => {
    const ada = await customers.create({ name: 'Ada of the looms' })
    const order = await orders.create({
      title: 'Loom',
      customerId: ada.id,
      amount: '1.00',
      items: [{ text: 'Warp', pieces: 2 }, { text: 'Weft' }],
    })
    expectTypeOf(order.items![0]!.pieces).toEqualTypeOf<number>()
    expect(order.pieces).toBe(3)
    const [warp] = order.items!
    const changed = await orders.update(order, { items: [{ text: 'Shuttle' }, { id: warp!.id, pieces: 5 }] })
    expect(changed.items!.map(({ text, pieces }) => [text, pieces])).toEqual([
      ['Shuttle', 1],
      ['Warp', 5],
    ])
    const read = await orders.get(order.id, { include: ['items', 'customer'] })
    expectTypeOf(read.items[0]!.text).toEqualTypeOf<string>()
    expect([read.items.length, read.customer?.label]).toEqual([2, 'Ada of the looms'])
    const wrong = () =>
      // @ts-expect-error: items have no such field
      orders.update(changed, { items: [{ text: 'Shuttle', colour: 'red' }] })
    expect((await problemOf(wrong())).errors).toMatchObject([{ pointer: '/items/0/colour' }])
    await orders.delete(order.id)
    await customers.delete(ada.id)
  })

  test('go through their states, and no other way', async () => {
    const grace = await customers.create({ name: 'Grace' })
    const active = await customers.move(grace, 'active')
    expect(active.status).toBe('active')
    const refused = await problemOf(customers.move(active, 'lead'))
    expect(refused.code).toBe('transition_refused')
    expect(refused.problem['allowed']).toEqual(['gone'])
  })

  test('know their actions, and what these are told', async () => {
    const mary = await customers.create({ name: 'Mary' })
    expect(await customers.actions(mary.id)).toEqual(['award', 'forget', 'worth'])
    expect(await customers.act(mary, 'award', { points: 3 })).toMatchObject({ points: 3, version: 2 })
    // @ts-expect-error a text where a number belongs
    const refused = await problemOf(customers.act({ id: mary.id }, 'award', { points: 'three' }))
    expect(refused.code).toBe('validation_failed')
    expect((await problemOf(customers.act(mary, 'forget', {}))).code).toBe('version_conflict')
    expect(await customers.act({ id: mary.id }, 'forget', {})).toBeUndefined()
  })

  test('are acted on together, and looked at', async () => {
    const [ada, grace] = [
      await customers.create({ name: 'Ada', points: 40_000 }),
      await customers.create({ name: 'Grace', points: 2 }),
    ]
    const together = await customers.actTogether('pool', {
      records: [ada, { id: grace.id }],
      intoId: grace.id,
    })
    expect(together).toBeUndefined()
    expect(await customers.get(grace.id)).toMatchObject({ points: 40_002 })
    const { customers: rich } = await customers.actTogether('standing', { least: 40_002 })
    expect(rich).toBe(1)
    expect(await customers.act(ada, 'worth', {})).toEqual({ orders: 0 })
    // @ts-expect-error an action on the collection is none on a record
    expect((await problemOf(customers.act(ada, 'pool', {}))).code).toBe('not_found')
    // @ts-expect-error records that are not said
    const refused = await problemOf(customers.actTogether('pool', { intoId: ada.id }))
    expect(refused.at('/records')).toHaveLength(1)
    const stale = await problemOf(customers.actTogether('pool', { records: [ada, grace], intoId: ada.id }))
    expect([stale.code, stale.errors.length]).toEqual(['version_conflict', 2])
  })

  test('are acted on by the plugin as a whole', async () => {
    const mary = await customers.move(await customers.create({ name: 'Mary' }), 'active')
    expect(await plinth.act(shop, 'close', { points: 5 })).toBeUndefined()
    expect(await customers.get(mary.id)).toMatchObject({ points: 5 })
    // @ts-expect-error there is no such action
    expect((await problemOf(plinth.act(shop, 'vanish', {}))).code).toBe('not_found')
  })

  test('are changed many at once, with a result for each', async () => {
    const { items, refused } = await customers.bulk({
      create: [{ name: 'One' }, { name: '' }, { name: 'Three' }],
    })
    expect(items.map((item) => item.status)).toEqual([201, 422, 201])
    expect(refused).toBe(1)
    expect(items[0]!.record!.name).toBe('One')
  })
})

describe('lists', () => {
  test('come page by page to the last record, filtered by fields and along references', async () => {
    const eve = await customers.create({ name: 'Eve' })
    await customers.move(eve, 'active')
    const create = Array.from({ length: 7 }, (_, index) => ({
      title: `Order ${index}`,
      customerId: eve.id,
      amount: `${index}.00`,
    }))
    await orders.bulk({ create })
    const titles: string[] = []
    for await (const order of orders.all({
      limit: 3,
      sort: ['title'],
      filter: { 'customer.status': 'active', amount: { gte: '2' } },
    }))
      titles.push(order.title)
    expect(titles).toEqual(['Order 2', 'Order 3', 'Order 4', 'Order 5', 'Order 6'])
    const page = await orders.list({
      limit: 2,
      count: true,
      fields: ['title'],
      sort: ['title'],
      include: ['customer'],
      filter: { customerId: eve.id },
    })
    expect(page.total).toBe(7)
    const [sold] = (await orders.list({ limit: 1, include: ['seller'] })).items
    expectTypeOf(sold!.seller).toEqualTypeOf<Reference | null>()
    expect(sold!.seller).toBeNull()
    expect(Object.keys(page.items[0]!).toSorted()).toEqual(['customer', 'id', 'title', 'version'])
    expectTypeOf(page.items[0]!).toHaveProperty('title')
    expectTypeOf(page.items[0]!).not.toHaveProperty('amount')
    const { groups } = await orders.aggregate({
      group: ['customerId'],
      sum: ['amount'],
      filter: { customerId: eve.id },
    })
    expect(groups).toEqual([{ key: { customerId: eve.id }, count: 7, sum: { amount: '21.00' } }])
  })

  test('know what the entity knows', () => {
    // @ts-expect-error there is no such field
    const unknown = () => orders.list({ filter: { titel: 'x' } })
    // @ts-expect-error there is no such state
    const state = () => customers.list({ filter: { status: 'lost' } })
    // @ts-expect-error nothing comes along under this name
    const include = () => orders.list({ include: ['owner'] })
    // @ts-expect-error of a member there is the name alone
    const path = () => orders.list({ filter: { 'seller.email': 'x' } })
    // @ts-expect-error the manifest has no such entity
    const entity = () => plinth.entity(shop, 'invoice')
    expect([unknown, state, include, path].every((each) => typeof each === 'function')).toBe(true)
    expect(entity).toThrow('shop has no entity "invoice"')
  })
})

describe('problems', () => {
  test('name every refused value, and the request', async () => {
    const problem = await problemOf(customers.create({ name: '', points: -1 }))
    expect(problem).toMatchObject({ status: 422, code: 'validation_failed' })
    expect(problem.errors.map((error) => error.pointer).toSorted()).toEqual(['/name', '/points'])
    expect(problem.at('/points')).toHaveLength(1)
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('of a wrong key is no network problem', async () => {
    const stranger = createClient({ baseUrl, key: `plk_acme_${'x'.repeat(43)}` })
    expect(await problemOf(stranger.entity(shop, 'customer').list())).toMatchObject({
      status: 401,
      code: 'session_missing',
    })
  })
})

describe('changes by several at once', () => {
  test('are refused when the record has moved on', async () => {
    const seen = await customers.create({ name: 'Contested' })
    await customers.update(seen, { points: 1 })
    const problem = await problemOf(customers.update(seen, { points: 2 }))
    expect(problem.code).toBe('version_conflict')
    expect((await problemOf(customers.delete(seen))).code).toBe('version_conflict')
    expect(problem.problem['current']).toBe(2)
  })

  test('are all there when each edits what it finds', async () => {
    const { id } = await customers.create({ name: 'Counter' })
    const add = () => customers.edit(id, ({ points }) => ({ points: points + 1 }), { attempts: 20 })
    await Promise.all([add(), add(), add(), add()])
    expect((await customers.get(id)).points).toBe(4)
    expect((await customers.edit(id, () => undefined)).version).toBe(5)
  })
})

describe('repeating', () => {
  test('a creation whose answer was lost makes one record', async () => {
    const { customers: shaky, attempts } = faulty(['lost answer', 'lost request'])
    const created = await shaky.create({ name: 'Once' })
    expect(attempts.map(({ status }) => status)).toEqual([0, 0, 201])
    const { total } = await customers.list({ filter: { name: 'Once' }, count: true })
    expect(total).toBe(1)
    expect((await customers.get(created.id)).version).toBe(1)
  })

  test('waits as long as the platform asks, and gives up in the end', async () => {
    const later = () =>
      new Response('{"code":"unavailable","status":503}', {
        status: 503,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '0' },
      })
    const { customers: busy, attempts } = faulty([later(), later()])
    await busy.list()
    expect(attempts.map(({ status }) => status)).toEqual([503, 503, 200])
    const gone = faulty([later(), later(), later(), later(), later()])
    expect((await problemOf(gone.customers.list())).status).toBe(503)
    expect(gone.attempts).toHaveLength(4)
  })

  test('does not happen where it could do something twice, or to what was refused', async () => {
    const { client, attempts } = faulty(['lost answer'])
    expect(
      (await problemOf(client.request('POST', '/shop/customers', { body: { name: 'Unsafe' } }))).code,
    ).toBe('network')
    expect(attempts).toHaveLength(1)
    const { customers: refused, attempts: once } = faulty([])
    await problemOf(refused.create({ name: '' }))
    expect(once.map(({ status }) => status)).toEqual([422])
  })

  test('ends at once when nobody waits any more', async () => {
    const { customers: busy } = faulty(
      Array.from({ length: 4 }, () => new Response(null, { status: 429, headers: { 'retry-after': '30' } })),
    )
    await expect(busy.list({}, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })
})
