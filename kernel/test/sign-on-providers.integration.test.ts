import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { IdentityProvider } from './support/identity-provider.ts'
import { addProvider, sessionCookie, SignOnBrowser } from './sign-on-browser.ts'
import { bootSignOn, WHOLE } from './sign-on-world.ts'

const world = await bootSignOn()
const { acme, memberOf, nordwind, other, platform, provider, stranger } = world
afterAll(() => world.stop())
afterEach(() => world.forgive())

describe('providers', () => {
  test('are seen and changed only by those who may', async () => {
    const { member, admin } = acme
    expect((await member.get('/sign-on/providers')).status).toBe(403)
    expect((await member.post('/sign-on/providers', {})).status).toBe(403)
    expect((await acme.anonymous.get('/sign-on/providers')).status).toBe(401)
    const { body, text } = await admin.get('/sign-on/providers')
    expect(body.items[0]).toMatchObject({ name: 'Nordwind', hasSecret: true })
    expect(text).not.toContain(provider.clientSecret)
    const stored = await acme.sql(`SELECT encode(secret, 'escape') AS secret FROM plinth.sign_on_provider`)
    expect(JSON.stringify(stored)).not.toContain(provider.clientSecret)
  })

  test('give no more than who sets them up holds, and no rights of administrators to everyone', async () => {
    await acme.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'keeper', '{"en":"Keeper"}', '["platform.kernel.signOn.*"]')`,
      [acme.id],
    )
    const keeper = await acme.addMember(['keeper'])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    const base = { name: 'X', issuer: provider.issuer, clientId: 'x' }
    const escalation = await keeper.post('/sign-on/providers', {
      ...base,
      mapping: [{ value: 'mine', role: 'admin' }],
    })
    expect([escalation.status, escalation.body.code]).toEqual([403, 'permission_missing'])
    // Nothing that is on begins so. What is switched on later may.
    await platform.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'later', '{"en":"Later"}', '["nowhere.yet.*"]')`,
      [acme.id],
    )
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    const later = await keeper.post('/sign-on/providers', {
      ...base,
      mapping: [{ value: 'mine', role: 'later' }],
    })
    expect([later.status, later.body.code]).toEqual([403, 'permission_missing'])
    const general = await acme.admin.post('/sign-on/providers', { ...base, defaultRoles: ['admin'] })
    expect([general.status, general.body.errors[0].pointer]).toEqual([422, '/defaultRoles/0'])
    const path = `/sign-on/providers/${nordwind.id}`
    const taken = await keeper.patch(path, { clientId: 'mine' }, { version: nordwind.version })
    expect(taken.status).toBe(403)
    const unknown = await acme.admin.post('/sign-on/providers', { ...base, defaultRoles: ['nobody'] })
    expect(unknown.status).toBe(422)
  })

  test('let in nobody with more rights than who decides what they say', async () => {
    await acme.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'doorman', '{"en":"Doorman"}', '["platform.kernel.signOn.*", "platform.kernel.member.*"]')`,
      [acme.id],
    )
    const doorman = await acme.addMember(['doorman'])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    const base = { name: 'Mine', issuer: provider.issuer, clientId: 'x' }
    // It could say that its owner has the address of an administrator.
    const vouching = await doorman.post('/sign-on/providers', { ...base, domains: ['acme.example'] })
    expect(vouching).toMatchObject({ status: 403, body: { code: 'permission_missing', role: 'admin' } })
    const { status, body: plain, text } = await doorman.post('/sign-on/providers', base)
    expect(status, text).toBe(201)
    const path = `/sign-on/providers/${plain.id}`
    expect((await doorman.patch(path, { clientId: 'y' }, { version: 1 })).status).toBe(200)
    const tokens = `${path}/provisioning/tokens`
    expect((await doorman.post(tokens, {})).status).toBe(201)
    // By now an administrator signs in with it.
    const boss = await acme.addMember(['admin'])
    await acme.sql(
      `INSERT INTO plinth.sign_on_identity (tenant_id, provider_id, subject, member_id) VALUES ($1, $2, 'boss', $3)`,
      [acme.id, plain.id, boss.id],
    )
    expect(await doorman.patch(path, { clientId: 'z' }, { version: 2 })).toMatchObject({ status: 403 })
    expect(await doorman.post(tokens, {})).toMatchObject({ status: 403, body: { role: 'admin' } })
    // Whoever has its token says who is in the groups that are mapped.
    const mapped = `/sign-on/providers/${nordwind.id}/provisioning/tokens`
    expect(await doorman.post(mapped, {})).toMatchObject({
      status: 403,
      body: { code: 'permission_missing', role: nordwind.mapping[0]!.role },
    })
    for (const address of [path, `/sign-on/providers/${nordwind.id}`])
      expect((await acme.admin.get(address)).status).toBe(200)
    expect((await acme.admin.delete(path)).status).toBe(204)
  })

  test.each([
    ['an unknown member', { admin: true }, '/admin'],
    ['no address', { issuer: 'nowhere' }, '/issuer'],
    ['an address that does something', { issuer: 'javascript:alert(1)' }, '/issuer'],
    ['a domain that is none', { domains: ['@acme.example'] }, '/domains/0'],
    ['a public provider that takes in anyone', { profile: 'google', onboarding: true }, '/domains'],
    ['a provider of many companies without ours', { profile: 'azure' }, '/company'],
    [
      'an issuer with many companies, taken for one of its own',
      { issuer: 'https://login.microsoftonline.com/common/v2.0' },
      '/profile',
    ],
    [
      'a public issuer, taken for a company’s',
      { issuer: 'https://accounts.google.com', profile: 'okta' },
      '/profile',
    ],
    ['a password in its address', { issuer: 'https://:secret@idp.example' }, '/issuer'],
    [
      'a password in the address of its metadata',
      { kind: 'saml', issuer: undefined, clientId: undefined, metadataUrl: 'https://a:b@idp.example' },
      '/metadataUrl',
    ],
    ['scopes that do not sign in', { scopes: ['email'] }, '/scopes'],
  ])('are refused with %s', async (_, settings, pointer) => {
    const { status, body } = await acme.admin.post('/sign-on/providers', {
      name: 'X',
      issuer: provider.issuer,
      clientId: 'x',
      ...settings,
    })
    expect([status, body.errors?.[0].pointer]).toEqual([422, pointer])
  })

  test('are asked for their metadata, which has to be theirs', async () => {
    const { admin } = acme
    const { status, body } = await admin.post(`/sign-on/providers/${nordwind.id}/test`)
    expect([status, body.issuer, body.algorithms]).toEqual([200, provider.issuer, ['RS256']])
    provider.misdeeds = { metadata: { issuer: 'https://evil.example' } }
    expect((await admin.post(`/sign-on/providers/${nordwind.id}/test`)).status).toBe(502)
    provider.misdeeds = { metadata: { authorization_endpoint: 'javascript:alert(1)' } }
    const refused = await admin.post(`/sign-on/providers/${nordwind.id}/test`)
    expect([refused.status, refused.body.reason]).toEqual([502, 'sign_in_address_missing'])
    provider.misdeeds = {}
    expect((await admin.post(`/sign-on/providers/${nordwind.id}/test`)).status).toBe(200)
  })

  test.each([
    ['http://idp.example', 'without_tls'],
    ['https://127.0.0.1:1', 'address_private'],
    ['https://[::1]:1', 'address_private'],
    ['https://[::ffff:10.0.0.1]', 'address_private'],
    ['https://169.254.169.254/latest', 'address_private'],
    ['https://localhost:1', 'address_private'],
    ['https://2130706433/', 'address_private'],
  ])('SSRF: the platform does not go to %s', async (issuer, reason) => {
    const { body } = await acme.admin.post('/sign-on/providers', { name: 'In', issuer, clientId: 'x' })
    const answer = await acme.admin.post(`/sign-on/providers/${body.id}/test`)
    expect([answer.status, answer.body.code, answer.body.reason]).toEqual([
      502,
      'provider_unreachable',
      reason,
    ])
    expect((await acme.admin.delete(`/sign-on/providers/${body.id}`)).status).toBe(204)
  })

  test('SSRF: nor where the metadata of a provider says', async () => {
    const trap = await IdentityProvider.start()
    const lured = await addProvider(acme, other, { name: 'Lured' })
    other.misdeeds = { metadata: { token_endpoint: `${trap.issuer}/token`, jwks_uri: `${trap.issuer}/jwks` } }
    await acme.admin.post(`/sign-on/providers/${lured.id}/test`)
    other.claims = stranger()
    const answer = await new SignOnBrowser(acme).signOn(lured.id, other)
    expect(answer.body.code).toBe('provider_unreachable')
    expect(trap.seen).toEqual([])
    await trap.stop()
    other.misdeeds = {}
    await acme.admin.post(`/sign-on/providers/${lured.id}/test`)
  })

  test('take the roles that followed from them along, and leave one administrator', async () => {
    const leaving = await addProvider(acme, other, { ...WHOLE, name: 'Leaving' })
    other.claims = stranger({ groups: ['People'] })
    await new SignOnBrowser(acme).signOn(leaving.id, other)
    const email = String(other.claims['email'])
    expect((await memberOf(email))!.roles).toEqual(['employees.people-lead'])
    expect((await acme.admin.delete(`/sign-on/providers/${leaving.id}`)).status).toBe(204)
    expect((await memberOf(email))!.roles).toEqual([])
    expect((await acme.admin.get(`/sign-on/providers/${leaving.id}`)).status).toBe(404)
  })

  test('end what they have opened when they are put out of use or removed, where that is wanted', async () => {
    for (const endsSessions of [true, false]) {
      const made = await addProvider(acme, other, { ...WHOLE, name: `Ending ${endsSessions}`, endsSessions })
      const path = `/sign-on/providers/${made.id}`
      const come = async () => {
        other.claims = stranger()
        return sessionCookie(await new SignOnBrowser(acme).signOn(made.id, other))!
      }
      const status = async (cookie: string) =>
        (await acme.anonymous.send('GET', '/shell', { headers: { cookie } })).status
      const [first, own] = [await come(), await acme.admin.cookie()]
      await acme.admin.patch(path, { name: 'Still there' }, { version: 1 })
      expect(await status(first)).toBe(200)
      await acme.admin.patch(path, { enabled: false }, { version: 2 })
      expect(await status(first)).toBe(endsSessions ? 401 : 200)
      await acme.admin.patch(path, { enabled: true }, { version: 3 })
      const second = await come()
      expect(await status(second)).toBe(200)
      expect((await acme.admin.delete(path)).status).toBe(204)
      expect(await status(second)).toBe(endsSessions ? 401 : 200)
      expect(await status(own)).toBe(200)
    }
  })

  test('are changed by those who have seen them as they are', async () => {
    const made = await addProvider(acme, other, { name: 'Changing' })
    const path = `/sign-on/providers/${made.id}`
    expect((await acme.admin.patch(path, { name: 'A' })).status).toBe(428)
    const changed = await acme.admin.patch(path, { name: 'A' }, { version: 1 })
    expect(changed.body).toMatchObject({ name: 'A', version: 2, hasSecret: true, clientId: 'plinth' })
    expect((await acme.admin.patch(path, { name: 'B' }, { version: 1 })).status).toBe(409)
    const moved = await acme.admin.patch(path, { issuer: 'https://evil.example' }, { version: 2 })
    expect(moved.status).toBe(422)
  })
})

test('an answer that is posted is kept for the browser that asked, once', async () => {
  const apple = await addProvider(acme, provider, {
    ...WHOLE,
    name: 'Apple',
    profile: 'generic',
  })
  const post = await acme.anonymous.send('POST', `/auth/${apple.id}/posted`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://appleid.apple.com' },
    body: 'code=a&state=b',
  })
  expect(post.status).toBe(303)
  const address = new URL(post.headers.get('location')!)
  expect(address.href).toMatch(new RegExp(`^http://acme.localhost/sign-on/${apple.id}\\?posted=[\\w-]{43}$`))
  const posted = address.searchParams.get('posted')!
  const browser = new SignOnBrowser(acme)
  await browser.start(apple.id)
  const foreign = await browser.finish(apple.id, { posted })
  expect(foreign.body.detail).toContain('another attempt')
  const again = await browser.finish(apple.id, { posted })
  expect(again.body.detail).toContain('used before')
})
