import type { CustomFieldDocument, EntityMeta } from '@plinth/sdk'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { addField, CAR_FIELDS, CARS, carsWhere, refusals } from './cars.ts'
import { Client } from './support/client.ts'

const platform = await bootFixtures({
  plugins: ['garage'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }, { slug: 'full' }, { slug: 'busy' }],
})
afterAll(() => platform.stop())
const { admin, member } = platform.tenant('acme')
const beta = platform.tenant('beta')

/** Not one of the platform's own, which compare answers with a document that changes all the time here. */
function plainClient(tenant: string): Client {
  const { credentials, slug } = platform.tenant(tenant)
  return new Client({
    send: (request) => platform.platform.app.request(request),
    origin: `http://${slug}.localhost`,
    credentials: credentials.admin,
  })
}

test('another workspace has nothing of it: not in its documents, its records, its filters', async () => {
  const field = await addField(admin, { type: 'string', label: 'Onlyhere', required: true })
  const { body: document } = await admin.get('/openapi.json')
  expect(document.components.schemas['garage.car'].properties.custom.properties).toHaveProperty('onlyhere')
  expect(JSON.stringify((await admin.get('/meta/garage/car')).body)).toContain('custom.onlyhere')
  for (const path of ['/openapi.json', '/meta/garage/car', CAR_FIELDS, '/custom-fields', '/audit'])
    expect((await beta.admin.get(path)).text.toLowerCase()).not.toContain('onlyhere')
  expect((await admin.post(CARS, { plate: 'A 1' })).status).toBe(422)
  const car = await beta.admin.post(CARS, { plate: 'B 1' })
  expect([car.status, car.body.custom]).toEqual([201, {}])
  const write = await beta.admin.post(CARS, { plate: 'B 2', custom: { onlyhere: 'x' } })
  expect([write.status, refusals(write.body)]).toEqual([422, { '/custom/onlyhere': 'unknown' }])
  const filter = await beta.admin.get(carsWhere({ 'custom.onlyhere': 'x' }))
  expect([filter.status, refusals(filter.body)]).toEqual([
    400,
    { '/query/filter/custom.onlyhere': 'unknown_field' },
  ])
  for (const path of [
    `${CARS}?sort=custom.onlyhere`,
    `${CARS}?fields=custom.onlyhere`,
    `${CARS}/aggregate?max=custom.onlyhere`,
  ])
    expect((await beta.admin.get(path)).status, path).toBe(400)
  expect(
    (await beta.admin.patch(`${CAR_FIELDS}/${field.id}`, { label: 'Mine' }, { version: 1 })).status,
  ).toBe(404)
  expect((await beta.admin.delete(`${CAR_FIELDS}/${field.id}`)).status).toBe(404)
  expect((await admin.delete(`${CAR_FIELDS}/${field.id}`)).status).toBe(204)
})

test('only who may, and only where the entity takes further fields', async () => {
  expect((await member.get(CAR_FIELDS)).body).toMatchObject({
    status: 403,
    permission: 'platform.kernel.customField.read',
  })
  expect((await member.post(CAR_FIELDS, { type: 'int', label: 'X' })).body).toMatchObject({ status: 403 })
  expect((await member.get('/shell')).body.console).toEqual([])
  expect((await admin.get('/shell')).body.console).toContain('custom-fields')
  expect((await member.get<EntityMeta>('/meta/garage/car')).body.extend).toBeUndefined()
  expect((await admin.get<EntityMeta>('/meta/garage/car')).body.extend).toBe(true)
  expect((await admin.post('/custom-fields/garage/tool', { type: 'int', label: 'X' })).status).toBe(422)
  expect((await admin.get('/custom-fields/garage/nothing')).status).toBe(404)
  expect((await admin.get(`${CAR_FIELDS}/x`)).status).toBe(404)
  const { items } = (await admin.get('/custom-fields')).body
  expect(items.map((each: { id: string }) => each.id)).toEqual([
    'garage.car',
    'garage.repair',
    'garage.trailer',
    'garage.lamp',
  ])
})

test('every change is audited and told, and happens once however often it is asked for', async () => {
  const repeated = { headers: { 'idempotency-key': 'one-field' } }
  const first = await admin.post('/custom-fields/garage/repair', { type: 'int', label: 'Hours' }, repeated)
  const second = await admin.post('/custom-fields/garage/repair', { type: 'int', label: 'Hours' }, repeated)
  expect(second.body).toEqual(first.body)
  const { id } = first.body
  await admin.patch(`/custom-fields/garage/repair/${id}`, { max: 5 }, { version: 1 })
  await admin.delete(`/custom-fields/garage/repair/${id}`)
  const { items } = (await admin.get(`/audit?subjectType=customField&subjectId=${id}`)).body
  expect(items.map((each: { action: string }) => each.action)).toEqual([
    'customField.archived',
    'customField.updated',
    'customField.created',
  ])
  expect(items[1].after).toMatchObject({ name: 'hours', max: 5 })
  const events = await platform.sql(`SELECT type, data FROM plinth.outbox WHERE subject = $1 ORDER BY id`, [
    id,
  ])
  expect(events.map((event) => event['type'])).toEqual([
    'kernel.customField.created',
    'kernel.customField.updated',
    'kernel.customField.archived',
  ])
  expect(events[0]!['data']).toEqual({ entity: 'garage.repair', name: 'hours', type: 'int' })
})

test('there are so many fields and no more, also when many are added at once', async () => {
  const { admin: client } = platform.tenant('full')
  const add = (index: number) => client.post(CAR_FIELDS, { type: 'int', label: `Number ${index}` })
  const answers = []
  for (let index = 0; index < 35; index += 1) answers.push(await add(index))
  answers.push(...(await Promise.all(Array.from({ length: 10 }, (_, index) => add(35 + index)))))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(40)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(5)
  const positions = (await client.get(CAR_FIELDS)).body.items.map(
    (each: CustomFieldDocument) => each.position,
  )
  expect(positions).toEqual(Array.from({ length: 40 }, (_, index) => index))
  const { name } = (await client.get(CAR_FIELDS)).body.items[7]
  const car = await client.post(CARS, { plate: 'A', custom: { [name]: 7 } })
  expect(car.body.custom[name]).toBe(7)
  expect((await client.get(`${CARS}/${car.body.id}`)).body).toEqual(car.body)
})

test('another node soon knows', async () => {
  const node = (await platform.anotherNode()).tenant('acme').admin
  expect((await node.get('/meta/garage/car')).status).toBe(200)
  const { name } = await addField(admin, { type: 'bool', label: 'Elsewhere' })
  await expect.poll(async () => (await node.get(carsWhere({ [`custom.${name}`]: true }))).status).toBe(200)
})

test('nothing more is asked of the database because of fields, and changing them stays within bounds', async () => {
  for (const label of ['Depot', 'Fuel', 'Load']) await addField(admin, { type: 'string', label })
  await admin.get(CARS)
  const plain = await platform.statements(() => admin.get(CARS))
  const asked = carsWhere({ 'custom.depot': 'x' }, '&sort=-custom.depot')
  expect(await platform.statements(() => admin.get(asked))).toBe(plain)
  expect(await platform.statements(() => admin.get('/meta/garage/car'))).toBe(0)
  const client = plainClient('acme')
  await client.get(CARS)
  let id = ''
  const spent: Record<string, number> = {}
  spent['create'] = await platform.statements(async () => {
    id = (await client.post(CAR_FIELDS, { type: 'string', label: 'Spent', search: true })).body.id
  })
  await client.get(CARS)
  spent['update'] = await platform.statements(() =>
    client.patch(`${CAR_FIELDS}/${id}`, { search: false }, { version: 1 }),
  )
  await client.get(CARS)
  spent['record'] = await platform.statements(() =>
    client.post(CARS, { plate: 'S 1', custom: { spent: 'x', fuel: 'gas', load: '5' } }),
  )
  for (const [what, count] of Object.entries(spent)) expect(count, what).toBeLessThan(10)
})

test('records written while a field is archived and restored are found by what they hold', async () => {
  const client = plainClient('busy')
  const field = await addField(client, { type: 'int', label: 'Load' })
  let version = 1
  const writing = { now: true }
  const switching = (async () => {
    while (writing.now) {
      const { body } = await client.patch(
        `${CAR_FIELDS}/${field.id}`,
        { archived: version % 2 === 1 },
        { version },
      )
      version = body.version
    }
    const { body } = await client.patch(`${CAR_FIELDS}/${field.id}`, { archived: false }, { version })
    expect(body.archivedAt).toBeNull()
  })()
  const statuses = await Promise.all(
    Array.from({ length: 120 }, async (_, index) => {
      const made = await client.post(CARS, { plate: `L ${index}`, custom: { load: index } })
      if (made.status !== 201) return made.status
      return (await client.patch(`${CARS}/${made.body.id}`, { custom: { load: -index } }, { version: 1 }))
        .status
    }),
  )
  writing.now = false
  await switching
  expect(
    statuses.every((status) => [200, 422].includes(status)),
    statuses.join(),
  ).toBe(true)
  const all = (await client.get(`${CARS}?limit=200&sort=custom.load`)).body.items
  expect(all.length).toBeGreaterThan(0)
  for (const { id, custom } of all) {
    const filter = custom.load === null ? { isNull: true } : custom.load
    const found = (await client.get(carsWhere({ 'custom.load': filter, id }))).body.items
    expect(found.map((each: { id: string }) => each.id)).toEqual([id])
  }
})
