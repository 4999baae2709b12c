import { afterAll, describe, expect, test } from 'vitest'
import { bootSaml } from './saml-world.ts'
import { bootScim } from './scim-world.ts'
import { bootSignOn } from './sign-on-world.ts'
import type { TestPlatform, TestTenant } from './support/index.ts'

const ORIGIN = {
  actor: { kind: 'system', id: null, name: 'Plinth' },
  requestId: null,
  address: null,
  agent: null,
} as const

const peopleOf = async (tenant: TestTenant): Promise<string[]> =>
  (
    await tenant.sql<{ email: string }>(
      `SELECT email FROM plinth.member WHERE tenant_id = $1 AND status = 'active' ORDER BY email`,
      [tenant.id],
    )
  ).map(({ email }) => email)

/** Leaves a workspace with so many places, nobody being invited. */
async function leave({ platform }: TestPlatform, tenant: TestTenant, places: number): Promise<void> {
  const value = (await peopleOf(tenant)).length + places
  await platform.root.cradle.limitOverrides.set(
    tenant.id,
    'members',
    { value, reason: 'Test', until: null },
    ORIGIN,
  )
}

/** Everything a person who comes by a provider leaves behind. */
const traces = async (tenant: TestTenant) =>
  (
    await tenant.sql(
      `SELECT (SELECT count(*)::int FROM plinth.member) AS members, (SELECT count(*)::int FROM plinth.sign_on_identity) AS identities,
         (SELECT count(*)::int FROM plinth.mapped_role) AS roles, (SELECT count(*)::int FROM plinth.scim_user) AS provisioned,
         (SELECT count(*)::int FROM plinth.outbox WHERE type = 'platform.member.onboarded') AS events`,
    )
  )[0]!

describe('who comes by OpenID Connect', async () => {
  const world = await bootSignOn()
  const { acme, platform, provider, signOn, stranger } = world
  afterAll(() => world.stop())

  test('K-TIER-02: is not let in where there is no place, and leaves nothing behind', async () => {
    await leave(platform, acme, 0)
    const before = await traces(acme)
    provider.claims = stranger({ groups: ['People'] })
    const { status, body } = await signOn()
    expect([status, body.code]).toEqual([403, 'limit_exceeded'])
    expect(await traces(acme)).toEqual(before)
    await leave(platform, acme, 1)
    expect((await signOn()).status).toBe(201)
    await leave(platform, acme, 0)
    expect((await signOn()).status, 'who is a member comes again').toBe(201)
  })

  test('K-TIER-02: is one of ten where one place is left', async () => {
    await leave(platform, acme, 1)
    const before = (await peopleOf(acme)).length
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const email = String(stranger()['email'])
        return acme.admin.post('/members/invitations', { email, name: 'Someone' })
      }),
    )
    provider.claims = stranger()
    const onboarded = await signOn()
    const all = [...answers, onboarded].map(({ status }) => status)
    expect(all.filter((status) => status === 201)).toHaveLength(1)
    const { items } = (await acme.admin.get('/members/invitations')).body
    expect((await peopleOf(acme)).length + items.length).toBe(before + 1)
  })

  test('has the place they were invited to', async () => {
    const [{ email }] = (await acme.admin.get('/members/invitations')).body.items
    provider.claims = stranger({ email })
    expect((await signOn()).status).toBe(201)
  })
})

describe('who comes by SAML', async () => {
  const world = await bootSaml()
  const { acme, platform, signOn, stranger } = world
  afterAll(() => world.stop())

  test('K-TIER-02: is not let in where there is no place, and leaves nothing behind', async () => {
    await leave(platform, acme, 0)
    const before = await traces(acme)
    const { status, body } = await signOn(stranger())
    expect([status, body.code]).toEqual([403, 'limit_exceeded'])
    expect(await traces(acme)).toEqual(before)
  })
})

describe('who is provisioned by SCIM', async () => {
  const world = await bootScim()
  const { acme, idp, memberOf, platform } = world
  afterAll(() => platform.stop())
  const user = (userName: string, active = true) => idp.send('POST', '/Users', { userName, active })
  const active = (value: boolean) => ({ op: 'replace', path: 'active', value })

  test('K-TIER-02: is refused in the words of SCIM where there is no place, and leaves nothing behind', async () => {
    await leave(platform, acme, 0)
    const before = await traces(acme)
    const refused = await user('no-place@acme.example')
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '403' },
    ])
    expect(refused.body.detail).toContain('The limit is reached')
    expect(await traces(acme)).toEqual(before)
  })

  test('is taken in without access, and gets it only where there is room', async () => {
    await leave(platform, acme, 0)
    const { status, body } = await user('waiting@acme.example', false)
    expect(status).toBe(201)
    expect((await idp.patch(`/Users/${body.id}`, active(true))).status).toBe(403)
    expect(await memberOf(body.id)).toMatchObject({ status: 'inactive' })
    await leave(platform, acme, 1)
    expect((await idp.patch(`/Users/${body.id}`, active(true))).status).toBe(200)
    expect(await memberOf(body.id)).toMatchObject({ status: 'active' })
  })

  test('K-TIER-02: is one of ten where one place is left', async () => {
    await leave(platform, acme, 1)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, each) => user(`n${each}@acme.example`)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(9)
  })
})
