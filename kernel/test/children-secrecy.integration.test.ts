import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { pointers } from './invoices.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({ plugins: ['dispatch'] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const ORDERS = '/dispatch/orders'
const [packer, porter] = await Promise.all(
  ['packer', 'porter'].map((role) => acme.addMember([`dispatch.${role}`])),
)

const make = async (input: object): Promise<any> => {
  const { status, body, text } = await admin.post(ORDERS, { name: 'Books', ...input })
  expect(status, text).toBe(201)
  return body
}
const save = (order: { id: string; version: number }, parcels: object[], client: Client = admin) =>
  client.patch(`${ORDERS}/${order.id}`, { parcels }, { version: order.version })
const read = (id: string, query = 'include=parcels') => admin.get(`${ORDERS}/${id}?${query}`)
const codesOf = async (orderId: string) =>
  (
    await platform.sql<{ code: string }>(
      'SELECT code FROM shared.dispatch_parcel WHERE order_id = $1 ORDER BY ordinal',
      [orderId],
    )
  ).map(({ code }) => code)
const auditOf = async (id: string): Promise<any[]> => (await admin.get(`/audit?subjectId=${id}`)).body.items

const CODE = 'SECRET-4711'
const MASKED = '****4711'

describe('masks', () => {
  test('hide values of children in every answer, in the audit log and in events', async () => {
    const made = await make({ pin: '1234', parcels: [{ name: 'A', code: CODE }] })
    expect(made).toMatchObject({ pin: '****', parcels: [{ code: MASKED, seal: '****' }] })
    const [parcel] = made.parcels
    const revealed = await read(made.id, 'include=parcels&reveal=pin')
    expect(revealed.body).toMatchObject({ pin: '1234', parcels: [{ code: MASKED, seal: '****' }] })
    const saved = await save(made, [{ id: parcel.id, code: 'ANOTHER-4712', name: 'B' }])
    expect(saved.body.parcels).toMatchObject([{ code: '****4712', seal: '****' }])
    await save(saved.body, [])
    const notes = JSON.stringify(await auditOf(parcel.id))
    expect(notes).toContain(MASKED)
    expect(notes).not.toContain(CODE)
    const events = await platform.sql('SELECT data FROM plinth.outbox WHERE subject = $1', [parcel.id])
    expect(events).toHaveLength(3)
    expect(JSON.stringify(events)).not.toMatch(/SECRET|ANOTHER|4711/)
  })

  test('sent back as they were shown are no change', async () => {
    const made = await make({ parcels: [{ name: 'A', code: CODE }] })
    const [{ id, code }] = made.parcels
    expect((await save(made, [{ id, code, name: 'B' }])).status).toBe(200)
    expect(await codesOf(made.id)).toEqual([CODE])
  })

  test('keep who may not see a value from replacing it, where it stands', async () => {
    const made = await make({
      parcels: [
        { name: 'A', code: CODE },
        { name: 'B', code: CODE, heavy: true },
      ],
    })
    const [light, heavy] = made.parcels
    const refused = await save(made, [{ id: light.id, code: 'GUESS' }, { id: heavy.id }], packer)
    expectProblem(refused, 403, 'permission_missing')
    expect(pointers(refused)).toEqual(['/parcels/0/code hidden'])
    expectProblem(
      await save(made, [{ id: light.id, code: 'GUESS' }, { id: heavy.id }], porter),
      403,
      'permission_missing',
    )
    expect((await save(made, [{ id: light.id }, { id: heavy.id, code: 'NEW-0001' }], porter)).status).toBe(
      200,
    )
    expect(await codesOf(made.id)).toEqual([CODE, 'NEW-0001'])
    const mask = await save(await read(made.id).then(({ body }) => body), [{ name: 'C', code: MASKED }])
    expectProblem(mask, 422, 'validation_failed')
    expect(pointers(mask)).toEqual(['/parcels/0/code masked'])
  })

  test('of twenty children are judged together', async () => {
    const parcels = Array.from({ length: 20 }, (_, index) => ({ name: `${index}`, code: CODE, heavy: true }))
    const made = await make({ parcels })
    const changes = made.parcels.map(({ id }: any) => ({ id, code: 'NEW-0002' }))
    let answer: any
    const cost = await platform.statements(async () => (answer = await save(made, changes, porter)))
    expect(answer.status, answer.text).toBe(200)
    expect(cost).toBeLessThan(10)
  })

  test('a value that is written unseen counts as changed, with what follows from it', async () => {
    const made = await make({ parcels: [{ name: 'A', code: CODE, heavy: true }] })
    const desk = await acme.addMember(['dispatch.packer', 'dispatch.replacer'])
    const [parcel] = made.parcels
    const saved = await save(made, [{ id: parcel.id, code: CODE }], desk)
    expect(saved.status, saved.text).toBe(200)
    expect(saved.body.parcels[0].version).toBe(2)
    const [{ after }] = await auditOf(parcel.id)
    expect(after).toMatchObject({ code: MASKED, seal: '****' })
  })
})

describe('the trash', () => {
  const trash = async (path: string) => expect((await admin.delete(path)).status).toBe(204)
  const restore = (path: string) => admin.post(`${path}/restore`, {})

  test('takes children with their parent, and gives them back with it', async () => {
    const made = await make({ parcels: [{ name: 'A' }, { name: 'B' }] })
    const [parcel] = made.parcels
    expect(await platform.statements(() => trash(`${ORDERS}/${made.id}`))).toBeLessThan(10)
    expect((await admin.get(`/dispatch/parcels/${parcel.id}`)).status).toBe(404)
    expectProblem(await save(made, []), 404, 'not_found')
    expectProblem(
      await admin.patch(`/dispatch/parcels/${parcel.id}`, { name: 'C' }, { version: 2 }),
      404,
      'not_found',
    )
    expectProblem(
      await admin.post('/dispatch/parcels', { name: 'C', orderId: made.id }),
      422,
      'reference_unknown',
    )
    expect((await restore(`${ORDERS}/${made.id}`)).status).toBe(200)
    const { body } = await read(made.id)
    expect(body).toMatchObject({ parcelCount: 2, parcels: [{ name: 'A' }, { name: 'B' }] })
    const saved = await save(body, [{ id: parcel.id, name: 'Z' }])
    expect(saved.body).toMatchObject({ parcelCount: 1, parcels: [{ name: 'Z' }] })
    expect((await admin.get('/dispatch/orders/trash')).body.items).toEqual([])
  })

  test('refuses children that refer to what lies in it', async () => {
    const shelf = (await admin.post('/dispatch/shelves', { name: 'Top' })).body
    await trash(`/dispatch/shelves/${shelf.id}`)
    const made = await make({})
    const refused = await save(made, [{ name: 'A' }, { name: 'B', shelfId: shelf.id }])
    expectProblem(refused, 422, 'reference_unknown')
    expect(pointers(refused)).toEqual(['/parcels/1/shelfId reference'])
  })
})
