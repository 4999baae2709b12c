import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { roleMaker, roleName } from './role-fixtures.ts'

const ROLES = 'platform.kernel.role.*'
const MEMBERS = 'platform.kernel.member.*'
const REVIEWS = 'education.library.review.read'

const platform = await bootFixtures({
  tenants: [{ slug: 'acme' }, { slug: 'plain', plugins: ['library'] }],
})
afterAll(() => platform.stop())
const { bus } = platform.platform.root.cradle

describe('what a role will give when a plugin is back', () => {
  const plain = platform.tenant('plain')
  const makeRole = roleMaker(plain)

  test('is given, changed or replaced by nobody who does not hold everything', async () => {
    const sleeping = await makeRole({ inherits: ['library.librarian'] })
    const above = await makeRole({ inherits: [sleeping.id] })
    const weak = await makeRole()
    const { id: manager } = await makeRole({ grants: [ROLES, MEMBERS] })
    const mara = await plain.addMember([manager])
    const friend = await plain.addMember([weak.id])
    await plain.switch('disable', 'library')
    try {
      for (const role of [sleeping.id, above.id]) {
        const given = await mara.patch(`/members/${friend.id}`, { roles: [role] })
        expectProblem(given, 403, 'permission_missing')
        const invited = { email: 'friend@plain.example', name: 'Friend', roles: [role] }
        expectProblem(await mara.post('/members/invitations', invited), 403, 'permission_missing')
        expectProblem(
          await mara.post('/roles', { label: roleName(), inherits: [role] }),
          403,
          'permission_missing',
        )
        const renamed = await mara.patch(`/roles/${role}`, { label: roleName() }, { version: 1 })
        expectProblem(renamed, 403, 'permission_missing')
        const put = await mara.delete(`/roles/${weak.id}?replacement=${role}`)
        expectProblem(put, 403, 'permission_missing')
      }
      expect((await plain.admin.patch(`/members/${friend.id}`, { roles: [sleeping.id] })).status).toBe(200)
    } finally {
      await plain.switch('enable', 'library')
    }
    expect((await friend.get('/library/reviews')).status).toBe(200)
  })

  test('counts of grants whose condition fits no more, as if it did', async () => {
    const { id: odd } = await makeRole()
    const grant = { permission: REVIEWS, condition: { gone: 1 } }
    await plain.sql('UPDATE plinth.role SET grants = $2 WHERE tenant_id = $1 AND id = $3', [
      plain.id,
      JSON.stringify([grant]),
      odd,
    ])
    const { id: manager } = await makeRole({ grants: [MEMBERS] })
    await bus.publish({ topic: 'tenant', tenantId: plain.id })
    const [mara, friend] = [await plain.addMember([manager]), await plain.addMember()]
    expectProblem(await mara.patch(`/members/${friend.id}`, { roles: [odd] }), 403, 'permission_missing')
  })
})

describe('what is left of a role that was deleted', () => {
  const acme = platform.tenant('acme')
  const { admin } = acme
  const makeRole = roleMaker(acme)

  test('is not in an invitation, which gives what took its place', async () => {
    const [gone, replaced, heir] = [await makeRole(), await makeRole(), await makeRole()]
    const invite = (email: string, roles: readonly string[]) =>
      admin.post('/members/invitations', { email, name: 'New', roles })
    await invite('one@acme.example', [gone.id])
    await invite('two@acme.example', [replaced.id])
    expect((await admin.delete(`/roles/${gone.id}`)).status).toBe(204)
    expect((await admin.delete(`/roles/${replaced.id}?replacement=${heir.id}`)).status).toBe(204)
    const { items } = (await admin.get('/members/invitations')).body
    const roles = new Map(items.map((each: { email: string; roles: string[] }) => [each.email, each.roles]))
    expect(roles.get('one@acme.example')).toEqual(['member'])
    expect(roles.get('two@acme.example')).toEqual(['member', heir.id])
  })

  test('is not passed on any more, and another of that name is not either', async () => {
    const { id } = await makeRole({ id: 'lent', grants: [REVIEWS] })
    const receiver = await acme.addMember()
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const wish = { member: receiver.id, roles: [id], reason: 'Away', until }
    expect((await admin.post('/delegations', wish)).status).toBe(201)
    expect((await receiver.get('/library/reviews')).status).toBe(200)
    await admin.delete(`/roles/${id}`)
    expect((await admin.get('/members/delegations')).body.items[0]).toMatchObject({ state: 'ended' })
    await makeRole({ id: 'lent', grants: [REVIEWS] })
    expect((await receiver.get('/library/reviews')).status).toBe(403)
  })

  test('names no new role, while anybody has it by that name', async () => {
    const someone = await acme.addMember()
    // As it would be had they got the role in the moment in which it was deleted.
    await acme.sql(`UPDATE plinth.member SET roles = '{member,ghost,spirit}' WHERE id = $1`, [someone.id])
    const refused = await admin.post('/roles', { id: 'ghost', label: roleName(), grants: [REVIEWS] })
    expectProblem(refused, 422, 'validation_failed')
    const named = await admin.post('/roles', { label: 'Spirit', grants: [REVIEWS] })
    expect(named.body.id).not.toBe('spirit')
    expect((await someone.get('/library/reviews')).status).toBe(403)
  })
})

test('no role of a workspace is called like one of the platform', async () => {
  const { admin } = platform.tenant('acme')
  for (const label of ['Administrator', 'MEMBER', { en: 'Someone', de: 'Mitglied' }])
    expectProblem(await admin.post('/roles', { label }), 422, 'validation_failed')
})
