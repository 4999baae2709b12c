import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { addProvider, SignOnBrowser } from './sign-on-browser.ts'
import { bootSignOn, WHOLE } from './sign-on-world.ts'

const world = await bootSignOn()
const { acme, memberOf, nordwind, other, platform, provider, second, signOn, stranger } = world
afterAll(() => world.stop())
afterEach(() => world.forgive())

describe('coming for the first time', () => {
  test('K-AUTH-02: makes a member with mapped roles, and an employee; the second time changes neither', async () => {
    provider.claims = stranger({ groups: ['People'], given_name: 'Ada Mae', family_name: 'King' })
    const email = String(provider.claims['email'])
    expect((await signOn()).status).toBe(201)
    const member = (await memberOf(email))!
    expect(member.roles).toEqual(['employees.people-lead'])
    await platform.settled()
    const employees = () =>
      acme.admin.get(`/employees/employees?filter=${encodeURIComponent(JSON.stringify({ email }))}`)
    const { items } = (await employees()).body
    expect(items).toMatchObject([{ firstName: 'Ada Mae', lastName: 'King', userId: member.id }])
    const visits = () =>
      acme.sql('SELECT last_sign_in_at AS last FROM plinth.sign_on_identity WHERE member_id = $1', [
        member.id,
      ])
    const [first] = await visits()
    expect((await signOn()).status).toBe(201)
    await platform.settled()
    const [next, ...more] = await visits()
    expect(more).toEqual([])
    expect(next!['last'].getTime()).toBeGreaterThan(first!['last'].getTime())
    expect(await memberOf(email)).toEqual(member)
    expect((await employees()).body.items).toEqual(items)
  })

  test('K-AUTH-02: who is in no group that is mapped has the roles of everyone', async () => {
    provider.claims = stranger({ groups: ['Unknown', 'admin', 'employees.people-lead'] })
    await signOn()
    expect((await memberOf(String(provider.claims['email'])))!.roles).toEqual(['member'])
  })

  test('K-AUTH-02: a group that is left takes its role along, and none given by hand', async () => {
    provider.claims = stranger({ groups: ['People'] })
    const email = String(provider.claims['email'])
    await signOn()
    await acme.sql(`UPDATE plinth.member SET roles = roles || '{by-hand}' WHERE email = $1`, [email])
    provider.claims = { ...provider.claims, groups: [] }
    await signOn()
    expect((await memberOf(email))!.roles.toSorted()).toEqual(['by-hand', 'member'])
  })

  test('a role given by hand stays when the group that gives it too is left', async () => {
    provider.claims = stranger()
    const email = String(provider.claims['email'])
    await signOn()
    await acme.sql(`UPDATE plinth.member SET roles = '{member,employees.people-lead}' WHERE email = $1`, [
      email,
    ])
    provider.claims = { ...provider.claims, groups: ['People'] }
    await signOn()
    provider.claims = { ...provider.claims, groups: [] }
    await signOn()
    expect((await memberOf(email))!.roles.toSorted()).toEqual(['employees.people-lead', 'member'])
  })

  test('K-AUTH-02: is refused where onboarding is off, or the address is none the provider vouches for', async () => {
    const closed = await addProvider(acme, other, { ...WHOLE, name: 'Closed', onboarding: false })
    other.claims = stranger()
    const answer = await new SignOnBrowser(acme).signOn(closed.id, other)
    expect([answer.status, answer.body.code]).toEqual([403, 'not_onboarded'])
    for (const claims of [
      { email: 'eve@evil.example' },
      { email: 'eve@evil.example@acme.example' },
      { email: 'eve@sub.acme.example' },
      { email: undefined },
      { email_verified: false },
      { email_verified: 'no' },
    ]) {
      provider.claims = stranger(claims)
      expect((await signOn()).body.code).toBe('not_onboarded')
    }
  })

  test('rights of administrators come from a mapping alone, whatever claims say', async () => {
    provider.claims = stranger({
      roles: ['admin'],
      role: 'admin',
      groups: 'admin',
      admin: true,
      permissions: ['*'],
    })
    await signOn()
    expect((await memberOf(String(provider.claims['email'])))!.roles).toEqual(['member'])
    provider.claims = stranger({ groups: ['Root'] })
    await signOn()
    expect((await memberOf(String(provider.claims['email'])))!.roles).toEqual(['admin'])
  })

  test('two at once are one member', async () => {
    provider.claims = stranger()
    const answers = await Promise.all([signOn(), signOn(), signOn()])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(
      await acme.sql('SELECT 1 FROM plinth.sign_on_identity WHERE subject = $1', [provider.claims['sub']]),
    ).toHaveLength(1)
  })
})

describe('someone who is a member already', () => {
  test('is the one with the address, where the provider vouches for the domain and has verified it', async () => {
    const { id } = await acme.addMember()
    const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
    const claims = stranger({ email: row!.email.toUpperCase() })
    for (const missing of [{ email_verified: false }, { email_verified: undefined }]) {
      provider.claims = { ...claims, ...missing }
      const answer = await signOn()
      expect([answer.status, answer.body.code]).toEqual([403, 'account_exists'])
    }
    provider.claims = claims
    expect((await signOn()).body.session.member.id).toBe(id)
    const foreign = await addProvider(acme, other, { ...WHOLE, name: 'Foreign', domains: ['other.example'] })
    other.claims = stranger({ email: row!.email })
    expect((await new SignOnBrowser(acme).signOn(foreign.id, other)).body.code).toBe('account_exists')
  })

  test('is not whoever has their address at the provider later, until somebody unlinks them', async () => {
    const before = stranger()
    provider.claims = before
    const first = await signOn()
    const { id } = first.body.session.member
    provider.claims = { ...before, sub: 'somebody else' }
    const refused = await signOn()
    expect([refused.status, refused.body.code]).toEqual([403, 'identity_differs'])
    expect(
      await acme.sql(
        `SELECT after->>'code' AS code FROM plinth.audit WHERE action = 'signIn.refused' ORDER BY id DESC LIMIT 1`,
      ),
    ).toEqual([{ code: 'identity_differs' }])
    provider.claims = { ...before, email: 'moved@acme.example' }
    expect((await signOn()).body.session.member.id).toBe(id)
    const path = `/members/${id}/identities`
    expect((await acme.admin.get(path)).body.items).toEqual([
      {
        provider: { id: nordwind.id, label: nordwind.name },
        subject: before['sub'],
        createdAt: expect.any(String),
        lastSignInAt: expect.any(String),
      },
    ])
    expect((await acme.member.get(path)).status).toBe(403)
    expect((await acme.member.delete(`${path}/${nordwind.id}`)).status).toBe(403)
    expect((await acme.admin.delete(`${path}/${second.id}`)).status).toBe(404)
    expect((await acme.admin.delete(`${path}/${nordwind.id}`)).status).toBe(204)
    expect(await acme.sql('SELECT FROM plinth.session WHERE member_id = $1', [id])).toEqual([])
    expect(
      await acme.sql(
        `SELECT before FROM plinth.audit WHERE action = 'identity.removed' AND subject_id = $1`,
        [id],
      ),
    ).toEqual([{ before: { provider: nordwind.id, subjects: [before['sub']] } }])
    provider.claims = { ...before, sub: 'somebody else' }
    expect((await signOn()).body.session.member.id).toBe(id)
    provider.claims = before
    expect((await signOn()).body.code).toBe('identity_differs')
  })

  test('does not come in once their access has ended', async () => {
    provider.claims = stranger()
    await signOn()
    await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE email = $1`, [
      provider.claims['email'],
    ])
    const answer = await signOn()
    expect([answer.status, answer.body.code]).toEqual([403, 'member_inactive'])
  })
})
