import saml from 'saml'
import { afterAll, describe, expect, test } from 'vitest'
import { makeSigningKey } from '../src/sign-on/saml/signing-key.ts'
import type { Around, Said, Signing } from './support/saml-provider.ts'
import { SamlBrowser, bootSaml } from './saml-world.ts'
import { forge, WRAPPINGS } from './saml-wrapping.ts'
import { sessionCookie } from './sign-on-browser.ts'

const world = await bootSaml()
const other = await makeSigningKey('other')
const { acme, adfs, browser, memberOf, platform, provider, signOn, stranger } = world
afterAll(() => world.stop())

/** Nobody got in. */
const expectRefused = async (answer: Awaited<ReturnType<typeof signOn>>, email: string, why = '') => {
  expect([answer.status, answer.body.code]).toEqual([400, 'sign_on_failed'])
  expect(answer.body.detail).toContain(why)
  expect(sessionCookie(answer)).toBeUndefined()
  expect(await memberOf(email)).toBeUndefined()
}

describe('signing in with SAML', () => {
  test('K-AUTH-04: a signed request goes out, and the assertion becomes a session, a member and their roles', async () => {
    const person = stranger({ groups: ['People', 'Others'] })
    const someone = browser()
    const request = await someone.ask(adfs.id, '/app/employees/employees?q=a')
    expect(request).toMatchObject({
      issuer: `http://acme.localhost/api/v1/auth/${adfs.id}/metadata`,
      acs: `http://acme.localhost/api/v1/auth/${adfs.id}/posted`,
    })
    const xml = provider.answer(request, provider.assertion(request, person).whole)
    const answer = await someone.bring(adfs.id, request, xml)
    expect([answer.status, answer.body.returnTo]).toEqual([201, '/app/employees/employees?q=a'])
    const me = await acme.anonymous.get('/session', { headers: { cookie: sessionCookie(answer)! } })
    expect(me.body.member).toMatchObject({ email: person.email, name: expect.stringContaining('Grace') })
    expect((await memberOf(person.email))!.roles).toEqual(['employees.people-lead'])
    const known = await memberOf(person.email)
    expect((await signOn({ ...person, attributes: { ...person.attributes, groups: [] } })).status).toBe(201)
    expect(await memberOf(person.email)).toEqual({ ...known, roles: ['member'] })
  })

  test('takes assertions as another program makes them', async () => {
    const person = stranger()
    const someone = browser()
    const request = await someone.ask(adfs.id)
    const [key] = provider.keys
    const xml = saml.Saml20.create({
      key: key!.privateKey,
      cert: `-----BEGIN CERTIFICATE-----\n${key!.certificate}\n-----END CERTIFICATE-----`,
      issuer: provider.issuer,
      lifetimeInSeconds: 300,
      audiences: request.issuer,
      recipient: request.acs,
      inResponseTo: request.id,
      nameIdentifier: 'made elsewhere',
      attributes: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': person.email },
    })
    expect((await someone.bring(adfs.id, request, provider.answer(request, xml))).status).toBe(201)
    expect(await memberOf(person.email)).toBeDefined()
  })

  test('an answer that is signed as a whole too, without destination, by a clock that is a little off', async () => {
    const person = stranger()
    expect((await signOn(person, { signed: true })).status).toBe(201)
    expect((await signOn({ ...person, from: 30, until: 400 }, { destination: undefined })).status).toBe(201)
    expect((await signOn({ ...person, from: -400, until: -30 })).status).toBe(201)
  })

  test('the address may be the name itself, and a second factor used there counts where it is trusted', async () => {
    const { email } = stranger()
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
    const said = { nameId: email, format, context: 'https://refeds.org/profile/mfa' }
    expect((await signOn(said)).body.session.member.email).toBe(email)
    const path = `/sign-on/providers/${adfs.id}`
    await acme.admin.patch(path, { trustsSecondFactor: true }, { version: 1 })
    await signOn({ ...said, context: 'urn:oasis:names:tc:SAML:2.0:ac:classes:Password' })
    await signOn(said)
    await acme.admin.patch(path, { trustsSecondFactor: false }, { version: 2 })
    const opened = await acme.sql(
      `SELECT s.method, s.second FROM plinth.session s JOIN plinth.member m ON m.id = s.member_id
       WHERE m.email = $1 ORDER BY s.created_at`,
      [email],
    )
    expect(opened).toEqual([
      { method: 'saml', second: null },
      { method: 'saml', second: null },
      { method: 'saml', second: 'provider' },
    ])
  })

  test('joins an account there is only for a domain that was entered for the provider', async () => {
    await acme.sql(`UPDATE plinth.member SET email = 'someone@elsewhere.example' WHERE id = $1`, [
      (await acme.addMember()).id,
    ])
    const foreign = await signOn({ nameId: 'x-1', attributes: { mail: ['someone@elsewhere.example'] } })
    expect([foreign.status, foreign.body.code]).toEqual([403, 'account_exists'])
    const unknown = await signOn({ nameId: 'x-2', attributes: { mail: ['nobody@elsewhere.example'] } })
    expect(unknown.body.code).toBe('not_onboarded')
  })
})

describe('refused is', () => {
  test.each(Object.entries(WRAPPINGS))('%s', async (_, wrap) => {
    const someone = browser()
    const request = await someone.ask(adfs.id)
    const victim = stranger()
    const attacker = stranger()
    const original = provider.assertion(request, attacker)
    const xml = wrap({ provider, request, original, forged: forge(provider, request, victim) })
    await expectRefused(await someone.bring(adfs.id, request, xml), victim.email)
    expect(await memberOf(attacker.email)).toBeUndefined()
  })

  const soon = { from: -900, until: -120 }
  test.each<[string, Said, Around, Signing, string]>([
    ['an assertion for someone else', { audience: 'urn:else' }, {}, {}, 'someone else'],
    ['an assertion for anyone', { audience: undefined }, {}, {}, ''],
    ['an assertion for another address', { recipient: 'http://beta.localhost/x' }, {}, {}, 'this place'],
    ['an assertion without address', { recipient: undefined }, {}, {}, 'this place'],
    ['an assertion whose time has passed', soon, {}, {}, 'time'],
    ['an assertion whose time has not come', { from: 300, until: 900 }, {}, {}, 'time'],
    ['an assertion of another request', { inResponseTo: '_other' }, {}, {}, 'request'],
    ['an assertion of no request', { inResponseTo: undefined }, {}, {}, 'request'],
    [
      'an assertion that others have to confirm',
      { method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' },
      {},
      {},
      'this place',
    ],
    ['an assertion of another provider', { issuer: 'urn:evil' }, {}, {}, 'another provider'],
    ['an answer of another provider', {}, { issuer: 'urn:evil' }, {}, 'another provider'],
    ['an answer for another address', {}, { destination: 'http://beta.localhost/x' }, {}, 'another address'],
    ['an answer to another request', {}, { inResponseTo: '_other' }, {}, 'another request'],
    ['an answer to no request', {}, { inResponseTo: undefined }, {}, 'another request'],
    [
      'a refusal, whatever comes along',
      {},
      { status: 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed' },
      {},
      'AuthnFailed',
    ],
    ['a signature by another key', {}, {}, { key: other }, 'signature'],
    ['a key that comes with the answer', {}, {}, { key: other, keyInfo: other.certificate }, 'signature'],
    ['a signature with SHA-1', {}, {}, { hash: 'sha1' }, 'not of the kind'],
    ['a digest with SHA-1', {}, {}, { digest: 'sha1' }, 'not of the kind'],
    [
      'a name that is another each time',
      { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
      {},
      {},
      'another name',
    ],
    ['no name', { nameId: '' }, {}, {}, 'nobody'],
  ])('%s', async (_, said, around, signing, why) => {
    const person = stranger()
    await expectRefused(await signOn({ ...person, ...said }, around, signing), person.email, why)
  })

  test.each<[string, (xml: string, email: string) => string, string]>([
    ['what is not signed', (xml) => xml.replace(/<ds:Signature.*<\/ds:Signature>/, ''), 'not signed'],
    ['what was changed after signing', (xml, email) => xml.replace(email, `x${email}`), 'signature'],
    ['a name that a comment cuts short', (xml) => xml.replace('>person-', '>admin<!---->person-'), 'comment'],
    ['a processing instruction', (xml) => xml.replace('<saml:NameID', '<?x y?><saml:NameID'), 'instruction'],
    ['a document type', (xml) => `<!DOCTYPE x [<!ENTITY a "b">]>${xml}`, 'document type'],
    [
      'entities that grow',
      (xml) =>
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${xml.replace('>person-', '>&b;')}`,
      'document type',
    ],
    [
      'a file of the server',
      (xml) => `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${xml}`,
      'document type',
    ],
    [
      'endless nesting',
      (xml) => xml.replace('<samlp:Status>', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}<samlp:Status>`),
      'too large',
    ],
    [
      'an encrypted assertion nobody asked for',
      (xml) => xml.replaceAll('saml:Assertion', 'saml:EncryptedAssertion'),
      'encrypted',
    ],
    ['what is no XML', () => 'PHNhbWw+', 'well-formed'],
    ['a sign-out', (xml) => xml.replaceAll('samlp:Response', 'samlp:LogoutResponse'), 'no answer'],
  ])('%s', async (_, change, why) => {
    const someone = browser()
    const request = await someone.ask(adfs.id)
    const person = stranger()
    const xml = provider.answer(request, provider.assertion(request, person).whole)
    await expectRefused(await someone.bring(adfs.id, request, change(xml, person.email)), person.email, why)
  })

  test('an answer a second time, on this node and on any other', async () => {
    const node = await platform.anotherNode()
    const elsewhere = new SamlBrowser(node.tenant('acme'), provider)
    const someone = browser()
    const request = await someone.ask(adfs.id)
    const xml = provider.answer(request, provider.assertion(request, stranger()).whole)
    elsewhere.cookie = someone.cookie
    expect((await someone.bring(adfs.id, request, xml)).status).toBe(201)
    for (const each of [someone, elsewhere]) {
      each.cookie = elsewhere.cookie
      expect((await each.bring(adfs.id, request, xml)).body.detail).toContain('used before')
    }
    await node.stop()
  })

  test('an assertion for one request, brought for another', async () => {
    const thief = browser()
    const victim = browser()
    const stolen = provider.assertion(await victim.ask(adfs.id), stranger())
    const request = await thief.ask(adfs.id)
    const answer = await thief.bring(adfs.id, request, provider.answer(request, stolen.whole))
    expect(answer.body.detail).toContain('another request')
  })

  test('login CSRF: an answer this browser has not asked for, posted by whichever site', async () => {
    const attacker = browser()
    const request = await attacker.ask(adfs.id)
    const xml = provider.answer(request, provider.assertion(request, stranger()).whole)
    const victim = browser()
    expect((await victim.bring(adfs.id, request, xml)).body.detail).toContain('has not begun')
    const own = await victim.ask(adfs.id)
    expect((await victim.bring(adfs.id, request, xml)).body.detail).toContain('another attempt')
    expect(own.relayState).not.toBe(request.relayState)
  })

  test('an answer of one provider at another of the same workspace, and at another workspace', async () => {
    const twin = await world.add({ name: 'Twin' })
    const someone = browser()
    const request = await someone.ask(adfs.id)
    const xml = provider.answer(request, provider.assertion(request, stranger()).whole)
    expect((await someone.bring(twin.id, request, xml)).body.code).toBe('sign_on_failed')
    expect(
      (await new SamlBrowser(platform.tenant('beta'), provider).bring(adfs.id, request, xml)).status,
    ).toBe(404)
  })

  test('and noted, with the reason', async () => {
    const { email } = stranger()
    await expectRefused(await signOn({ audience: 'urn:else' }), email)
    const [entry] = await acme.sql(
      `SELECT after::text AS after FROM plinth.audit WHERE action = 'signIn.refused' ORDER BY id DESC LIMIT 1`,
    )
    expect(entry!['after']).toContain('someone else')
  })
})
