import { afterAll, describe, expect, test } from 'vitest'
import { CLEAR, HIDDEN, MASKED, openClinic, PATIENTS } from './clinic.ts'
import { patient as entity } from './fixtures/plugins/clinic/src/patient-entity.ts'
import { expectProblem } from './expect-problem.ts'
import type { Client } from './support/index.ts'
import { where } from './where.ts'

const { platform, tenant, clerk, desk, accountant, doctor, head, admit } = await openClinic()
afterAll(() => platform.stop())
const { admin, member } = tenant

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
