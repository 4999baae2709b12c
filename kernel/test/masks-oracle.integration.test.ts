import { isMask, type MaskKind, type RoleGrant } from '@plinth/sdk'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { patient } from './fixtures/plugins/clinic/src/patient-entity.ts'
import type { Client } from './support/index.ts'
import { runs } from './support/chance.ts'

const platform = await bootFixtures({ plugins: ['clinic'] })
afterAll(() => platform.stop())
const tenant = platform.tenant('acme')
const [head, doctor] = await Promise.all([
  tenant.addMember(['clinic.head']),
  tenant.addMember(['clinic.doctor']),
])
const PATIENTS = '/clinic/patients'

type Values = Readonly<Record<string, unknown>>

/** Two values of each masked field that leave the same mask. */
const TWINS: Readonly<Record<string, readonly [unknown, unknown]>> = {
  account: ['DE89370400440532013000', 'DE94120300000000003000'],
  insurance: ['A-000-14711', 'B-111-24711'],
  email: ['margarete@example.de', 'margot@example.de'],
  phone: ['+49 40 123456', '+49 89 999956'],
  born: ['1985-03-31', '1985-11-02'],
  admittedAt: ['2026-05-04T08:30:00Z', '2026-01-01T00:00:00Z'],
  income: [
    { amount: '4200.00', currency: 'EUR' },
    { amount: '1.00', currency: 'EUR' },
  ],
  weight: ['71.5', '92.0'],
  children: [3, 0],
  infectious: [true, false],
  faith: ['other', 'none'],
  allergies: [['nuts'], ['milk']],
  home: [{ city: 'Altona' }, { city: 'Berlin' }],
  notes: ['Sleeps badly', 'Sleeps well'],
}
const MASKED = Object.entries(patient.fields).flatMap(([name, field]) => ('mask' in field ? [name] : []))

const create = async (path: string, values: Values): Promise<string> => {
  const { status, body, text } = await head.post(path, values)
  expect(status, text).toBe(201)
  return body.id
}

const OPERATORS = [
  'eq',
  'ne',
  'in',
  'nin',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'startsWith',
  'isNull',
  'near',
  'currency',
]

function conditions(value: unknown): unknown[] {
  const scalar = typeof value === 'object' && 'amount' in value! ? value.amount : value
  return [
    value,
    null,
    ...OPERATORS.flatMap((operator) =>
      [scalar, [scalar], null, true, false, String(scalar).slice(0, 3), 'EUR'].map((each) => ({
        [operator]: each,
      })),
    ),
  ]
}

test('the twins are of every masked field', () => {
  expect(Object.keys(TWINS).toSorted()).toEqual(MASKED.toSorted())
})

test.each(MASKED)(
  'two records that differ in %s alone cannot be told apart by any question',
  async (field) => {
    const [left, right] = await Promise.all(
      TWINS[field]!.map(async (value) => {
        const id = await create(PATIENTS, { name: 'Twin', ward: 'north', [field]: value })
        await create('/clinic/visits', { patientId: id, reason: field })
        await create(PATIENTS, { name: 'Ward', guardianId: id })
        return id
      }),
    )
    const shown = async (id: string) => {
      const { body } = await tenant.member.get(`${PATIENTS}/${id}`)
      return { ...body, id: '', createdAt: '', updatedAt: '' }
    }
    expect(await shown(left!)).toEqual(await shown(right!))

    const twins = new Set([left, right])
    const answersAlike = async (client: Client, path: string, twin: (item: any) => string): Promise<void> => {
      const { status, body, text } = await client.get(path)
      if (status === 400) {
        expect(body.errors[0].pointer, text).toMatch(/^\/query\//)
        return
      }
      expect(status, `${path} ${text}`).toBe(200)
      const found = body.items.map(twin).filter((id: string) => twins.has(id))
      expect([0, 2], `${path} tells them apart`).toContain(found.length)
    }
    const list = (filter: unknown) => `limit=200&filter=${encodeURIComponent(JSON.stringify(filter))}`
    for (const client of [tenant.member, doctor]) {
      for (const condition of TWINS[field]!.flatMap(conditions)) {
        const plain = { [field]: condition }
        for (const filter of [plain, { not: plain }, { or: [{ name: 'x' }, plain] }])
          await answersAlike(client, `${PATIENTS}?${list(filter)}`, (item) => item.id)
        await answersAlike(
          client,
          `/clinic/visits?${list({ [`patient.${field}`]: condition })}`,
          (item) => item.patientId,
        )
        await answersAlike(
          client,
          `${PATIENTS}?${list({ [`guardian.${field}`]: condition })}`,
          (item) => item.guardianId,
        )
      }
      for (const sort of [field, `-${field}`, `name,${field}`])
        expect((await client.get(`${PATIENTS}?sort=${sort}`)).status, sort).toBe(400)
      for (const question of [
        ...['sum', 'avg', 'min', 'max'].map((measure) => `${measure}=${field}`),
        `group=${field}`,
        ...['day', 'month', 'year'].map((bucket) => `group=${field}:${bucket}`),
        `group=ward&sort=${field}`,
        list({ [field]: TWINS[field]![0] }).replace('limit=200&', ''),
      ])
        expect((await client.get(`${PATIENTS}/aggregate?${question}`)).status, question).toBe(400)
      for (const word of ['DE89', '4711', 'margarete', 'nuts', 'Altona', 'badly', '1985', 'other'])
        await answersAlike(client, `${PATIENTS}?limit=200&q=${word}`, (item) => item.id)
    }
  },
)

test('whoever sees a value in every record may ask for it', async () => {
  const id = await create(PATIENTS, {
    name: 'Asked',
    children: 8,
    born: '1911-01-02',
    income: { amount: '8' },
  })
  for (const filter of [{ children: 8 }, { born: { lt: '1911-02-01' } }, { income: { lt: '9' } }]) {
    const { body } = await head.get(
      `${PATIENTS}?limit=200&filter=${encodeURIComponent(JSON.stringify(filter))}`,
    )
    expect(body.items.map((item: { id: string }) => item.id)).toContain(id)
  }
  expect((await head.get(`${PATIENTS}/aggregate?max=children&group=born:year`)).status).toBe(200)
})

const P = 'health.clinic.patient'
const CONDITIONS = [undefined, { ward: 'north' }, { name: 'Twin' }, { not: { ward: 'north' } }] as const

test('for any set of roles a list shows what a single read shows, and neither shows more than asked for', async () => {
  const { items } = (await head.get(`${PATIENTS}?limit=50&reveal=${MASKED.join(',')}`)).body
  const clear = new Map<string, Values>(items.map((item: { id: string }) => [item.id, item]))
  const grants = fc.array(
    fc.record({
      fields: fc.subarray(MASKED, { minLength: 1 }),
      condition: fc.constantFrom(...CONDITIONS),
    }),
    { maxLength: 3 },
  )
  let count = 0
  await fc.assert(
    fc.asyncProperty(grants, fc.subarray(MASKED), async (given, wanted) => {
      const role = `made-${(count += 1)}`
      const rules: (string | RoleGrant)[] = [
        `${P}.read`,
        ...given.map(({ fields, condition }) => ({
          permission: `${P}.reveal`,
          fields,
          ...(condition ? { condition } : {}),
        })),
      ]
      await platform.sql(
        `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, $2, '{"en":"x"}', $3)`,
        [tenant.id, role, JSON.stringify(rules)],
      )
      await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: tenant.id })
      const someone = await tenant.addMember([role])
      const permitted = wanted.filter((name) => given.some(({ fields }) => fields.includes(name)))
      const path = `limit=50&reveal=${permitted.join(',')}`
      const { body } = await someone.get(`${PATIENTS}?${path}`)
      for (const item of body.items as Values[]) {
        const alone = (await someone.get(`${PATIENTS}/${String(item['id'])}?${path.slice(9)}`)).body
        expect(item).toEqual(alone)
        const whole = clear.get(String(item['id']))
        for (const name of whole ? MASKED : []) {
          const mask = (patient.fields as Record<string, { mask?: MaskKind }>)[name]!.mask!
          const sees =
            permitted.includes(name) &&
            given.some(({ fields, condition }) => fields.includes(name) && meets(whole!, condition))
          if (sees) expect(item[name]).toEqual(whole![name])
          else
            expect(item[name] === null || isMask(mask, item[name]), `${name} ${String(item[name])}`).toBe(
              true,
            )
        }
      }
    }),
    { numRuns: runs(25) },
  )
})

function meets(record: Values, condition: (typeof CONDITIONS)[number]): boolean {
  if (!condition) return true
  if ('not' in condition) return record['ward'] !== 'north'
  return Object.entries(condition).every(([name, value]) => record[name] === value)
}
