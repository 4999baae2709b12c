import { afterAll, describe, expect, test } from 'vitest'
import { makeSigningKey } from '../src/sign-on/saml/signing-key.ts'
import { isSelfSigned } from './support/saml-provider.ts'
import { bootSaml } from './saml-world.ts'

const world = await bootSaml()
const { acme, adfs, add, browser, platform, provider, stranger } = world
afterAll(() => world.stop())

const signOnAt = async (id: string) => {
  const someone = browser()
  const request = await someone.ask(id)
  const xml = provider.answer(request, provider.assertion(request, stranger()).whole)
  return someone.bring(id, request, xml)
}

describe('a provider of SAML', () => {
  test('K-AUTH-04: is told who we are by metadata with a key of its own, which is stored sealed', async () => {
    const { status, text, headers } = await acme.anonymous.get(`/auth/${adfs.id}/metadata`)
    expect([status, headers.get('content-type')]).toEqual([200, 'application/samlmetadata+xml'])
    expect(text).toContain(`entityID="${adfs.entityId}"`)
    expect(text).toContain(`Location="${adfs.redirectUri}"`)
    expect(text).toContain('AuthnRequestsSigned="true" WantAssertionsSigned="true"')
    const key = /<ds:X509Certificate>([^<]+)</.exec(text)![1]!
    expect(isSelfSigned(key)).toBe(true)
    const [row] = await acme.sql<{ row: string }>(
      `SELECT concat(settings, encode(secret, 'escape')) AS row FROM plinth.sign_on_provider WHERE id = $1`,
      [adfs.id],
    )
    expect(row!.row).not.toContain('PRIVATE KEY')
    const second = await add({ name: 'Second' })
    expect(second.certificate.fingerprint).not.toBe(adfs.certificate.fingerprint)
    expect((await platform.tenant('beta').anonymous.get(`/auth/${adfs.id}/metadata`)).status).toBe(404)
  })

  test('is listed with the keys it signs with, and offered like any other', async () => {
    const { body } = await acme.admin.get(`/sign-on/providers/${adfs.id}`)
    expect(body).toMatchObject({
      kind: 'saml',
      profile: 'saml',
      issuer: provider.issuer,
      rolesClaim: 'groups',
    })
    expect(body.certificates).toHaveLength(1)
    expect(JSON.stringify(body)).not.toMatch(/PRIVATE|secret/)
    const { body: tenant } = await acme.anonymous.get('/tenant')
    expect(tenant.signOn).toContainEqual({ id: adfs.id, name: 'Nordwind ADFS', profile: 'saml' })
  })

  test('can be added before it knows us, and is not in use until its metadata is there', async () => {
    const early = await add({ name: 'Early', metadata: undefined })
    expect(early).toMatchObject({ enabled: false, issuer: '' })
    const path = `/sign-on/providers/${early.id}`
    const tooSoon = await acme.admin.patch(path, { enabled: true }, { version: 1 })
    expect([tooSoon.status, tooSoon.body.errors[0].pointer]).toEqual([422, '/metadata'])
    const known = await acme.admin.patch(
      path,
      { metadata: provider.metadata(), enabled: true },
      { version: 1 },
    )
    expect(known.body).toMatchObject({
      enabled: true,
      issuer: provider.issuer,
      certificate: early.certificate,
    })
    expect((await signOnAt(early.id)).status).toBe(201)
    const moved = await acme.admin.patch(path, { metadata: provider.metadata('urn:other') }, { version: 2 })
    expect([moved.status, moved.body.errors[0].code]).toEqual([422, 'immutable'])
  })

  test('may be given a new key by us, and no longer knows the old one', async () => {
    const made = await add({ name: 'Renewed' })
    const before = (await acme.anonymous.get(`/auth/${made.id}/metadata`)).text
    const renewed = await acme.admin.patch(
      `/sign-on/providers/${made.id}`,
      { renewKey: true },
      { version: 1 },
    )
    expect(renewed.body.certificate.fingerprint).not.toBe(made.certificate.fingerprint)
    const { body } = await browser().start(made.id)
    expect(() => provider.receive(body.url, before)).toThrow('not signed')
    expect((await signOnAt(made.id)).status).toBe(201)
    const [entry] = await acme.sql(
      `SELECT after::text AS after FROM plinth.audit WHERE action = 'provider.changed' ORDER BY id DESC LIMIT 1`,
    )
    expect(entry!['after']).toContain('"secret":"changed"')
  })

  test('changes its own key: both are good meanwhile, and a metadata address makes it known at once', async () => {
    const read = await add({ name: 'Read', metadata: undefined, metadataUrl: provider.metadataUrl })
    expect(read).toMatchObject({ issuer: provider.issuer, entryPoint: null, certificates: [] })
    expect((await signOnAt(read.id)).status).toBe(201)
    const [old] = provider.keys
    const next = await makeSigningKey('next')
    provider.keys = [old!, next]
    const both = await add({ name: 'Both' })
    expect(both.certificates).toHaveLength(2)
    expect((await signOnAt(both.id)).status).toBe(201)
    provider.keys = [next]
    for (const id of [both.id, read.id]) expect((await signOnAt(id)).status).toBe(201)
    expect((await signOnAt(adfs.id)).body.code).toBe('sign_on_failed')
    const { status, body } = await acme.admin.post(`/sign-on/providers/${read.id}/test`)
    expect([status, body.issuer, body.certificates.length]).toEqual([200, provider.issuer, 1])
    provider.keys = [old!]
  })

  test('may be where people begin, if it is allowed: they are sent back there with a request, and nothing is believed', async () => {
    const request = { id: '', acs: adfs.redirectUri, issuer: adfs.entityId, relayState: '', forced: false }
    const unasked = provider.answer(
      request,
      provider.assertion(request, { ...stranger(), inResponseTo: undefined }).whole,
      { inResponseTo: undefined },
    )
    const sessions = async () => (await acme.sql(`SELECT 1 FROM plinth.session`)).length
    const before = await sessions()
    const where = async (id: string, going?: string) =>
      new URL((await browser().post(id, unasked, going)).headers.get('location')!)
    expect((await where(adfs.id, '/app')).searchParams.has('posted')).toBe(true)
    const open = await add({ name: 'Portal', beginsThere: true })
    const page = await where(open.id, '/app/employees/employees?q=a')
    expect(page.pathname).toBe(`/sign-on/${open.id}`)
    expect([...page.searchParams]).toEqual([['returnTo', '/app/employees/employees?q=a']])
    for (const evil of ['//evil.example', '/\\evil.example'])
      expect((await where(open.id, evil)).searchParams.get('returnTo')).toBe('/')
    expect((await where(open.id, 'https://evil.example')).searchParams.has('posted')).toBe(true)
    expect(await sessions()).toBe(before)
  })

  test.each([
    ['what is no metadata', { metadata: '<a/>' }, '/metadata'],
    ['a document type', { metadata: `<!DOCTYPE a [<!ENTITY b "c">]>${provider.metadata()}` }, '/metadata'],
    [
      'no certificate',
      { metadata: provider.metadata().replace(/<KeyDescriptor.*<\/KeyDescriptor>/s, '') },
      '/metadata',
    ],
    [
      'a place that does something',
      { metadata: provider.metadata().replace(/http:[^"]*sso\?realm=a/, 'javascript:alert(1)') },
      '/metadata',
    ],
    [
      'a place without TLS',
      { metadata: provider.metadata().replace(provider.host, 'idp.example') },
      '/metadata',
    ],
    ['an address that is none', { metadata: undefined, metadataUrl: 'file:///etc/passwd' }, '/metadataUrl'],
    ['what belongs to another kind', { clientId: 'x' }, '/clientId'],
    ['a certificate of its own making', { certificate: 'x' }, '/certificate'],
  ])('is refused with %s', async (_, settings, pointer) => {
    const { status, body } = await acme.admin.post('/sign-on/providers', {
      kind: 'saml',
      name: 'X',
      metadata: provider.metadata(),
      ...settings,
    })
    expect([status, body.errors?.[0].pointer]).toEqual([422, pointer])
  })

  test.each([
    ['https://127.0.0.1:1/m', 'address_private'],
    ['http://idp.example/m', 'without_tls'],
    ['https://169.254.169.254/m', 'address_private'],
  ])('SSRF: the platform does not fetch metadata at %s', async (metadataUrl, reason) => {
    const answer = await acme.admin.post('/sign-on/providers', { kind: 'saml', name: 'In', metadataUrl })
    expect([answer.status, answer.body.code, answer.body.reason]).toEqual([
      502,
      'provider_unreachable',
      reason,
    ])
  })

  test('is set up by those who may, and gives no more than they hold', async () => {
    const asked = { kind: 'saml', name: 'X', metadataUrl: provider.metadataUrl }
    const before = provider.asked
    expect((await acme.member.post('/sign-on/providers', asked)).status).toBe(403)
    expect((await acme.anonymous.post('/sign-on/providers', asked)).status).toBe(401)
    expect(provider.asked).toBe(before)
    const general = await acme.admin.post('/sign-on/providers', { ...asked, defaultRoles: ['admin'] })
    expect([general.status, general.body.errors[0].pointer]).toEqual([422, '/defaultRoles/0'])
    const changed = await acme.admin.patch(
      `/sign-on/providers/${adfs.id}`,
      { kind: 'openid' },
      { version: 1 },
    )
    expect([changed.status, changed.body.errors[0].pointer]).toEqual([422, '/kind'])
  })
})
