import type { AccessExplanation, PermissionHolders } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { switchOff, switchOn } from './fixtures/switches.ts'
import { roleMaker } from './role-fixtures.ts'
import { makeRecord, type Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'clinic', 'faulty'],
  tenants: [{ slug: 'acme' }, { slug: 'other', plugins: ['library'] }, { slug: 'small', tier: 'free' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)
const NOTE = 'education.library.note'
const PATIENT = 'health.clinic.patient'

const explain = (who: Client, query: Readonly<Record<string, string>>) =>
  who.get<AccessExplanation>(`/access/explain?${new URLSearchParams(query).toString()}`)
const explainScreen = (who: Client, path: string, more: object = {}) =>
  who.get<AccessExplanation>(`/access/explain/screen?${new URLSearchParams({ path, ...more }).toString()}`)
const holders = (who: Client, permission: string) =>
  who.get<PermissionHolders>(`/access/holders?permission=${permission}`)
const idsOf = (items: readonly { readonly id: string }[] | undefined) => items?.map(({ id }) => id)

describe('an explanation', async () => {
  const plain = await acme.addMember()

  test('names the fields of conditions with their values, and nothing where there is no condition', async () => {
    const role = await makeRole({
      grants: [
        { permission: `${NOTE}.read`, condition: { or: [{ status: 'final' }, { not: { priority: 3 } }] } },
      ],
    })
    const reader = await acme.addMember([role.id])
    const { body } = await explain(reader, { permission: `${NOTE}.read` })
    expect(idsOf(body.roles)).toEqual(['member', 'library.reader', role.id])
    expect(body.fields.map(({ name, type, values }) => [name, type, values?.length])).toEqual([
      ['ownerId', 'member', undefined],
      ['priority', 'int', undefined],
      ['status', 'enum', 2],
    ])
    expect((await explain(reader, { permission: `${NOTE}.create` })).body.fields).toEqual([])
  })

  test('tells which fields are masked, read-only or shown, for the one it is about', async () => {
    const rulesOf = async (roles: readonly string[], action: string) => {
      const member = await acme.addMember(roles)
      const { body } = await explain(member, { permission: `${PATIENT}.${action}` })
      return Object.fromEntries(body.rules.map(({ name, rule }) => [name, rule]))
    }
    expect(await rulesOf([], 'read')).toMatchObject({ account: 'masked', income: 'masked' })
    expect(await rulesOf(['clinic.accountant'], 'read')).toMatchObject({ account: 'shown', phone: 'masked' })
    expect(await rulesOf(['clinic.doctor'], 'read')).toMatchObject({ account: 'partly' })
    expect(await rulesOf(['clinic.clerk'], 'update')).toMatchObject({ account: 'masked' })
    expect(await rulesOf(['clinic.desk'], 'update')).not.toHaveProperty('phone')
    expect(await rulesOf([], 'delete')).toEqual({})
    expect(await rulesOf([], 'update')).toEqual({})
  })

  test.each([
    ['/app/lending/loans', 'education.lending.loan.read'],
    ['/app/lending/loans/', 'education.lending.loan.read'],
    ['/app/library/notes/new', `${NOTE}.create`],
    ['/app/library/notes/import', `${NOTE}.create`],
    ['/app/library/notes/x', `${NOTE}.read`],
    ['/app/library/notes/x/edit', `${NOTE}.update`],
    ['/admin/audit', 'platform.kernel.audit.read'],
  ])('of the screen at %s is one of %s', async (screen, permission) => {
    expect((await explainScreen(plain, screen)).body.permission).toBe(permission)
  })

  test('of an address behind which nothing is stays one of a wrong question', async () => {
    for (const screen of [
      '',
      '/',
      '/app',
      '/app/library',
      '/app/library/ghosts',
      '/app/ghosts/x',
      '/admin/x',
    ])
      expectProblem(await explainScreen(plain, screen), 400, 'query_invalid')
  })

  test('of a screen whose plugin is off, or not in the tier, names that', async () => {
    const small = platform.tenant('small')
    expect((await explainScreen(small.member, '/app/lending/loans/x/edit')).body).toMatchObject({
      permission: 'education.lending.loan.update',
      reason: 'tier_required',
      words: { group: { en: 'Lending' }, subject: { en: 'Loans' } },
    })
    await small.switch('disable', 'clinic')
    const { body } = await explainScreen(small.member, '/app/clinic/patients')
    expect(body).toMatchObject({ reason: 'plugin_disabled', askWhom: [{ label: expect.any(String) }] })
    expect(body).not.toHaveProperty('fix')
  })

  test('says why a plugin was quarantined to those alone who look after plugins', async () => {
    const { member, admin: chief } = platform.tenant('other')
    switchOn('faulty-enable')
    const plan = await chief.post('/plugins/faulty/plan', { action: 'enable' })
    await chief.post('/plugins/faulty/apply', { action: 'enable', hash: plan.body.hash })
    switchOff('faulty-enable')
    const ask = async (who: Client) => (await explainScreen(who, '/app/faulty/things')).body
    expect(await ask(chief)).toMatchObject({
      reason: 'plugin_quarantined',
      plugin: { because: 'It cannot be enabled' },
    })
    expect((await ask(member)).plugin).toMatchObject({ id: 'faulty', state: 'quarantined' })
    expect(JSON.stringify(await ask(member))).not.toContain('cannot be')
  })
})

describe('who is told what', async () => {
  const permission = 'education.lending.loan.read'
  const asker = await acme.addMember()

  test('roles that would help are named to those who may see roles', async () => {
    const helping = await makeRole({ grants: ['education.lending.*'] })
    await makeRole({ grants: [`${NOTE}.read`] })
    expect((await explain(asker, { permission })).body).not.toHaveProperty('givenBy')
    expect(idsOf((await explain(admin, { permission, member: asker.id })).body.givenBy)).toEqual(
      expect.arrayContaining(['admin', helping.id]),
    )
    const { body } = await explain(admin, { permission: `${NOTE}.delete`, member: asker.id })
    expect(idsOf(body.givenBy)).not.toContain(helping.id)
    expect((await explain(admin, { permission })).body).not.toHaveProperty('givenBy')
    const ofTheKernel = await explainScreen(admin, '/admin/audit', { member: asker.id })
    expect(idsOf(ofTheKernel.body.givenBy)).toEqual(['admin'])
  })

  test('those who can permit it are named, unless the security policy keeps them unnamed', async () => {
    const manager = await makeRole({ grants: ['platform.kernel.role.manage', 'platform.kernel.role.read'] })
    const second = await acme.addMember([manager.id])
    const gone = await acme.addMember([manager.id])
    await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [gone.id])
    const named = async () => idsOf((await explain(asker, { permission })).body.askWhom)
    expect(await named()).toContain(second.id)
    expect(await named()).not.toContain(gone.id)
    expect(await named()).not.toContain(asker.id)
    const policy = (administrators: boolean) =>
      admin.patch('/security/policy', { disclosure: { administrators } })
    expect((await policy(false)).status).toBe(200)
    expect(await named()).toBeUndefined()
    await policy(true)
    expect(await named()).toContain(second.id)
    // Who can change it needs nobody.
    expect((await explain(second, { permission })).body).toMatchObject({ fix: '/admin/roles' })
    expect((await explain(second, { permission })).body).not.toHaveProperty('askWhom')
  })

  test('a program learns no names with a key that may not see members', async () => {
    const { body } = await admin.post('/api-keys', {
      name: 'Blind',
      permissions: ['platform.kernel.role.read'],
    })
    const answer = await acme.anonymous.get(`/access/explain?permission=${permission}&member=${asker.id}`, {
      headers: { authorization: `Bearer ${body.key}` },
    })
    expect(answer.body).toMatchObject({ reason: 'not_granted' })
    expect(answer.body).not.toHaveProperty('askWhom')
  })
})

describe('who holds a permission', () => {
  test('is exactly those with whom a request succeeds, each with the way', async () => {
    const root = await makeRole({ grants: ['education.lending.loan.read'] })
    const leaf = await makeRole({ inherits: [root.id] })
    const [holder, nobody] = await Promise.all([acme.addMember([leaf.id]), acme.addMember()])
    const { body } = await holders(admin, 'education.lending.loan.read')
    expect(body.words.subject).toEqual({ en: 'Loans' })
    expect(body.items.find(({ id }) => id === holder.id)?.grants).toMatchObject([{ via: [leaf.id, root.id] }])
    expect(body.roles).toContainEqual({ id: leaf.id, label: leaf.label })
    expect(body.total).toBe(body.items.length)
    for (const each of [holder, nobody])
      expect((await each.get('/lending/loans')).status === 200).toBe(idsOf(body.items)!.includes(each.id))
    const everyone = (await holders(admin, `${NOTE}.read`)).body
    expect(idsOf(everyone.items)).toContain(nobody.id)
    expect(everyone.fields).toContainEqual({ name: 'ownerId', label: { en: 'Owner' }, type: 'member' })
  })

  test('is nobody while the plugin is off, and nobody of another workspace', async () => {
    const small = platform.tenant('small')
    expect((await holders(small.admin, `${PATIENT}.read`)).body).toMatchObject({ items: [], total: 0 })
    const names = (await holders(small.admin, 'platform.kernel.role.manage')).body
    expect(names.total).toBe(1)
  })

  test('is also who stands in for somebody, as long as they do and as far as the other holds it', async () => {
    const loans = 'education.lending.loan.read'
    const switching = 'platform.kernel.plugin.switch'
    const role = await makeRole({
      grants: ['platform.kernel.delegation.give', loans, switching, 'platform.kernel.role.manage'],
    })
    const [giver, receiver, asker] = [
      await acme.addMember([role.id]),
      await acme.addMember(),
      await acme.addMember(),
    ]
    const pass = async (more: object) => {
      const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
      const wish = { member: receiver.id, roles: [role.id], reason: 'On holiday', until: soon(2), ...more }
      const { status, body, text } = await giver.post('/delegations', wish)
      expect(status, text).toBe(201)
      return body.id as string
    }
    const isNamed = async (permission = loans) => {
      const { items, total } = (await holders(admin, permission)).body
      expect(total).toBe(items.length)
      return items.find(({ id }) => id === receiver.id)
    }
    await pass({ from: new Date(Date.now() + 3_600_000).toISOString() })
    expect(await isNamed()).toBeUndefined()
    const id = await pass({})
    expect((await isNamed())?.grants).toMatchObject([
      { via: [role.id], delegation: { id, giver: { id: giver.id } } },
    ])
    expect((await receiver.get('/lending/loans')).status).toBe(200)
    // Plugins are switched by who stands in; roles they cannot give.
    const asked = async (permission: string) =>
      idsOf((await explain(asker, { permission })).body.askWhom) ?? []
    await acme.switch('disable', 'clinic')
    expect(await asked(`${PATIENT}.read`)).toContain(receiver.id)
    await acme.switch('enable', 'clinic')
    expect(await asked(loans)).toContain(giver.id)
    expect(await asked(loans)).not.toContain(receiver.id)
    await admin.patch(`/members/${giver.id}`, { roles: [] })
    expect(await isNamed()).toBeUndefined()
    await admin.patch(`/members/${giver.id}`, { roles: [role.id] })
    expect(await isNamed()).toBeDefined()
    await receiver.delete(`/delegations/${id}`)
    expect(await isNamed()).toBeUndefined()
  })

  test('is told to those alone who may see rights, and of permissions there are', async () => {
    expectProblem(await holders(acme.anonymous, `${NOTE}.read`), 401, 'session_missing')
    expectProblem(await holders(acme.member, `${NOTE}.read`), 403, 'permission_missing')
    for (const permission of ['', '*', 'education.library.*'])
      expectProblem(await holders(admin, permission), 400, 'query_invalid')
  })
})

describe('a change that is refused', () => {
  test('names the permission, and the record whose condition is not met', async () => {
    const writer = await acme.addMember()
    const note = await makeRecord(admin, 'library.note', { ownerId: writer.id, status: 'final' })
    const answer = await writer.patch(`/library/notes/${note.id}`, { text: 'New' }, { version: 1 })
    expectProblem(answer, 403, 'permission_missing')
    expect(answer.body).toMatchObject({ permission: `${NOTE}.update`, record: note.id })
    const why = await explain(writer, { permission: `${NOTE}.update`, record: note.id })
    expect(why.body).toMatchObject({ reason: 'condition_unmet', grants: [{ met: false }] })
  })

  test('names the permission alone where the record would not meet it afterwards', async () => {
    const writer = await acme.addMember()
    const note = await makeRecord(admin, 'library.note', { ownerId: writer.id })
    const answer = await writer.patch(`/library/notes/${note.id}`, { status: 'final' }, { version: 1 })
    expect(answer.body).toMatchObject({ code: 'permission_missing', permission: `${NOTE}.update` })
    expect(answer.body).not.toHaveProperty('record')
  })
})

describe('the rights of a member', () => {
  test('name every permission there is once, held or not, in words', async () => {
    const someone = await acme.addMember()
    const { body } = await someone.get(`/members/${someone.id}/rights`)
    const all = [...body.permissions, ...body.lacking]
    expect(new Set(idsOf(all)).size).toBe(all.length)
    expect(idsOf(body.lacking)).toContain('education.lending.loan.read')
    expect(all.find(({ id }) => id === 'platform.kernel.audit.read').words).toEqual({
      group: { en: 'Workspace', de: 'Arbeitsbereich' },
      subject: { en: 'Audit log', de: 'Änderungsprotokoll' },
      action: { en: 'Read the audit log', de: 'Das Änderungsprotokoll lesen' },
    })
  })
})
