import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeExpired } from '../src/plugins/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import type { Answer, Client, TestPlatform, TestTenant } from './support/index.ts'

let platform: TestPlatform
let acme: TestTenant
let admin: Client

beforeAll(async () => {
  platform = await bootFixtures({ plugins: ['attic'], tenants: [{ slug: 'acme' }, { slug: 'beta' }] })
  acme = platform.tenant('acme')
  admin = acme.admin
})
afterAll(() => platform.stop())

const BOXES = '/attic/boxes'
const make = async (collection: string, values: object): Promise<Record<string, any>> => {
  const { status, body, text } = await admin.post(`/attic/${collection}`, { name: randomUUID(), ...values })
  expect(status, text).toBe(201)
  return body
}
const status = async (path: string) => (await admin.get(path)).status
const listed = async (path: string, filter: object): Promise<string[]> => {
  const answer = await admin.get(`${path}?filter=${encodeURIComponent(JSON.stringify(filter))}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.items.map(({ id }: { id: string }) => id)
}
const remove = async (path: string) => expect((await admin.delete(path)).status).toBe(204)
const factsOf = async (id: string) =>
  (await platform.sql(`SELECT action FROM plinth.audit WHERE subject_id = $1 ORDER BY id`, [id])).map(
    ({ action }) => action,
  )

test('what is deleted does not exist: not by id, in lists, searches, sums, includes, paths', async () => {
  const box = await make('boxes', { name: `zebra ${randomUUID()}`, weight: 7 })
  const label = await make('labels', {})
  await remove(`${BOXES}/${box['id']}`)
  expect(await status(`${BOXES}/${box['id']}`)).toBe(404)
  expectProblem(await admin.patch(`${BOXES}/${box['id']}`, { weight: 8 }, { version: 2 }), 404, 'not_found')
  expectProblem(await admin.delete(`${BOXES}/${box['id']}`), 404, 'not_found')
  expect(await listed(BOXES, { id: box['id'] })).toEqual([])
  expect((await admin.get(`${BOXES}?q=zebra&count=true`)).body).toMatchObject({ items: [], total: 0 })
  const { body } = await admin.get(
    `${BOXES}/aggregate?sum=weight&filter=${encodeURIComponent('{"weight":7}')}`,
  )
  expect(body.groups).toMatchObject([{ count: 0, sum: { weight: null } }])
  // As rows from before there was a trash could do: nothing is seen through a reference either.
  await platform.sql(`ALTER TABLE shared.attic_label DISABLE TRIGGER USER`)
  await platform.sql(`UPDATE shared.attic_label SET box_id = $1 WHERE id = $2`, [box['id'], label['id']])
  await platform.sql(`ALTER TABLE shared.attic_label ENABLE TRIGGER USER`)
  expect((await admin.get(`/attic/labels/${label['id']}?include=box`)).body.box).toBeNull()
  expect(await listed('/attic/labels', { 'box.weight': 7 })).toEqual([])
})

test('the trash says when and by whom, and a restored record is what it was, two versions later', async () => {
  const box = await make('boxes', { weight: 3 })
  await remove(`${BOXES}/${box['id']}`)
  const { body } = await admin.get(
    `${BOXES}/trash?count=true&include=&filter=${encodeURIComponent(JSON.stringify({ id: box['id'] }))}`,
  )
  const me = (await admin.session()).member.id
  expect(body).toMatchObject({ total: 1, items: [{ id: box['id'], deletedBy: me, version: 2, weight: 3 }] })
  expect(Date.parse(body.items[0].deletedAt)).toBeGreaterThan(Date.now() - 60_000)
  const restored = await admin.post(`${BOXES}/${box['id']}/restore`)
  expect(restored.status, restored.text).toBe(200)
  expect(restored.headers.get('etag')).toBe('"3"')
  expect(restored.body).toEqual({ ...box, version: 3, updatedAt: restored.body.updatedAt })
  expect((await admin.get(`${BOXES}/${box['id']}`)).body).toEqual(restored.body)
  expect(await factsOf(box['id'])).toEqual(['attic.box.created', 'attic.box.deleted', 'attic.box.restored'])
  const events = await platform.sql(`SELECT type FROM plinth.outbox WHERE subject = $1 ORDER BY id`, [
    box['id'],
  ])
  expect(events.map(({ type }) => type)).toEqual([
    'attic.box.created',
    'attic.box.deleted',
    'attic.box.restored',
  ])
  expectProblem(await admin.post(`${BOXES}/${box['id']}/restore`), 404, 'not_found')
})

test('a unique value is free again, and then stands in the way of coming back', async () => {
  const code = randomUUID()
  const first = await make('boxes', { code })
  await remove(`${BOXES}/${first['id']}`)
  const second = await make('boxes', { code })
  const taken = await admin.post(`${BOXES}/${first['id']}/restore`)
  expectProblem(taken, 409, 'unique_violated')
  expect(taken.body.errors).toMatchObject([{ pointer: '/code' }])
  await remove(`${BOXES}/${second['id']}`)
  expect((await admin.post(`${BOXES}/${first['id']}/restore`)).status).toBe(200)
  expectProblem(await admin.post(BOXES, { name: 'x', code }), 409, 'unique_violated')
})

test('nothing new refers to what is in the trash', async () => {
  const box = await make('boxes', {})
  const label = await make('labels', {})
  await remove(`${BOXES}/${box['id']}`)
  const unknown = (answer: Answer) => {
    expectProblem(answer, 422, 'reference_unknown')
    expect(answer.body.errors).toMatchObject([{ pointer: '/boxId', code: 'reference' }])
  }
  unknown(await admin.post('/attic/labels', { name: 'x', boxId: box['id'] }))
  unknown(await admin.post('/attic/items', { name: 'x', boxId: box['id'] }))
  unknown(await admin.patch(`/attic/labels/${label['id']}`, { boxId: box['id'] }, { version: 1 }))
  // Told apart from no other id.
  const nobody = await admin.post('/attic/labels', { name: 'x', boxId: randomUUID() })
  const trashed = await admin.post('/attic/labels', { name: 'x', boxId: box['id'] })
  expect({ ...trashed.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' })
})

test('who refers to a record decides what happens, as on a real deletion', async () => {
  const box = await make('boxes', {})
  const seal = await make('seals', { boxId: box['id'] })
  const label = await make('labels', { boxId: box['id'] })
  const refused = await admin.delete(`${BOXES}/${box['id']}`)
  expectProblem(refused, 409, 'still_referenced')
  expect(refused.body).toMatchObject({ entity: 'attic.seal', field: 'boxId', count: 1 })
  expect(await status(`${BOXES}/${box['id']}`)).toBe(200)
  await remove(`/attic/seals/${seal['id']}`)
  await remove(`${BOXES}/${box['id']}`)
  expect((await admin.get(`/attic/labels/${label['id']}`)).body.boxId).toBeNull()
})

test('what went along comes back along, through all levels, and what went before does not', async () => {
  const box = await make('boxes', {})
  const [kept, gone] = [await make('items', { boxId: box['id'] }), await make('items', { boxId: box['id'] })]
  const part = await make('parts', { itemId: kept['id'] })
  await remove(`/attic/items/${gone['id']}`)
  await remove(`${BOXES}/${box['id']}`)
  for (const path of [`/attic/items/${kept['id']}`, `/attic/parts/${part['id']}`])
    expect(await status(path)).toBe(404)
  // The trash holds what was thrown away, not what went with it; alone it cannot come back.
  const inTrash = await listed('/attic/items/trash', { id: { in: [kept['id'], gone['id']] } })
  expect(inTrash).toEqual([gone['id']])
  expectProblem(await admin.post(`/attic/items/${kept['id']}/restore`), 404, 'not_found')
  expectProblem(await admin.post(`/attic/items/${gone['id']}/restore`), 422, 'reference_unknown')
  expect((await admin.post(`${BOXES}/${box['id']}/restore`)).status).toBe(200)
  expect((await admin.get(`/attic/items/${kept['id']}`)).body).toMatchObject({ boxId: box['id'], version: 3 })
  expect((await admin.get(`/attic/parts/${part['id']}`)).body).toMatchObject({
    itemId: kept['id'],
    version: 3,
  })
  expect(await status(`/attic/items/${gone['id']}`)).toBe(404)
  expect((await admin.post(`/attic/items/${gone['id']}/restore`)).status).toBe(200)
})

test('a reference from the trash keeps nothing alive, but cannot come back to nothing', async () => {
  const box = await make('boxes', {})
  const key = await make('keys', { boxId: box['id'] })
  await remove(`/attic/keys/${key['id']}`)
  await remove(`${BOXES}/${box['id']}`)
  expectProblem(await admin.post(`/attic/keys/${key['id']}/restore`), 422, 'reference_unknown')
  expectProblem(await admin.delete(`${BOXES}/trash/${box['id']}`), 409, 'still_referenced')
  expect((await admin.delete(`/attic/keys/trash/${key['id']}`)).status).toBe(204)
  expect((await admin.delete(`${BOXES}/trash/${box['id']}`)).status).toBe(204)
  expect(await platform.sql(`SELECT 1 FROM shared.attic_box WHERE id = $1`, [box['id']])).toEqual([])
  expect((await factsOf(box['id'])).at(-1)).toBe('attic.box.purged')
  expectProblem(await admin.post(`${BOXES}/${box['id']}/restore`), 404, 'not_found')
})

test('emptying the trash removes all that can go, and says what stays', async () => {
  const boxes = [await make('boxes', {}), await make('boxes', {})]
  const key = await make('keys', { boxId: boxes[0]!['id'] })
  await make('items', { boxId: boxes[1]!['id'] })
  await remove(`/attic/keys/${key['id']}`)
  for (const { id } of boxes) await remove(`${BOXES}/${id}`)
  const { body } = await admin.delete(`${BOXES}/trash`)
  expect(body).toMatchObject({ kept: 1, more: false })
  expect(body.purged).toBeGreaterThanOrEqual(1)
  expect(await listed(`${BOXES}/trash`, {})).toEqual([boxes[0]!['id']])
  await admin.delete('/attic/keys/trash')
  expect((await admin.delete(`${BOXES}/trash`)).body).toEqual({ purged: 1, kept: 0, more: false })
})

test('after its days a record is removed for good, of every workspace by itself, with an audit entry', async () => {
  const [old, young] = [await make('boxes', {}), await make('boxes', {})]
  const { body: foreign } = await platform.tenant('beta').admin.post(BOXES, { name: 'beta' })
  await platform.tenant('beta').admin.delete(`${BOXES}/${foreign.id}`)
  for (const { id } of [old, young]) await remove(`${BOXES}/${id}`)
  const age = (id: string, hours: number) =>
    platform.sql(
      `UPDATE shared.attic_box SET deleted_at = now() - make_interval(hours => $2) WHERE id = $1`,
      [id, hours],
    )
  await age(old['id'], 49)
  await age(young['id'], 47)
  await age(foreign.id, 49)
  expect(await removeExpired(platform.platform.root.cradle)).toBe(2)
  expect(await listed(`${BOXES}/trash`, { id: { in: [old['id'], young['id']] } })).toEqual([young['id']])
  expect((await factsOf(old['id'])).at(-1)).toBe('attic.box.purged')
  const [entry] = await platform.sql(
    `SELECT actor_kind FROM plinth.audit WHERE subject_id = $1 AND action = 'attic.box.purged'`,
    [foreign.id],
  )
  expect(entry).toEqual({ actor_kind: 'system' })
  expect(await removeExpired(platform.platform.root.cradle)).toBe(0)
})

test('each right is its own, and its conditions count in the trash too', async () => {
  const [looker, thrower, fetcher] = [
    await acme.addMember(),
    await acme.addMember(['attic.thrower']),
    await acme.addMember(['attic.fetcher']),
  ]
  const box = await make('boxes', {})
  expectProblem(await fetcher.delete(`${BOXES}/${box['id']}`), 403, 'permission_missing')
  expect((await thrower.delete(`${BOXES}/${box['id']}`)).status).toBe(204)
  expectProblem(await looker.get(`${BOXES}/trash`), 403, 'permission_missing')
  for (const client of [thrower, fetcher])
    expect((await client.get(`${BOXES}/trash?limit=1`)).body.items).toMatchObject([{ id: box['id'] }])
  expectProblem(await thrower.post(`${BOXES}/${box['id']}/restore`), 403, 'permission_missing')
  for (const client of [thrower, fetcher])
    expectProblem(await client.delete(`${BOXES}/trash/${box['id']}`), 403, 'permission_missing')
  expectProblem(await fetcher.delete(`${BOXES}/trash`), 403, 'permission_missing')
  const owner = await acme.addMember(['attic.owner'])
  const { body: own } = await owner.post(BOXES, { name: 'mine' })
  expect((await owner.delete(`${BOXES}/${own.id}`)).status).toBe(204)
  expect((await owner.get(`${BOXES}/trash`)).body.items.map(({ id }: { id: string }) => id)).toEqual([own.id])
  expectProblem(await owner.post(`${BOXES}/${box['id']}/restore`), 403, 'permission_missing')
  expect((await owner.post(`${BOXES}/${own.id}/restore`)).status).toBe(200)
  expect((await fetcher.post(`${BOXES}/${box['id']}/restore`)).status).toBe(200)
  const metaOf = async (client: Client) => (await client.get('/meta/attic/box')).body.trash
  expect(await metaOf(looker)).toBeUndefined()
  expect(await metaOf(fetcher)).toEqual({ keepDays: 2, restore: true, purge: false })
})

test('what a mask hides stays hidden in the trash, in its filters and on the way back', async () => {
  const fetcher = await acme.addMember(['attic.fetcher'])
  const owner = 'Ottilie Overbeck'
  const box = await make('boxes', { owner })
  await remove(`${BOXES}/${box['id']}`)
  const query = (more: object) => `filter=${encodeURIComponent(JSON.stringify({ id: box['id'], ...more }))}`
  const seen = await fetcher.get(`${BOXES}/trash?${query({})}`)
  expect(seen.body.items).toMatchObject([{ owner: '****beck' }])
  expect((await fetcher.get(`${BOXES}/trash?${query({ owner })}`)).status).toBe(400)
  expectProblem(await fetcher.get(`${BOXES}/trash?reveal=owner&${query({})}`), 403, 'permission_missing')
  expect((await admin.get(`${BOXES}/trash?reveal=owner&${query({})}`)).body.items).toMatchObject([{ owner }])
  expect((await fetcher.post(`${BOXES}/${box['id']}/restore`)).body).toMatchObject({ owner: '****beck' })
  const revealed = await admin.get(`${BOXES}/${box['id']}?reveal=owner`)
  expect(revealed.body).toMatchObject({ owner })
})

test('a workspace sees nothing of the trash of another', async () => {
  const box = await make('boxes', {})
  await remove(`${BOXES}/${box['id']}`)
  const { admin: stranger } = platform.tenant('beta')
  expect((await stranger.get(`${BOXES}/trash?limit=200`)).text).not.toContain(box['id'])
  expectProblem(await stranger.post(`${BOXES}/${box['id']}/restore`), 404, 'not_found')
  expectProblem(await stranger.delete(`${BOXES}/trash/${box['id']}`), 404, 'not_found')
  await stranger.delete(`${BOXES}/trash`)
  expect(await listed(`${BOXES}/trash`, { id: box['id'] })).toEqual([box['id']])
})

test('who refers to a record and who deletes it at the same moment do not both succeed', async () => {
  for (let round = 0; round < 12; round += 1) {
    const box = await make('boxes', {})
    const [deleted, sealed] = await Promise.all([
      admin.delete(`${BOXES}/${box['id']}`),
      admin.post('/attic/seals', { name: 'x', boxId: box['id'] }),
    ])
    expect([
      [204, 422],
      [409, 201],
    ]).toContainEqual([deleted.status, sealed.status])
  }
})

test('throwing away, looking, fetching back and emptying cost fewer than ten statements', async () => {
  const costs = async (work: () => Promise<Answer>) => {
    const spent = await platform.statements(async () => expect((await work()).status).toBeLessThan(300))
    expect(spent).toBeLessThan(10)
  }
  const [one, two] = [await make('boxes', {}), await make('boxes', {})]
  for (const { id } of [one, two]) await make('items', { boxId: id })
  await costs(() => admin.delete(`${BOXES}/${one['id']}`))
  await costs(() => admin.get(`${BOXES}/trash?count=true`))
  await costs(() => admin.post(`${BOXES}/${one['id']}/restore`))
  await remove(`${BOXES}/${one['id']}`)
  await remove(`${BOXES}/${two['id']}`)
  await costs(() => admin.delete(`${BOXES}/trash/${one['id']}`))
  await costs(() => admin.delete(`${BOXES}/trash`))
})

test('the description of the API has the trash where there is one', async () => {
  const { paths, components } = (await admin.get('/openapi.json')).body
  expect(Object.keys(paths['/attic/boxes/trash'])).toEqual(['get', 'delete'])
  expect(paths['/attic/boxes/{id}/restore'].post).toBeDefined()
  expect(paths['/attic/parts/trash']).toBeUndefined()
  expect(components.schemas['attic.box.trashed'].properties.deletedAt).toBeDefined()
  expect(components.schemas['attic.box'].properties.deletedAt).toBeUndefined()
})

test('where there is no trash, nothing is called one', async () => {
  expectProblem(await admin.get('/attic/parts/trash'), 404, 'not_found')
  expectProblem(await admin.post(`/attic/parts/${randomUUID()}/restore`), 404, 'not_found')
  expectProblem(await admin.delete('/attic/parts/trash'), 404, 'not_found')
})
