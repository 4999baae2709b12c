import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { bring, rowsOf } from './import-client.ts'

const platform = await bootFixtures({ plugins: ['garage'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const tenant = platform.tenant('acme')
const { admin } = tenant
const CARS = '/garage/cars'
const FIELDS = '/custom-fields/garage/car'
// Roles of the workspace itself: who defines fields, and who may see one of them.
for (const [id, grants] of [
  ['definer', ['workshop.garage.car.read', 'platform.kernel.customField.manage']],
  ['buyer', [{ permission: 'workshop.garage.car.reveal', fields: ['custom.price'] }]],
])
  await tenant.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, $2, '{"en":"Role"}', $3)`,
    [tenant.id, id, JSON.stringify(grants)],
  )
const [clerk, desk, keeper] = await Promise.all(
  ['clerk', 'desk', 'keeper'].map((role) => tenant.addMember([`garage.${role}`])),
)

for (const field of [
  { type: 'string', label: 'Chip', mask: 'last4', unique: true },
  { type: 'money', label: 'Price', currency: 'EUR', mask: 'full' },
  { type: 'date', label: 'Born', mask: 'year' },
  { type: 'email', label: 'Mail', mask: 'email', pii: true },
  { type: 'string', label: 'Region' },
]) {
  const { status, text } = await admin.post(FIELDS, field)
  if (status !== 201) throw new Error(text)
}

const CLEAR = {
  price: { amount: '4200.00', currency: 'EUR' },
  born: '1985-03-31',
  mail: 'margarete@example.de',
  region: 'north',
}
const MASKED = { chip: expect.stringMatching(/^\*{4}/), price: '****', born: '1985', mail: 'm***@example.de' }
let count = 0
const make = async () => {
  count += 1
  const custom = { ...CLEAR, chip: `CHIP-0000-${String(count).padStart(4, '0')}` }
  const { body, status, text } = await admin.post(CARS, { plate: `M ${count}`, custom })
  expect(status, text).toBe(201)
  return body as { id: string; version: number; custom: Record<string, unknown> }
}

test('every read shows masks, whoever asks, and the values by name to those who may', async () => {
  const car = await make()
  expect(car.custom).toEqual({ ...MASKED, region: 'north' })
  const path = `${CARS}/${car.id}`
  for (const client of [admin, clerk!, desk!, keeper!]) {
    expect((await client.get(path)).body.custom).toEqual(car.custom)
    expect((await client.get(`${CARS}?fields=custom.price`)).body.items[0].custom).toEqual({ price: '****' })
  }
  const shown = await keeper!.get(`${path}?reveal=custom.price,custom.chip`)
  expect(shown.body.custom).toEqual({ ...car.custom, price: CLEAR.price, chip: 'CHIP-0000-0001' })
  const refused = await clerk!.get(`${path}?reveal=custom.price`)
  expectProblem(refused, 403, 'permission_missing')
  const buyer = await tenant.addMember(['garage.clerk', 'buyer'])
  expect((await buyer.get(`${path}?reveal=custom.price`)).body.custom.price).toEqual(CLEAR.price)
  expectProblem(await buyer.get(`${path}?reveal=custom.chip`), 403, 'permission_missing')
  const { items } = (await admin.get(`/audit?subjectId=${car.id}`)).body
  const revealed = items.filter(({ action }: { action: string }) => action === 'garage.car.revealed')
  expect(revealed).toHaveLength(2)
  expect(revealed[1].after).toEqual({ fields: ['custom.price', 'custom.chip'] })
  expect(JSON.stringify(items)).not.toMatch(/4200|margarete|1985-03/)
  const events = await tenant.sql(`SELECT data FROM plinth.outbox WHERE subject = $1`, [car.id])
  expect(events[0]!['data']).toMatchObject({ record: { custom: { region: 'north' } } })
  expect(JSON.stringify(events)).not.toMatch(/4200|margarete|1985|\*\*/)
})

test('what may not be seen decides nothing', async () => {
  await make()
  const where = (filter: object) => `${CARS}?filter=${encodeURIComponent(JSON.stringify(filter))}`
  for (const filter of [
    { 'custom.price': '4200' },
    { not: { 'custom.chip': { startsWith: 'C' } } },
    { 'custom.born': null },
  ]) {
    const { status, body } = await clerk!.get(where(filter))
    expect([status, body.errors[0].code]).toEqual([400, 'hidden'])
    expect((await keeper!.get(where(filter))).status).toBe(200)
  }
  expect((await clerk!.get(`${CARS}/aggregate?sum=custom.price`)).body.errors[0].code).toBe('hidden')
  expect((await clerk!.get(`${CARS}/aggregate?group=custom.price.currency`)).body.errors[0].code).toBe(
    'hidden',
  )
  expect((await keeper!.get(`${CARS}/aggregate?sum=custom.price`)).status).toBe(200)
  for (const client of [keeper!, clerk!])
    expect((await client.get(`${CARS}?sort=custom.price`)).body.errors[0].code).toBe('unknown_field')
  const path = (await admin.get('/meta/garage/car')).body.fields.find(
    ({ name }: { name: string }) => name === 'custom.chip',
  )
  expect(path).toMatchObject({ sortable: false, mask: { kind: 'last4' } })
})

test('a mask sent back is no change, and no value is replaced by one', async () => {
  const car = await make()
  const path = `${CARS}/${car.id}`
  const same = await clerk!.patch(path, { custom: { ...car.custom } }, { version: 1 })
  expect([same.status, same.body.version]).toEqual([200, 1])
  const other = await desk!.patch(path, { custom: { mail: 'x***@example.de' } }, { version: 1 })
  expect([other.status, other.body.errors[0]]).toEqual([
    422,
    expect.objectContaining({ pointer: '/custom/mail', code: 'masked' }),
  ])
  const made = await admin.post(CARS, { plate: 'X', custom: { price: '****' } })
  expect(made.body.errors[0]).toMatchObject({ pointer: '/custom/price', code: 'masked' })
})

test('who may not see replaces what the permission allows, and learns nothing by it', async () => {
  const car = await make()
  const path = `${CARS}/${car.id}`
  const change = (client: typeof admin, custom: object, version: number) =>
    client.patch(path, { custom }, { version })
  const refused = await change(clerk!, { price: { amount: '1' }, region: 'south' }, 1)
  expectProblem(refused, 403, 'permission_missing')
  expect(refused.body.errors).toMatchObject([{ pointer: '/custom/price', code: 'hidden' }])
  // The very value it has counts as changed all the same.
  const guessed = await change(desk!, { price: { amount: '4200' } }, 1)
  expect([guessed.status, guessed.body.version, guessed.body.custom.price]).toEqual([200, 2, '****'])
  const unique = await change(desk!, { chip: 'CHIP-0000-0001' }, 2)
  expect([unique.status, unique.body.errors[0].pointer]).toEqual([403, '/custom/chip'])
  expect((await clerk!.post(CARS, { plate: 'N', custom: { chip: 'CHIP-0000-0001' } })).status).toBe(403)
  const seen = await change(keeper!, { price: { amount: '4200' } }, 2)
  expect([seen.status, seen.body.version]).toEqual([200, 2])
})

test('lifting a mask, or easing it, takes the right to see what it hides', async () => {
  const { items } = (await admin.get(FIELDS)).body
  const price = items.find(({ name }: { name: string }) => name === 'price')
  const born = items.find(({ name }: { name: string }) => name === 'born')
  const definer = await tenant.addMember(['definer'])
  for (const [field, mask] of [
    [price, null],
    [born, null],
  ] as const) {
    const { status, body } = await definer.patch(
      `${FIELDS}/${field.id}`,
      { mask },
      { version: field.version },
    )
    expect([status, body.permission]).toEqual([403, 'workshop.garage.car.reveal'])
  }
  const stricter = await definer.patch(`${FIELDS}/${born.id}`, { mask: 'full' }, { version: born.version })
  expect(stricter.body.mask).toBe('full')
  expect((await admin.get(CARS)).body.items[0].custom.born).toBe('****')
  const back = await admin.patch(`${FIELDS}/${born.id}`, { mask: 'year' }, { version: born.version + 1 })
  expect(back.status, back.text).toBe(200)
})

test.each([
  [{ type: 'int', label: 'X', mask: 'iban' }, '/mask', 'option_not_allowed'],
  [{ type: 'int', label: 'X', mask: 'half' }, '/mask', 'enum'],
  [{ type: 'string', label: 'X', mask: 'full', search: true }, '/search', 'option_conflict'],
  [{ type: 'member', label: 'X', mask: 'full' }, '/mask', 'option_not_allowed'],
])('%j is no field: %s %s', async (field, pointer, code) => {
  const { status, body } = await admin.post(FIELDS, field)
  expect([status, body.errors]).toEqual([422, [expect.objectContaining({ pointer, code })]])
})

test('files show masks, and what comes back with them changes nothing', async () => {
  const car = await make()
  const filter = encodeURIComponent(JSON.stringify({ id: car.id }))
  const query = `fields=plate,custom.price,custom.chip&filter=${filter}`
  const { text } = await admin.get(`${CARS}/export?${query}`)
  expect(text.trim().split(/\r?\n/)).toEqual([
    'plate,custom.price,custom.chip',
    expect.stringMatching(/^M \d+,\*{4},\*{4}\d{4}$/),
  ])
  const open = await keeper!.get(`${CARS}/export?${query}&reveal=custom.price`)
  expect(open.text).toContain('4200.00,EUR')
  const file = `id,plate,custom.chip\n${car.id},Renamed,${String(car.custom['chip'])}\n`
  const done = await bring(admin, file, { mode: 'upsert', match: 'id' }, 'run', { path: CARS })
  expect(await rowsOf(admin, done, '', CARS)).toMatchObject([{ outcome: 'updated' }])
  expect((await keeper!.get(`${CARS}/${car.id}?reveal=custom.chip`)).body).toMatchObject({
    plate: 'Renamed',
    custom: { chip: `CHIP-0000-${String(count).padStart(4, '0')}` },
  })
})

test('the document of the workspace says what is masked', async () => {
  const { body } = await admin.get('/openapi.json')
  expect(body.components.schemas['garage.car'].properties.custom.properties.price).toMatchObject({
    'x-plinth-masked': 'full',
  })
})
