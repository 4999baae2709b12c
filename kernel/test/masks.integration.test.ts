import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { patient as entity } from './fixtures/plugins/clinic/src/patient-entity.ts'
import { expectProblem } from './expect-problem.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({ plugins: ['clinic'] })
afterAll(() => platform.stop())
const tenant = platform.tenant('acme')
const { admin, member } = tenant
const PATIENTS = '/clinic/patients'

const [clerk, desk, accountant, doctor, head] = await Promise.all(
  ['clerk', 'desk', 'accountant', 'doctor', 'head'].map((role) => tenant.addMember([`clinic.${role}`])),
)

const CLEAR = {
  account: 'DE89370400440532013000',
  email: 'margarete@example.de',
  phone: '+49 40 123456',
  born: '1985-03-31',
  admittedAt: '2026-05-04T08:30:00+00:00',
  income: { amount: '4200.00', currency: 'EUR' },
  weight: '71.5',
  children: 3,
  infectious: false,
  faith: 'other',
  allergies: ['nuts'],
  home: { city: 'Altona', street: 'Elbweg 1' },
  notes: 'Sleeps badly',
}
const MASKED = {
  account: 'DE** **** 3000',
  insurance: '****4711',
  email: 'm***@example.de',
  phone: '+49 *** 56',
  born: '1985',
  admittedAt: '2026',
  income: '****',
  weight: '****',
  children: '****',
  infectious: '****',
  faith: '****',
  allergies: '****',
  home: '****',
  notes: '****',
}
const HIDDEN = Object.keys(MASKED)

let count = 0
/** A patient with something in every field. */
async function admit(values: object = {}) {
  count += 1
  const { body, status, text } = await head!.post(PATIENTS, {
    name: `Margarete ${count}`,
    ward: 'north',
    ...CLEAR,
    insurance: `A${String(count).padStart(4, '0')}4711`,
    ...values,
  })
  expect(status, text).toBe(201)
  return body as { id: string; version: number } & Record<string, unknown>
}

const where = (filter: object) => `filter=${encodeURIComponent(JSON.stringify(filter))}`
const audit = async (id: string): Promise<Record<string, any>[]> =>
  (await admin.get(`/audit?subjectId=${id}`)).body.items

test('every read shows masks, whoever asks: get, list, the answer to a change, the audit log', async () => {
  const created = await admit()
  expect(created).toMatchObject(MASKED)
  for (const client of [member, accountant!, head!, admin]) {
    expect((await client.get(`${PATIENTS}/${created.id}`)).body).toMatchObject(MASKED)
    expect((await client.get(`${PATIENTS}?${where({ id: created.id })}`)).body.items[0]).toMatchObject(MASKED)
  }
  const { body: changed } = await head!.patch(
    `${PATIENTS}/${created.id}`,
    { notes: 'Sleeps well', ward: 'south' },
    { version: created.version },
  )
  expect(changed).toMatchObject(MASKED)
  const [update, creation] = await audit(created.id)
  expect(creation!['after']).toMatchObject(MASKED)
  expect(update).toMatchObject({
    before: { notes: '****', ward: 'north' },
    after: { notes: '****', ward: 'south' },
  })
})

test('events carry neither masked values nor their masks', async () => {
  const { id, version } = await admit()
  await head!.patch(`${PATIENTS}/${id}`, { notes: 'New', ward: 'south' }, { version })
  const rows = await platform.sql<{ data: { record: object; before?: object; changed?: string[] } }>(
    `SELECT data FROM plinth.outbox WHERE subject = $1 ORDER BY id`,
    [id],
  )
  expect(rows).toHaveLength(2)
  for (const { data } of rows) {
    const named = [...Object.keys(data.record), ...Object.keys(data.before ?? {})]
    expect(named.filter((name) => HIDDEN.includes(name))).toEqual([])
  }
  expect(rows[1]!.data.changed).toContain('notes')
})

describe('revealing', () => {
  test('shows the value to whoever may see it, one field or several, and notes it record by record', async () => {
    const { id } = await admit()
    const { body, status } = await head!.get(`${PATIENTS}/${id}?reveal=account,born`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ ...MASKED, account: CLEAR.account, born: CLEAR.born })
    const [entry] = await audit(id)
    expect(entry).toMatchObject({
      action: 'clinic.patient.revealed',
      subjectType: 'clinic.patient',
      after: { fields: ['account', 'born'] },
      actor: { id: head!.id },
    })
    expect(JSON.stringify(entry)).not.toContain(CLEAR.account)
    const other = await admit()
    const listed = await head!.get(`${PATIENTS}?reveal=income&${where({ id: { in: [id, other.id] } })}`)
    expect(listed.body.items.map((item: { income: unknown }) => item.income)).toEqual([
      CLEAR.income,
      CLEAR.income,
    ])
    expect((await audit(id))[0]).toMatchObject({ after: { fields: ['income'] } })
    expect((await audit(other.id))[0]).toMatchObject({ after: { fields: ['income'] } })
  })

  test('every field comes as it was written', async () => {
    const { id } = await admit()
    expect((await head!.get(`${PATIENTS}/${id}?reveal=${HIDDEN.join(',')}`)).body).toMatchObject(CLEAR)
  })

  test('is refused without the permission, and for fields it does not cover, naming permission and fields', async () => {
    const { id } = await admit()
    const before = (await audit(id)).length
    for (const [client, fields] of [
      [member, 'account'],
      [clerk!, 'account'],
      [desk!, 'born'],
      [accountant!, 'account,born'],
    ] as const)
      for (const path of [`${PATIENTS}/${id}`, PATIENTS]) {
        const answer = await client.get(`${path}?reveal=${fields}`)
        expectProblem(answer, 403, 'permission_missing')
        expect(answer.body.permission).toBe('health.clinic.patient.reveal')
        expect(answer.body.errors).toHaveLength(1)
        expect(answer.body.errors[0].pointer).toBe('/query/reveal')
      }
    expect(await audit(id)).toHaveLength(before)
    expect((await accountant!.get(`${PATIENTS}/${id}?reveal=account`)).body.account).toBe(CLEAR.account)
  })

  test('of what is no masked field is a fault of the query', async () => {
    const { id } = await admit()
    for (const path of [`${PATIENTS}/${id}`, PATIENTS])
      for (const name of ['name', 'nothing', 'id', 'constructor'])
        expectProblem(await head!.get(`${path}?reveal=${name}`), 400, 'query_invalid')
  })

  test('in some records only shows the mask in the others, and notes only what was shown', async () => {
    const own = await admit({ doctorId: doctor!.id })
    const foreign = await admit()
    const filter = where({ id: { in: [own.id, foreign.id] } })
    const { body } = await doctor!.get(`${PATIENTS}?reveal=born,home&${filter}&sort=createdAt`)
    expect(body.items).toMatchObject([
      { id: own.id, born: CLEAR.born, home: CLEAR.home, account: MASKED.account },
      { id: foreign.id, born: MASKED.born, home: MASKED.home },
    ])
    expect((await audit(own.id))[0]!['action']).toBe('clinic.patient.revealed')
    expect((await audit(foreign.id))[0]!['action']).toBe('clinic.patient.created')
  })
})

test('files show masks too, and values to whoever may see them, which their audit entry says', async () => {
  const { id } = await admit()
  const only = `${where({ id })}&fields=account,income,born`
  const file = (query: string, client = head!) => client.get(`${PATIENTS}/export?${query}`)
  expect((await file(only)).text).toBe('account,income,born\r\nDE** **** 3000,****,1985\r\n')
  expect((await file(`${only}&reveal=income`)).text).toBe(
    'account,income.amount,income.currency,born\r\nDE** **** 3000,4200.00,EUR,1985\r\n',
  )
  const { body } = await admin.get('/audit?subjectType=clinic.patient&subjectId=export')
  expect(
    body.items.find((entry: { action: string }) => entry.action === 'clinic.patient.exported'),
  ).toMatchObject({
    after: { reveal: 'income' },
  })
  const exporter = await tenant.addMember(['clinic.exporter'])
  expectProblem(await file(`${only}&reveal=income`, exporter), 403, 'permission_missing')
  expect((await file(where({ income: { gt: '1' } }), exporter)).status).toBe(400)
})

test('plugin code sees values when its actor may, and masks when not', async () => {
  const { id } = await admit()
  const seen = async (client: Client) => (await client.get(`/clinic/files/${id}`)).body
  for (const record of Object.values((await seen(head!)) as { patient: object; found: object[] }).flat())
    expect(record).toMatchObject(CLEAR)
  for (const record of Object.values((await seen(member)) as { patient: object; found: object[] }).flat())
    expect(record).toMatchObject(MASKED)
})

describe('writing', () => {
  const change = (client: Client, record: { id: string; version: number }, values: object) =>
    client.patch(`${PATIENTS}/${record.id}`, values, { version: record.version })
  const clear = async (id: string) => (await head!.get(`${PATIENTS}/${id}?reveal=${HIDDEN.join(',')}`)).body

  test('a record sent back as it was shown keeps every hidden value', async () => {
    const record = await admit()
    for (const client of [clerk!, desk!, head!]) {
      const { body: shown } = await client.get(`${PATIENTS}/${record.id}`)
      const masked = Object.fromEntries(HIDDEN.map((name) => [name, shown[name]]))
      const { status, body, text } = await change(client, shown, masked)
      expect(status, text).toBe(200)
      expect(body.version).toBe(shown.version)
      const named = await change(client, shown, { ...masked, name: `Seen by ${client === head ? 1 : 2}` })
      expect(named.status, named.text).toBe(200)
      expect(await clear(record.id)).toMatchObject(CLEAR)
    }
  })

  test('the value is not changed by whoever may neither see nor replace it', async () => {
    const record = await admit()
    const answer = await change(clerk!, record, { notes: 'Mine', born: '2000-01-01' })
    expectProblem(answer, 403, 'permission_missing')
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(['/born', '/notes'])
    // Emptying is a change like any other.
    expectProblem(await change(clerk!, record, { notes: null }), 403, 'permission_missing')
    expect(await clear(record.id)).toMatchObject(CLEAR)
  })

  test('whoever may replace it gives a new value without seeing the old or the new one', async () => {
    const record = await admit()
    const { body, status } = await change(desk!, record, { born: '1990-12-24' })
    expect(status).toBe(200)
    expect(body.born).toBe('1990')
    expect((await clear(record.id)).born).toBe('1990-12-24')
  })

  test('a guess cannot be tried: the right value looks like any other', async () => {
    const record = await admit()
    const right = await change(desk!, record, { notes: CLEAR.notes })
    const wrong = await change(desk!, right.body, { notes: 'Another' })
    expect([right.body.version, wrong.body.version]).toEqual([record.version + 1, record.version + 2])
    // Whoever may see it is told the truth.
    expect((await change(head!, wrong.body, { notes: 'Another' })).body.version).toBe(wrong.body.version)
  })

  test('a unique value is written only by whoever may see it, because a collision would tell', async () => {
    const taken = await admit({ insurance: 'A-000-0815' })
    const record = await admit()
    for (const insurance of ['A-000-0815', 'A-000-0816']) {
      for (const answer of [
        await change(desk!, record, { insurance }),
        await desk!.post(PATIENTS, { name: 'Probe', insurance }),
      ]) {
        expectProblem(answer, 403, 'permission_missing')
        expect(answer.body.errors).toMatchObject([{ pointer: '/insurance', code: 'hidden' }])
      }
    }
    expectProblem(await change(head!, record, { insurance: 'A-000-0815' }), 409, 'unique_violated')
    expect(taken.id).not.toBe(record.id)
    expect((await desk!.post(PATIENTS, { name: 'No number', notes: 'Mine' })).status).toBe(201)
  })

  test('a mask of another value is refused as the value of any field', async () => {
    const record = await admit()
    const masks = {
      account: 'DE** **** 9999',
      email: 'x***@example.de',
      phone: '+43 *** 11',
      born: '1999',
      notes: '****',
    }
    for (const [name, mask] of Object.entries(masks)) {
      const values = { [name]: mask }
      const answers = [await head!.post(PATIENTS, { name: 'Copy', ...values })]
      if (name !== 'notes') answers.push(await change(head!, record, values))
      for (const answer of answers) {
        expectProblem(answer, 422, 'validation_failed')
        expect(answer.body.errors).toMatchObject([{ pointer: `/${name}`, code: 'masked' }])
      }
    }
  })

  test('a mask does not hide what else is wrong, and is wrong once', async () => {
    const record = await admit()
    const values = { born: '1999', email: 'nobody', shoe: 43 }
    const expected = ['/born masked', '/email format', '/shoe unknown']
    for (const answer of [
      await head!.post(PATIENTS, { name: 'Copy', ...values }),
      await change(head!, record, values),
    ]) {
      expectProblem(answer, 422, 'validation_failed')
      const found = answer.body.errors.map(
        ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
      )
      expect(found.toSorted()).toEqual(expected)
    }
  })

  test('many rows at once follow the same rules', async () => {
    const record = await admit()
    const { body } = await clerk!.post(`${PATIENTS}/bulk`, {
      create: [{ name: 'Fresh', notes: 'Known to me' }],
      update: [{ id: record.id, version: record.version, changes: { notes: 'Mine' } }],
    })
    expect(body.items).toMatchObject([{ status: 201, record: { notes: '****' } }, { status: 403 }])
  })
})

test('the form and the API description know what is masked and for whom', async () => {
  const of = async (client: Client) => {
    const { body } = await client.get('/meta/clinic/patient')
    const found = (name: string) => body.fields.find((field: { name: string }) => field.name === name)
    return { account: found('account').mask, born: found('born').mask, born_: found('born').sortable }
  }
  expect(await of(member)).toEqual({
    account: { kind: 'iban', reveal: false, replace: false },
    born: { kind: 'year', reveal: false, replace: false },
    born_: false,
  })
  expect(await of(accountant!)).toMatchObject({
    account: { reveal: true, replace: true },
    born: { reveal: false, replace: false },
  })
  expect(await of(desk!)).toMatchObject({ account: { reveal: false, replace: true } })
  const { body } = await admin.get('/openapi.json')
  expect(body.components.schemas['clinic.patient'].properties.account['x-plinth-masked']).toBe('iban')
  const parameters = body.paths['/clinic/patients'].get.parameters.map((each: { name: string }) => each.name)
  expect(parameters).toContain('reveal')
  expect(
    body.paths['/clinic/visits'].get.parameters.map((each: { name: string }) => each.name),
  ).not.toContain('reveal')
})

test('nothing is masked as nothing', async () => {
  const { body } = await head!.post(PATIENTS, { name: 'Empty' })
  for (const name of Object.keys(entity.fields).filter((each) => HIDDEN.includes(each)))
    expect((await member.get(`${PATIENTS}/${body.id}`)).body[name]).toBeNull()
})
