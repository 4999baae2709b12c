import type { LimitDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import type { Answer, TestTenant } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['library'],
  tenants: [
    { slug: 'acme', tier: 'free' },
    { slug: 'race', tier: 'free' },
    { slug: 'asked', tier: 'free' },
    { slug: 'granted', tier: 'professional' },
    { slug: 'other', tier: 'free' },
  ],
  config: { operatorToken: OPERATOR_TOKEN },
})
afterAll(() => platform.stop())
const [acme, race, asked, granted, other] = ['acme', 'race', 'asked', 'granted', 'other'].map((slug) =>
  platform.tenant(slug),
) as [TestTenant, TestTenant, TestTenant, TestTenant, TestTenant]

let count = 0
const address = () => `someone-${(count += 1)}@else.example`
const invite = ({ admin }: TestTenant, email = address()) =>
  admin.post('/members/invitations', { email, name: 'Noor Haddad' })
const REFUSED = { limit: 'members', used: 5, value: 5, upgradeTo: 'professional', upgradeValue: 100 }
const limitsOf = async ({ admin }: TestTenant) =>
  (await admin.get<{ items: LimitDocument[] }>('/limits')).body.items
const membersOf = async (tenant: TestTenant) => (await limitsOf(tenant)).find(({ id }) => id === 'members')!
const operator = (method: string, path: string, body?: unknown, token?: string): Promise<Answer> =>
  asOperator(platform, method, path, body, token)

describe('the limit of members', () => {
  test('K-TIER-02: the fifth person is let in, counting those who are invited, and the sixth is not', async () => {
    for (let each = 0; each < 3; each += 1) expect((await invite(acme)).status).toBe(201)
    const refused = await invite(acme)
    expectProblem(refused, 403, 'limit_exceeded')
    expect(refused.body).toMatchObject(REFUSED)
    expect(await membersOf(acme)).toEqual({
      id: 'members',
      label: { en: 'Members', de: 'Mitglieder' },
      used: 5,
      value: 5,
      because: { kind: 'tier', tier: 'free' },
      next: { tier: 'professional', value: 100 },
    })
    expect((await acme.admin.get('/members/invitations')).body.items).toHaveLength(3)
  })

  test('who is invited has a place: again, and when they accept', async () => {
    const { items } = (await acme.admin.get('/members/invitations')).body
    expect((await invite(acme, items[0].email)).status).toBe(201)
    expect((await acme.admin.post(`/members/invitations/${items[1].id}/resend`)).status).toBe(200)
    const { link } = (await acme.admin.post(`/members/invitations/${items[2].id}/resend`)).body
    const token = link.split('#')[1]
    const joined = await acme.anonymous.post('/invitation/accept', {
      token,
      name: 'Noor Haddad',
      password: 'a long enough passphrase of hers',
    })
    expect(joined.status, joined.text).toBe(201)
    expect(await membersOf(acme)).toMatchObject({ used: 5 })
  })

  test('an invitation that has run out gives its place up, and is sent again only where there is one', async () => {
    const [first] = (await acme.admin.get('/members/invitations')).body.items
    await acme.sql(`UPDATE plinth.invitation SET expires_at = now() - interval '1 minute' WHERE id = $1`, [
      first.id,
    ])
    expect((await invite(acme)).status).toBe(201)
    expectProblem(await acme.admin.post(`/members/invitations/${first.id}/resend`), 403, 'limit_exceeded')
    await acme.admin.delete(`/members/invitations/${first.id}`)
  })

  test('who was shut out comes back only where there is room', async () => {
    const { items } = (await acme.admin.get('/members/directory')).body
    const { id } = items.find(({ email }: { email: string }) => email.startsWith('member@'))
    const to = (status: string) => acme.admin.patch(`/members/${id}`, { status })
    expect((await to('inactive')).status).toBe(200)
    expect((await invite(acme)).status).toBe(201)
    const refused = await to('active')
    expectProblem(refused, 403, 'limit_exceeded')
    expect(refused.body).toMatchObject(REFUSED)
    const [last] = (await acme.admin.get('/members/invitations')).body.items
    await acme.admin.delete(`/members/invitations/${last.id}`)
    expect((await to('active')).status).toBe(200)
  })

  test('K-TIER-02: of ten who come at the same time on two nodes where one place is left, one is let in', async () => {
    for (let each = 0; each < 2; each += 1) await invite(race)
    const second = await platform.anotherNode()
    try {
      const elsewhere = second.tenant('race')
      await elsewhere.admin.get('/shell')
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, each) => invite(each % 2 === 0 ? race : elsewhere)),
      )
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 403)).toHaveLength(9)
    } finally {
      await second.stop()
    }
    expect(await membersOf(race)).toMatchObject({ used: 5, value: 5 })
    const { members } = platform.platform.root.cradle
    const person = { name: 'X', password: 'a long enough passphrase', roles: ['member'], locale: null }
    await expect(members.create(race.id, { ...person, email: address() })).rejects.toMatchObject({
      code: 'limit_exceeded',
    })
  })

  test('whoever is refused is told of in the audit log', async () => {
    await platform.settled()
    const { items } = (await race.admin.get('/audit?action=access.refused')).body
    expect(items[0]).toMatchObject({ after: { code: 'limit_exceeded' } })
  })
})

describe('what operators set in its place', () => {
  const wish = { value: 7, reason: 'Contract 4711', until: '2099-01-01T00:00:00.000Z' }

  test('K-TIER-10: counts at once on every node, and ends by its end: who is there stays, more is refused', async () => {
    for (let each = 0; each < 3; each += 1) await invite(asked)
    expect((await invite(asked)).status).toBe(403)
    const set = await operator('PUT', '/tenants/asked/limits/members', wish)
    expect([set.status, set.body]).toMatchObject([
      200,
      { used: 5, value: 7, because: { kind: 'override', reason: 'Contract 4711', until: wish.until } },
    ])
    const second = await platform.anotherNode()
    try {
      expect((await invite(second.tenant('asked'))).status).toBe(201)
      expect((await invite(asked)).status).toBe(201)
      expect((await invite(asked)).body).toMatchObject({ used: 7, value: 7, upgradeTo: 'professional' })
      await asked.sql(`UPDATE plinth.limit_override SET ends_at = now() - interval '1 second'`)
      expect((await invite(second.tenant('asked'))).body).toMatchObject({ used: 7, value: 5 })
    } finally {
      await second.stop()
    }
    expect(await membersOf(asked)).toMatchObject({ used: 7, value: 5, because: { kind: 'tier' } })
    expect((await asked.member.get('/shell')).status).toBe(200)
  })

  test('K-TIER-10: the 101st of a professional tenant is let in where an operator wants it', async () => {
    await granted.sql(
      `INSERT INTO plinth.member (tenant_id, id, email, name) SELECT $1, gen_random_uuid(), 'm' || n || '@x.example', 'M' FROM generate_series(3, 100) n`,
      [granted.id],
    )
    expect((await invite(granted)).body).toMatchObject({ used: 100, value: 100, upgradeTo: 'enterprise' })
    await operator('PUT', '/tenants/granted/limits/members', { value: 500, reason: 'As agreed' })
    expect((await invite(granted)).status).toBe(201)
    await operator('PUT', '/tenants/granted/limits/members', { value: null, reason: 'No limit at all' })
    expect(await membersOf(granted)).toMatchObject({ value: null, next: null })
    expect((await invite(granted)).status).toBe(201)
    expect((await operator('DELETE', '/tenants/granted/limits/members')).status).toBe(204)
    expect((await invite(granted)).body).toMatchObject({ used: 102, value: 100 })
    expectProblem(await operator('DELETE', '/tenants/granted/limits/members'), 404, 'not_found')
  })

  test('is read in the audit log of the tenant, and in the journal', async () => {
    const { items } = (await granted.admin.get('/audit?subjectType=platform.limit')).body
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'limit.overrideEnded',
      'limit.overridden',
      'limit.overridden',
    ])
    expect(items[1]).toMatchObject({
      actor: { kind: 'operator' },
      before: { value: 500 },
      after: { value: null, reason: 'No limit at all' },
    })
    const journal = (await operator('GET', '/journal')).body.items
    expect(journal[0]).toMatchObject({
      action: 'DELETE',
      path: '/platform/v1/tenants/granted/limits/members',
    })
  })

  test('K-TIER-10: no administrator sets it, nor an operator without the right', async () => {
    const put = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) }
    expect((await other.admin.send('PUT', '/limits/members', put)).status).toBe(404)
    const { token } = (
      await operator('POST', '/operators', { name: 'Nora', email: 'n@platform.example', roles: ['helper'] })
    ).body
    for (const method of ['PUT', 'DELETE'])
      expect(
        await operator(method, '/tenants/other/limits/members', method === 'PUT' ? wish : undefined, token),
      ).toMatchObject({ status: 403, body: { permission: 'platform.tenant.change' } })
    expect((await operator('GET', '/tenants/other/limits', undefined, token)).body.items[0]).toMatchObject({
      id: 'members',
      value: 5,
    })
    expect(await membersOf(other)).toMatchObject({ value: 5, because: { kind: 'tier' } })
  })

  test.each([
    [{}, '/value', '/reason'],
    [{ value: -1, reason: 'Because' }, '/value'],
    [{ value: 1.5, reason: 'Because' }, '/value'],
    [{ value: 5, reason: ' ' }, '/reason'],
    [{ value: 5, reason: 'Because', until: '2020-01-01T00:00:00Z' }, '/until'],
    [{ value: 5, reason: 'Because', until: 'soon' }, '/until'],
    [{ value: 5, reason: 'Because', for: 'ever' }, '/for'],
  ])('%j is not taken', async (body, ...pointers) => {
    const answer = await operator('PUT', '/tenants/other/limits/members', body)
    expectProblem(answer, 422, 'validation_failed')
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers)
  })

  test('there is none for a limit or a tenant that is unknown', async () => {
    expectProblem(await operator('PUT', '/tenants/other/limits/moons', wish), 404, 'not_found')
    expectProblem(await operator('PUT', '/tenants/nobody/limits/members', wish), 404, 'tenant_unknown')
  })
})

describe('who reads limits', () => {
  test('those who manage members or see plugins, and nobody else', async () => {
    expectProblem(await other.member.get('/limits'), 403, 'permission_missing')
    expectProblem(await other.anonymous.get('/limits'), 401, 'session_missing')
    expect((await limitsOf(other)).map(({ id }) => id)).toContain('members')
  })
})
