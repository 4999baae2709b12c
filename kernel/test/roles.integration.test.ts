import type { RoleDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { NOBODY } from './fixtures/bad-request.ts'
import { roleMaker, roleName } from './role-fixtures.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }, { slug: 'plain', plugins: ['library'] }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)

async function entries(
  subjectId: string,
): Promise<{ action: string; before: any; after: any; actor: any }[]> {
  return (await admin.get(`/audit?subjectType=platform.role&subjectId=${subjectId}`)).body.items
}

describe('the roles of a workspace', () => {
  test('K-PERM-01: are made, read, changed and deleted, and every step is in the audit log', async () => {
    const made = await admin.post('/roles', {
      label: { en: 'Field sales', de: 'Außendienst' },
      description: 'On the road',
      grants: ['education.library.review.*'],
    })
    expect(made.status, made.text).toBe(201)
    expect(made.headers.get('location')).toMatch(/\/api\/v1\/roles\/field-sales$/)
    expect(made.body).toEqual({
      id: 'field-sales',
      kind: 'own',
      plugin: null,
      label: { en: 'Field sales', de: 'Außendienst' },
      description: 'On the road',
      grants: ['education.library.review.*'],
      inherits: [],
      everyMember: false,
      members: 0,
      givable: true,
      idle: [],
      version: 1,
    })
    const changed = await admin.patch('/roles/field-sales', { description: 'Indoors' }, { version: 1 })
    expect(changed.body).toMatchObject({ description: 'Indoors', version: 2, grants: made.body.grants })
    expectProblem(
      await admin.patch('/roles/field-sales', { label: 'Late' }, { version: 1 }),
      409,
      'version_conflict',
    )
    expectProblem(await admin.patch('/roles/field-sales', { label: 'Blind' }), 428, 'version_required')
    expectProblem(await admin.delete('/roles/field-sales', { version: 1 }), 409, 'version_conflict')
    expect((await admin.get('/roles/field-sales')).body).toEqual(changed.body)
    expect((await admin.delete('/roles/field-sales', { version: 2 })).status).toBe(204)
    expectProblem(await admin.get('/roles/field-sales'), 404, 'not_found')
    const noted = await entries('field-sales')
    expect(noted.map(({ action }) => action)).toEqual(['role.deleted', 'role.changed', 'role.created'])
    expect(noted[1]).toMatchObject({
      before: { description: 'On the road' },
      after: { description: 'Indoors' },
    })
  })

  test('are listed with those of the platform and of plugins, which cannot be changed but copied', async () => {
    const { body } = await admin.get<{ items: RoleDocument[] }>('/roles')
    const byId = new Map(body.items.map((role) => [role.id, role]))
    expect(byId.get('admin')).toMatchObject({ kind: 'system', grants: ['*'], members: 1, version: null })
    expect(byId.get('member')).toMatchObject({ kind: 'system', everyMember: true })
    expect(byId.get('member')!.inherits).toContain('library.reader')
    const librarian = byId.get('library.librarian')!
    expect(librarian).toMatchObject({ kind: 'plugin', plugin: 'library', label: { en: 'Librarian' } })
    for (const id of ['admin', 'member', 'library.librarian']) {
      expectProblem(await admin.patch(`/roles/${id}`, { grants: [] }, { version: 1 }), 409, 'role_fixed')
      expectProblem(await admin.delete(`/roles/${id}`), 409, 'role_fixed')
      expectProblem(await admin.post('/roles', { label: id, id }), 422, 'validation_failed')
    }
    const copy = await makeRole({ grants: librarian.grants })
    expect(copy.grants).toEqual(librarian.grants)
  })

  test('belong to one workspace: another neither sees nor reaches them', async () => {
    const { id } = await makeRole()
    const stranger = platform.tenant('other').admin
    expect((await stranger.get('/roles')).text).not.toContain(`"${id}"`)
    expectProblem(await stranger.get(`/roles/${id}`), 404, 'not_found')
    expectProblem(await stranger.get(`/roles/${id}/members`), 404, 'not_found')
    expectProblem(await stranger.patch(`/roles/${id}`, { grants: ['*'] }, { version: 1 }), 404, 'not_found')
    expectProblem(await stranger.delete(`/roles/${id}`), 404, 'not_found')
    expect((await admin.get(`/roles/${id}`)).status).toBe(200)
  })

  test('are for those who may: 401 before 403 before 404 before what is wrong with the body', async () => {
    const paths = ['/roles', '/roles/nothing', '/roles/nothing/members', '/access/permissions']
    for (const path of paths) {
      expectProblem(await acme.anonymous.get(path), 401, 'session_missing')
      const refused = await acme.member.get(path)
      expect(refused).toMatchObject({ status: 403, body: { permission: 'platform.kernel.role.read' } })
    }
    const reader = await acme.addMember([(await makeRole({ grants: ['platform.kernel.role.read'] })).id])
    expectProblem(await reader.get('/roles/nothing'), 404, 'not_found')
    for (const attempt of [
      () => reader.post('/roles', { nonsense: true }),
      () => reader.patch('/roles/nothing', { nonsense: true }),
      () => reader.delete('/roles/nothing'),
    ])
      expect(await attempt()).toMatchObject({
        status: 403,
        body: { permission: 'platform.kernel.role.manage' },
      })
    expectProblem(await admin.patch('/roles/nothing', { label: 'x' }, { version: 1 }), 404, 'not_found')
  })

  test('say who has them, and by which way', async () => {
    const root = await makeRole()
    const leaf = await makeRole({ inherits: [root.id] })
    const direct = await acme.addMember([root.id])
    const heir = await acme.addMember([leaf.id])
    const { body } = await admin.get(`/roles/${root.id}/members`)
    expect(body.total).toBe(2)
    expect(Object.fromEntries(body.items.map((each: any) => [each.id, each.via]))).toEqual({
      [direct.id]: [root.id],
      [heir.id]: [leaf.id, root.id],
    })
    expect((await admin.get(`/roles/${root.id}`)).body.members).toBe(1)
    const everyone = await admin.get('/roles/library.reader/members')
    const members = await admin.get('/members')
    expect(everyone.body.total).toBe(members.body.items.length)
  })

  test('keep what they say of a plugin that is off, and change nothing while it is', async () => {
    const plain = platform.tenant('plain')
    const { body: role } = await plain.admin.post('/roles', {
      label: 'Keeper',
      grants: [{ permission: 'education.library.note.read', condition: { status: 'final' } }],
      inherits: ['library.librarian'],
    })
    await plain.switch('disable', 'library')
    const { body: idle } = await plain.admin.get(`/roles/${role.id}`)
    expect(idle).toMatchObject({ grants: role.grants, inherits: role.inherits, idle: [0] })
    const { status, text } = await plain.admin.patch(
      `/roles/${role.id}`,
      { ...idle, kind: undefined },
      { version: 1 },
    )
    expect(status, text).toBe(422)
    const renamed = await plain.admin.patch(
      `/roles/${role.id}`,
      { label: 'Kept', grants: idle.grants, inherits: idle.inherits },
      { version: 1 },
    )
    expect(renamed).toMatchObject({ status: 200, body: { grants: role.grants, inherits: role.inherits } })
    const added = { grants: [...idle.grants, 'education.library.book.read'] }
    expectProblem(
      await plain.admin.patch(`/roles/${role.id}`, added, { version: 2 }),
      422,
      'validation_failed',
    )
    await plain.switch('enable', 'library')
  })
})

describe('inheritance', () => {
  test('K-PERM-02: what changes at the root of three levels acts at the leaf at once', async () => {
    const root = await makeRole()
    const middle = await makeRole({ inherits: [root.id] })
    const leaf = await makeRole({ inherits: [middle.id] })
    const someone = await acme.addMember([leaf.id])
    expectProblem(await someone.get('/library/reviews'), 403, 'permission_missing')
    const grants = ['education.library.review.read']
    expect((await admin.patch(`/roles/${root.id}`, { grants }, { version: 1 })).status).toBe(200)
    expect((await someone.get('/library/reviews')).status).toBe(200)
    await admin.patch(`/roles/${root.id}`, { grants: [] }, { version: 2 })
    expectProblem(await someone.get('/library/reviews'), 403, 'permission_missing')
    await admin.patch(`/roles/${middle.id}`, { inherits: ['library.librarian'] }, { version: 1 })
    expect((await someone.get('/library/reviews')).status).toBe(200)
  })

  test('K-PERM-02: a circle is refused, also one that two close at the same moment', async () => {
    const a = await makeRole()
    const b = await makeRole({ inherits: [a.id] })
    const c = await makeRole({ inherits: [b.id] })
    for (const inherits of [[a.id], [b.id], [c.id], ['library.librarian', c.id]]) {
      const answer = await admin.patch(`/roles/${a.id}`, { inherits }, { version: 1 })
      expectProblem(answer, 422, 'validation_failed')
      expect(answer.body.errors).toMatchObject([
        { pointer: `/inherits/${inherits.length - 1}`, code: 'cycle' },
      ])
    }
    const [x, y] = [await makeRole(), await makeRole()]
    const answers = await Promise.all([
      admin.patch(`/roles/${x.id}`, { inherits: [y.id] }, { version: 1 }),
      admin.patch(`/roles/${y.id}`, { inherits: [x.id] }, { version: 1 }),
    ])
    expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['200', '422'])
  })

  test('takes roles there are, and none of the platform', async () => {
    const of = async (inherited: string) =>
      (await admin.post('/roles', { label: roleName(), inherits: [inherited] })).body.errors?.[0]
    expect(await of('nothing')).toMatchObject({ pointer: '/inherits/0', code: 'unknown' })
    expect(await of('admin')).toMatchObject({ code: 'system' })
    expect(await of('member')).toMatchObject({ code: 'system' })
  })
})

describe('deleting a role', () => {
  test('is refused while somebody has it, or inherits it, even someone who is not active', async () => {
    const role = await makeRole()
    const heir = await makeRole({ inherits: [role.id] })
    const someone = await acme.addMember([role.id])
    await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [someone.id])
    const answer = await admin.delete(`/roles/${role.id}`)
    expectProblem(answer, 409, 'role_in_use')
    expect(answer.body).toMatchObject({ members: 1, roles: [heir.id] })
  })

  test('is refused while a provider of sign-on gives it, which is named, even with another in its place', async () => {
    const [role, next] = [await makeRole(), await makeRole()]
    const base = { name: 'Nordwind', issuer: 'https://nordwind.example', clientId: 'x' }
    const mapping = [{ value: 'Sales', role: role.id }]
    const { body } = await admin.post('/sign-on/providers', { ...base, mapping })
    for (const path of [`/roles/${role.id}`, `/roles/${role.id}?replacement=${next.id}`]) {
      const answer = await admin.delete(path)
      expectProblem(answer, 409, 'role_in_use')
      expect(answer.body).toMatchObject({ members: 0, providers: [{ id: body.id, name: 'Nordwind' }] })
    }
    expect((await admin.delete(`/sign-on/providers/${body.id}`)).status).toBe(204)
    expect((await admin.delete(`/roles/${role.id}`)).status).toBe(204)
  })

  test('puts another in its place, for members and heirs, each once', async () => {
    const old = await makeRole({ grants: ['education.lending.*'] })
    const next = await makeRole({ grants: ['education.library.review.read'] })
    const heir = await makeRole({ inherits: [old.id, next.id] })
    const both = await acme.addMember([old.id, next.id])
    const one = await acme.addMember([old.id])
    expect((await one.get('/lending/loans')).status).toBe(200)
    expect((await admin.delete(`/roles/${old.id}?replacement=${next.id}`)).status).toBe(204)
    expectProblem(await one.get('/lending/loans'), 403, 'permission_missing')
    expect((await one.get('/library/reviews')).status).toBe(200)
    expect((await admin.get(`/roles/${heir.id}`)).body).toMatchObject({ inherits: [next.id], version: 2 })
    const rows = await acme.sql('SELECT roles FROM plinth.member WHERE id = ANY ($1)', [[both.id, one.id]])
    expect(rows.map(({ roles }) => roles)).toEqual([
      ['member', next.id],
      ['member', next.id],
    ])
    const [entry] = await entries(old.id)
    expect(entry).toMatchObject({ action: 'role.deleted', after: { replacement: next.id, heirs: [heir.id] } })
    expect(entry!.after.members.toSorted()).toEqual([both.id, one.id].toSorted())
  })

  test('takes no replacement that is not there, itself, or would inherit itself', async () => {
    const role = await makeRole()
    const heir = await makeRole({ inherits: [role.id] })
    for (const replacement of ['nothing', role.id, heir.id, NOBODY])
      expectProblem(await admin.delete(`/roles/${role.id}?replacement=${replacement}`), 400, 'query_invalid')
    expect((await admin.get(`/roles/${heir.id}`)).body.inherits).toEqual([role.id])
  })
})
