import { afterAll, expect, test } from 'vitest'
import { CLEAR, HIDDEN, openClinic, PATIENTS } from './clinic.ts'
import { expectProblem } from './expect-problem.ts'
import type { Client } from './support/index.ts'

const { platform, clerk, desk, head, admit } = await openClinic()
afterAll(() => platform.stop())

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
