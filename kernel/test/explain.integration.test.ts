import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { NOBODY } from './fixtures/bad-request.ts'
import { roleMaker } from './role-fixtures.ts'
import { makeRecord, type Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'clinic'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }, { slug: 'small', tier: 'free' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)
const adminId = (await admin.get('/session')).body.member.id as string

const NOTES = 'education.library.note.read'
const explain = (who: Client, query: Readonly<Record<string, string>>) =>
  who.get(`/access/explain?${new URLSearchParams(query).toString()}`)

describe('why something is allowed or refused', async () => {
  const root = await makeRole({ grants: ['education.library.review.*'] })
  const leaf = await makeRole({
    inherits: [root.id],
    grants: [{ permission: NOTES, condition: { status: 'final' } }],
  })
  const mara = await acme.addMember([leaf.id])
  const other = await acme.addMember()

  test('names the way from the role that was given to the one with the right', async () => {
    const { body } = await explain(admin, { permission: 'education.library.review.read', member: mara.id })
    expect(body).toMatchObject({
      allowed: true,
      reason: 'granted',
      member: { id: mara.id },
      grants: [{ permission: 'education.library.review.*', via: [leaf.id, root.id] }],
      plugin: { id: 'library', state: 'enabled', tier: 'free' },
      roles: [
        { id: leaf.id, label: leaf.label },
        { id: root.id, label: root.label },
      ],
    })
  })

  test('names the line of the manifest for what comes with a plugin', async () => {
    const { body } = await explain(mara, { permission: 'education.library.book.read' })
    expect(body.grants).toEqual([
      {
        permission: 'education.library.book.read',
        via: ['member', 'library.reader'],
        source: { plugin: 'library', pointer: '/roles/0/grants/1' },
      },
    ])
  })

  test('says whether a record meets the conditions, bound to the member it is about', async () => {
    const own = await makeRecord(admin, 'library.note', { ownerId: mara.id })
    const foreign = await makeRecord(admin, 'library.note', { ownerId: other.id })
    const of = async (record: string) =>
      (await explain(admin, { permission: NOTES, member: mara.id, record })).body
    expect(await of(own.id)).toMatchObject({ allowed: true, reason: 'granted' })
    const refused = await of(foreign.id)
    expect(refused).toMatchObject({
      allowed: false,
      reason: 'condition_unmet',
      fix: `/admin/roles?role=${leaf.id}`,
    })
    expect(refused.grants.map((grant: any) => [grant.via.at(-1), grant.met])).toEqual([
      ['library.reader', false],
      [leaf.id, false],
    ])
    expect((await mara.get(`/library/notes/${own.id}`)).status).toBe(200)
    expectProblem(await mara.get(`/library/notes/${foreign.id}`), 404, 'not_found')
    await admin.patch(`/library/notes/${foreign.id}`, { status: 'final' }, { version: 1 })
    expect((await of(foreign.id)).grants.map((grant: any) => grant.met)).toEqual([false, true])
  })

  test('tells nothing of records whoever asks may not see', async () => {
    const foreign = await makeRecord(admin, 'library.note', { ownerId: other.id })
    const ask = (record: string) => explain(mara, { permission: NOTES, record })
    expectProblem(await ask(foreign.id), 404, 'not_found')
    expectProblem(await ask(NOBODY), 404, 'not_found')
    expectProblem(await ask('1 OR 1=1'), 404, 'not_found')
    const stranger = platform.tenant('other').admin
    expectProblem(await explain(stranger, { permission: NOTES, record: foreign.id }), 404, 'not_found')
    expectProblem(await explain(stranger, { permission: NOTES, member: mara.id }), 404, 'not_found')
  })

  test('names what is missing, and the page to change it for those who may alone', async () => {
    const permission = 'education.lending.loan.read'
    expect((await explain(mara, { permission })).body).toEqual({
      permission,
      words: {
        group: { en: 'Lending' },
        subject: { en: 'Loans' },
        action: { en: 'See', de: 'Sehen' },
      },
      member: { id: mara.id, label: expect.any(String) },
      allowed: false,
      reason: 'not_granted',
      grants: [],
      roles: [],
      fields: [],
      rules: [],
      plugin: { id: 'lending', label: { en: 'Lending' }, state: 'enabled', tier: 'professional' },
      askWhom: [{ id: adminId, label: expect.any(String) }],
    })
    const { body } = await explain(admin, { permission, member: mara.id })
    expect(body.fix).toBe(`/admin/members?member=${mara.id}`)
    expect(body).not.toHaveProperty('askWhom')
    expect(body.givenBy.map((role: any) => role.id)).toContain('admin')
  })

  test('names the tier, and the plugin that is off, before any role', async () => {
    const small = platform.tenant('small')
    expect((await explain(small.admin, { permission: 'education.lending.loan.read' })).body).toMatchObject({
      allowed: false,
      reason: 'tier_required',
      plugin: { id: 'lending', tier: 'professional' },
      source: { plugin: 'lending', pointer: '/tier' },
    })
    await small.switch('disable', 'library')
    const { body } = await explain(small.admin, { permission: NOTES })
    expect(body).toMatchObject({
      allowed: false,
      reason: 'plugin_disabled',
      fix: '/admin/plugins?plugin=library',
    })
    await small.switch('enable', 'library')
  })

  test('knows only permissions there are, and members there are', async () => {
    for (const permission of ['', '*', 'education.library.*', 'education.library.book.burn'])
      expectProblem(await explain(admin, { permission }), 400, 'query_invalid')
    expectProblem(await explain(admin, { permission: NOTES, member: NOBODY }), 404, 'not_found')
    expectProblem(await explain(admin, { permission: NOTES, member: 'x' }), 404, 'not_found')
    const key = 'platform.kernel.key.manage'
    expectProblem(await explain(admin, { permission: key, record: NOBODY }), 400, 'query_invalid')
  })

  test('is told of others only to those who may see the rights of others', async () => {
    const about = { permission: NOTES, member: other.id }
    expectProblem(await explain(acme.anonymous, about), 401, 'session_missing')
    expect(await explain(mara, about)).toMatchObject({
      status: 403,
      body: { permission: 'platform.kernel.role.read' },
    })
    expectProblem(await mara.get(`/members/${other.id}/rights`), 403, 'permission_missing')
  })
})

describe('the rights of a member', () => {
  test('are exactly those with which requests succeed, each with its way', async () => {
    const { id } = await makeRole({ grants: ['education.lending.loan.read'] })
    const someone = await acme.addMember([id])
    const { body } = await someone.get(`/members/${someone.id}/rights`)
    expect(body.roles).toEqual(['member', id])
    const held = new Map(body.permissions.map((each: any) => [each.id, each.grants]))
    expect(held.get('education.lending.loan.read')).toMatchObject([{ via: [id] }])
    for (const [permission, path] of [
      ['education.library.book.read', '/library/books'],
      ['education.library.review.read', '/library/reviews'],
      ['education.lending.loan.read', '/lending/loans'],
      ['platform.kernel.role.read', '/roles'],
      ['platform.kernel.audit.read', '/audit'],
    ] as const)
      expect((await someone.get(path)).status === 200, path).toBe(held.has(permission))
    expect((await admin.get(`/members/${someone.id}/rights`)).body).toEqual(body)
  })

  test('are found in their own workspace alone, and of active members', async () => {
    const someone = await acme.addMember()
    const path = `/members/${someone.id}/rights`
    expectProblem(await platform.tenant('other').admin.get(path), 404, 'not_found')
    await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [someone.id])
    expectProblem(await admin.get(path), 404, 'not_found')
  })
})
