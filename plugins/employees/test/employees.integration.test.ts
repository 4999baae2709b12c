import { bootForTest, makeRecord, type Answer } from '@plinth/testing'
import { afterAll, expect, test } from 'vitest'

const platform = await bootForTest({ plugins: ['employees'], tenants: [{ slug: 'acme', tier: 'free' }] })
const { admin, member } = platform.tenant('acme')
afterAll(() => platform.stop())

const EMPLOYEES = '/employees/employees'
const DEPARTMENTS = '/employees/departments'

const codeOf = ({ status, body }: Answer): string =>
  `${status} ${body.code} ${body.errors?.[0]?.pointer ?? ''}`.trim()

/** Changes a record whose version is not at hand. */
async function change(path: string, changes: object): Promise<Answer> {
  const { body } = await admin.get(path)
  return admin.patch(path, changes, { version: body.version })
}

test('people are numbered as they come, and found by colleagues, who change nothing', async () => {
  const first = await makeRecord(admin, 'employees.employee', { lastName: 'Ahrens' })
  const second = await makeRecord(admin, 'employees.employee', { lastName: 'Berger' })
  expect([first['number'], second['number']]).toEqual(['PN-0001', 'PN-0002'])
  const found = await member.get(`${EMPLOYEES}?q=berger`)
  expect(found.body.items).toMatchObject([{ id: second.id, lastName: 'Berger' }])
  expect(codeOf(await member.patch(`${EMPLOYEES}/${first.id}`, { lastName: 'X' }, { version: 1 }))).toBe(
    '403 permission_missing',
  )
  expect(codeOf(await member.post(DEPARTMENTS, { name: 'Shadow' }))).toBe('403 permission_missing')
})

test('no department is part of itself, directly or through others', async () => {
  const board = await makeRecord(admin, 'employees.department')
  const sales = await makeRecord(admin, 'employees.department', { parentId: board.id })
  const north = await makeRecord(admin, 'employees.department', { parentId: sales.id })
  for (const parentId of [board.id, sales.id, north.id])
    expect(codeOf(await change(`${DEPARTMENTS}/${board.id}`, { parentId }))).toBe(
      '422 employees.department_cycle /parentId',
    )
  expect((await change(`${DEPARTMENTS}/${north.id}`, { parentId: board.id })).status).toBe(200)
})

test('no one reports to themselves, directly or through others', async () => {
  const boss = await makeRecord(admin, 'employees.employee')
  const lead = await makeRecord(admin, 'employees.employee', { managerId: boss.id })
  const clerk = await makeRecord(admin, 'employees.employee', { managerId: lead.id })
  for (const managerId of [boss.id, clerk.id])
    expect(codeOf(await change(`${EMPLOYEES}/${boss.id}`, { managerId }))).toBe(
      '422 employees.manager_cycle /managerId',
    )
})

test('who leaves needs an exit date after the entry, and others are told', async () => {
  const { id } = await makeRecord(admin, 'employees.employee', { entryDate: '2024-03-01' })
  const path = `${EMPLOYEES}/${id}`
  expect(codeOf(await change(path, { status: 'left' }))).toBe('422 employees.exit_missing /exitDate')
  expect(codeOf(await change(path, { exitDate: '2024-02-29' }))).toBe(
    '422 employees.exit_before_entry /exitDate',
  )
  expect((await change(path, { status: 'left', exitDate: '2025-12-31' })).status).toBe(200)
  const events = await platform.sql(
    `SELECT type, data FROM plinth.outbox WHERE subject = $1 AND type = 'employees.employee.deactivated'`,
    [id],
  )
  expect(events).toEqual([{ type: 'employees.employee.deactivated', data: { to: 'left' } }])
})

test('whoever may deactivate needs no right to change people otherwise', async () => {
  const permissions = ['core.employees.employee.read', 'core.employees.employee.deactivate']
  const { key } = (await admin.post('/api-keys', { name: 'exits', permissions })).body
  const exits = { headers: { authorization: `Bearer ${key}` } }
  const { id } = await makeRecord(admin, 'employees.employee', { entryDate: '2024-03-01' })
  const act = (name: string, input: object, options = {}): Promise<Answer> =>
    admin.post(`${EMPLOYEES}/${id}/actions/${name}`, input, options)
  expect(codeOf(await act('deactivate', {}))).toBe('422 employees.exit_missing /exitDate')
  expect(codeOf(await act('deactivate', { status: 'active' }))).toBe('422 validation_failed /status')
  expect(codeOf(await act('reactivate', {}))).toBe('409 action_refused')
  expect(codeOf(await act('reactivate', {}, exits))).toBe('403 permission_missing')
  const left = await act('deactivate', { exitDate: '2025-12-31' }, exits)
  expect(left.body).toMatchObject({ status: 'left', exitDate: '2025-12-31' })
  const events = await platform.sql(
    `SELECT data FROM plinth.outbox WHERE subject = $1 AND type = 'employees.employee.deactivated'`,
    [id],
  )
  expect(events).toEqual([{ data: { to: 'left' } }])
  expect((await act('reactivate', {})).body).toMatchObject({ status: 'active', exitDate: null })
  expect(codeOf(await member.post(`${EMPLOYEES}/${id}/actions/deactivate`, {}))).toBe(
    '403 permission_missing',
  )
})

test('colleagues see the year of a birthday, the people lead the day, and the workspace knows who looked', async () => {
  const lead = await platform.tenant('acme').addMember(['employees.people-lead'])
  const { id } = await makeRecord(lead, 'employees.employee', { birthDate: '1985-03-31' })
  const path = `${EMPLOYEES}/${id}`
  expect((await member.get(path)).body.birthDate).toBe('1985')
  expect(codeOf(await member.get(`${path}?reveal=birthDate`))).toBe('403 permission_missing /query/reveal')
  expect((await lead.get(`${path}?reveal=birthDate`)).body.birthDate).toBe('1985-03-31')
  const { body } = await admin.get(`/audit?subjectId=${id}`)
  expect(body.items[0]).toMatchObject({
    action: 'employees.employee.revealed',
    actor: { id: lead.id },
    after: { fields: ['birthDate'] },
  })
})
