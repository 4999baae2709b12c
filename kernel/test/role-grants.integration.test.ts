import type { RoleDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { roleMaker, roleName } from './role-fixtures.ts'
import { makeRecord, type Answer } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['archive', 'billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const makeRole = roleMaker(acme)

async function refusedGrant(grant: unknown): Promise<{ pointer: string; code: string }> {
  const answer = await admin.post('/roles', { label: roleName(), grants: [grant] })
  expectProblem(answer, 422, 'validation_failed')
  return answer.body.errors[0]
}

describe('what a role grants', () => {
  test.each([
    ['a permission nobody declares', 'education.library.book.burn', 'unknown'],
    ['a plugin nobody knows', 'education.nowhere.*', 'unknown'],
    ['a prefix trap', 'educationx.*', 'unknown'],
    ['a prefix within a word', 'education.lib*', 'pattern'],
    ['a wildcard in the middle', 'education.*.book.read', 'pattern'],
    ['a wildcard at the start', '*.read', 'pattern'],
    ['two wildcards', 'education.**', 'pattern'],
    ['a prefix without its wildcard', 'education.library', 'pattern'],
    ['nothing', '', 'pattern'],
    ['a rooted wildcard', '.*', 'pattern'],
    ['upper case', 'Education.*', 'pattern'],
    ['a right over the platform', 'platform.operator.*', 'unknown'],
    ['another workspace’s right', 'platform.tenant.tenant.read', 'unknown'],
    ['a line break', 'education.library.book.read\n', 'pattern'],
  ])('K-PERM-03: is refused when it is %s', async (_, grant, code) => {
    expect(await refusedGrant(grant)).toMatchObject({ pointer: '/grants/0', code })
    expect(await refusedGrant({ permission: grant })).toMatchObject({ pointer: '/grants/0', code })
  })

  test.each([
    ['*', 200],
    ['education.*', 200],
    ['education.library.*', 200],
    ['education.library.review.*', 200],
    ['education.library.review.read', 200],
    ['education.library.review.create', 403],
    ['education.lending.*', 403],
  ])('K-PERM-03: %s lets reviews be listed with %i', async (grant, status) => {
    const { id } = await makeRole({ grants: [grant] })
    expect((await (await acme.addMember([id])).get('/library/reviews')).status).toBe(status)
  })

  const note = 'education.library.note.read'
  test.each([
    ['an unknown field', note, { nothing: 1 }, '/nothing'],
    ['an unknown operator', note, { priority: { above: 3 } }, '/priority/above'],
    ['a value of another type', note, { priority: 'high' }, '/priority'],
    ['another placeholder', note, { ownerId: '$actor.name' }, '/ownerId'],
    ['another placeholder beside the one there is', note, { text: { in: ['$actor.id', '$x'] } }, '/text'],
    ['a path along a reference', 'education.library.book.read', { 'author.name': 'x' }, '/author.name'],
    ['a list without filters', note, { or: [] }, '/or'],
    ['nothing', note, {}, ''],
    ['SQL', note, { "priority' OR 1=1 --": 1 }, "/priority' OR 1=1 --"],
    ['a nested fault', note, { and: [{ not: { or: [{ nothing: 1 }] } }] }, '/and/0/not/or/0/nothing'],
  ])('K-PERM-04: a condition with %s is refused at its place', async (_, permission, condition, at) => {
    const { pointer } = await refusedGrant({ permission, condition })
    expect(pointer).toBe(`/grants/0/condition${at}`)
  })

  test('K-PERM-04: a condition needs one entity, whose fields it is about', async () => {
    for (const permission of ['*', 'education.*', 'education.library.*', 'platform.kernel.member.read'])
      expect(await refusedGrant({ permission, condition: { status: 'final' } })).toMatchObject({
        pointer: '/grants/0/condition',
        code: 'condition_without_entity',
      })
    const deep = Array.from({ length: 12 }).reduce<object>((inner) => ({ not: inner }), { priority: 1 })
    expect(await refusedGrant({ permission: note, condition: deep })).toMatchObject({ code: 'too_deep' })
    const long = { text: { in: Array.from({ length: 190 }, (_, index) => `${index}`.padStart(30, 'x')) } }
    expect(await refusedGrant({ permission: note, condition: long })).toMatchObject({ code: 'too_long' })
  })

  test('fields are for lifting masks only, and only such as have one', async () => {
    expect(await refusedGrant({ permission: note, fields: ['text'] })).toMatchObject({
      code: 'option_not_allowed',
    })
    expect(await refusedGrant({ permission: 'education.library.*', fields: ['text'] })).toMatchObject({
      pointer: '/grants/0/fields',
    })
  })

  test('members of the body nobody asked for are refused, whatever they promise', async () => {
    for (const extra of [
      { kind: 'system' },
      { everyMember: true },
      { members: [acme.id] },
      { tenantId: platform.tenant('other').id },
      { version: 7 },
      { givable: true },
    ])
      expectProblem(await admin.post('/roles', { label: roleName(), ...extra }), 422, 'validation_failed')
    const role = await makeRole()
    expectProblem(
      await admin.patch(`/roles/${role.id}`, { id: 'admin' }, { version: 1 }),
      422,
      'validation_failed',
    )
    expect(await refusedGrant({ permission: note, everyMember: true })).toMatchObject({
      pointer: '/grants/0/everyMember',
    })
    expect(await refusedGrant(['education.*'])).toMatchObject({ pointer: '/grants/0' })
    expect(await refusedGrant(null)).toMatchObject({ pointer: '/grants/0' })
    expectProblem(await admin.post('/roles', { label: '  ' }), 422, 'validation_failed')
    const { label } = await makeRole({ label: roleName() })
    expectProblem(await admin.post('/roles', { label: label.en.toUpperCase() }), 422, 'validation_failed')
  })
})

describe('nobody grants what they do not hold', async () => {
  const manager = await makeRole({
    label: 'Role manager',
    grants: [
      'platform.kernel.role.*',
      'education.library.author.*',
      'education.library.book.read',
      { permission: 'education.library.review.read', condition: { createdBy: '$actor.id' } },
    ],
  })
  const mara = await acme.addMember([manager.id])
  const missing = (answer: Answer, permission: string) =>
    expect(answer, answer.text).toMatchObject({
      status: 403,
      body: { code: 'permission_missing', permission },
    })

  test('K-PERM-01: neither outright, nor by a prefix, nor with a condition, nor by inheritance', async () => {
    const make = (input: object) => mara.post('/roles', { label: roleName(), ...input })
    expect(
      (await make({ grants: ['education.library.author.read', 'education.library.author.*'] })).status,
    ).toBe(201)
    for (const permission of [
      '*',
      'education.*',
      'education.library.*',
      'education.library.book.*',
      'education.library.book.update',
      'platform.*',
      'platform.kernel.*',
      'platform.kernel.key.manage',
    ])
      missing(await make({ grants: [permission] }), permission)
    const limited = 'education.library.book.update'
    missing(await make({ grants: [{ permission: limited, condition: { title: 'Mine' } }] }), limited)
    // What they hold for their own records only would be others' for others.
    const own = { permission: 'education.library.review.read', condition: { createdBy: '$actor.id' } }
    missing(await make({ grants: [own] }), own.permission)
    missing(await make({ inherits: ['library.librarian'] }), 'education.library.*')
    const strong = await makeRole({ grants: ['education.lending.*'] })
    const between = await makeRole({ inherits: [strong.id] })
    missing(await make({ inherits: [between.id] }), 'education.lending.*')
  })

  test('K-PERM-01: not to themselves, by changing a role they have', async () => {
    const before = (await admin.get(`/roles/${manager.id}`)).body
    // The role holds what they do not hold for every record; they may not touch it at all.
    for (const change of [{ grants: ['*'] }, { inherits: ['library.librarian'] }, { label: 'Boss' }])
      expectProblem(
        await mara.patch(`/roles/${manager.id}`, change, { version: 1 }),
        403,
        'permission_missing',
      )
    const weak = await makeRole({ grants: ['education.library.author.read'] })
    await acme.sql('UPDATE plinth.member SET roles = roles || $2 WHERE id = $1', [mara.id, [weak.id]])
    missing(await mara.patch(`/roles/${weak.id}`, { grants: ['*'] }, { version: 1 }), '*')
    missing(
      await mara.patch(`/roles/${weak.id}`, { inherits: [manager.id] }, { version: 1 }),
      'education.library.review.read',
    )
    expect((await admin.get(`/roles/${manager.id}`)).body).toEqual(before)
  })

  test('nor touches roles that give more than they hold', async () => {
    const strong = await makeRole({ grants: ['education.lending.*'] })
    missing(await mara.patch(`/roles/${strong.id}`, { grants: [] }, { version: 1 }), 'education.lending.*')
    missing(await mara.delete(`/roles/${strong.id}`), 'education.lending.*')
    const { body } = await mara.get<{ items: RoleDocument[] }>('/roles')
    const givable = new Map(body.items.map((role) => [role.id, role.givable]))
    expect(givable.get(strong.id)).toBe(false)
    expect(givable.get('admin')).toBe(false)
    expect(givable.get('member')).toBe(true)
  })

  test('nor puts a stronger role in the place of a weak one', async () => {
    const weak = await makeRole({ grants: ['education.library.author.read'] })
    const someone = await acme.addMember([weak.id])
    expectProblem(await mara.delete(`/roles/${weak.id}?replacement=admin`), 400, 'query_invalid')
    missing(await mara.delete(`/roles/${weak.id}?replacement=library.librarian`), 'education.library.*')
    expect((await admin.get(`/roles/${weak.id}/members`)).body.items[0].id).toBe(someone.id)
  })

  test('the permissions there are say in words which of them one may pass on', async () => {
    const { body } = await mara.get('/access/permissions')
    const all = body.items.flatMap((group: any) =>
      group.subjects.flatMap((subject: any) => subject.permissions),
    )
    const held = all.filter((each: any) => each.held).map((each: any) => each.id)
    expect(held).toEqual([
      'platform.kernel.member.read',
      'platform.kernel.role.read',
      'platform.kernel.role.manage',
      ...['read', 'create', 'update', 'delete', 'export', 'reveal', 'replace'].map(
        (action) => `education.library.author.${action}`,
      ),
      'education.library.book.read',
      'education.library.note.create',
      'education.billboard.wall.read',
    ])
    const library = body.items.find((group: any) => group.id === 'library')
    expect(library).toMatchObject({ label: { en: 'Library' }, prefix: 'education.library.*' })
    const books = library.subjects.find((subject: any) => subject.id === 'library.book')
    expect(books.label).toEqual({ en: 'Books' })
    expect(books.fields).toContainEqual({ name: 'price', label: { en: 'Price' }, type: 'decimal' })
    expect(books.fields).toContainEqual({
      name: 'authorId',
      label: { en: 'Author' },
      type: 'ref',
      ref: { entity: 'library.author', api: '/api/v1/library/authors' },
    })
    const status = books.fields.find((field: any) => field.name === 'status')
    expect(status.values.map((each: any) => each.value)).toEqual(['draft', 'published'])
    expect(books.permissions).toContainEqual({
      id: 'education.library.book.restock',
      label: { en: 'Restock books' },
      held: false,
    })
    for (const { id, label } of all) expect(label.en, id).not.toBe('')
    // Matters of the platform have names, not only ids.
    const kernel = body.items.find((group: any) => group.id === 'kernel')
    for (const { id, label } of kernel.subjects) expect(Object.keys(label), id).toEqual(['en', 'de'])
  })
})

describe('a right that is taken away', () => {
  test('K-PERM-05: ends between two requests of one session, and soon on a second node', async () => {
    const role = await makeRole({ grants: ['education.library.review.read'] })
    const someone = await acme.addMember([role.id])
    const node = await platform.anotherNode()
    const headers = { cookie: await someone.cookie() }
    const elsewhere = async () =>
      (await node.platform.app.request(someone.url('/library/reviews'), { headers })).status
    expect((await someone.get('/library/reviews')).status).toBe(200)
    expect(await elsewhere()).toBe(200)
    await admin.patch(`/roles/${role.id}`, { grants: [] }, { version: 1 })
    expectProblem(await someone.get('/library/reviews'), 403, 'permission_missing')
    await expect.poll(elsewhere).toBe(403)
    await node.stop()
  })

  test('K-PERM-04: a condition that no longer fits its entity gives nothing, and breaks no list', async () => {
    const grant = { permission: 'education.library.review.read', condition: { gone: 1 } }
    const { id } = await makeRole()
    await acme.sql('UPDATE plinth.role SET grants = $2 WHERE tenant_id = $1 AND id = $3', [
      acme.id,
      JSON.stringify(['education.library.author.create', grant]),
      id,
    ])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    const someone = await acme.addMember([id])
    expectProblem(await someone.get('/library/reviews'), 403, 'permission_missing')
    expect((await someone.post('/library/authors', { name: 'Still works' })).status).toBe(201)
    expect((await admin.get(`/roles/${id}`)).body.idle).toEqual([1])
  })

  test('K-PERM-07: someone with a fresh role reaches nothing beyond what every member has', async () => {
    const { id } = await makeRole()
    const someone = await acme.addMember([id])
    const { body } = await admin.get('/openapi.json')
    const { id: book } = await makeRecord(admin, 'library.book')
    for (const [path, item] of Object.entries<any>(body.paths)) {
      if (!item.get || path === '/live') continue
      const address = path.replaceAll(/\{[^}]+\}/g, book)
      const [fresh, plain] = [await someone.get(address), await acme.member.get(address)]
      expect(fresh.status, path).toBe(plain.status)
    }
  })
})

test('K-PERM-01: a program makes no role that gives more than the program may do, whoever made it', async () => {
  const { body } = await admin.post('/api-keys', {
    name: 'roles',
    permissions: ['platform.kernel.role.manage', 'education.library.author.*'],
  })
  const program = acme.clientWithKey(body.key)
  const make = (grants: readonly string[]) => program.post('/roles', { label: roleName(), grants })
  expect((await make(['education.library.author.create'])).status).toBe(201)
  for (const permission of ['*', 'education.library.*', 'education.library.book.read'])
    expect(await make([permission])).toMatchObject({ status: 403, body: { permission } })
})
