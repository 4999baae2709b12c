import saml from 'saml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeSigningKey } from '../src/sign-on/saml/signing-key.ts'
import { encryptAssertion, encryptionKey, type Encrypting } from './support/encrypt-assertion.ts'
import type { Around, Said, SeenRequest, Signing } from './support/saml-provider.ts'
import { bootSaml } from './saml-world.ts'
import { WHOLE_WRAPPINGS } from './saml-whole-wrapping.ts'
import { forge, WRAPPINGS } from './saml-wrapping.ts'
import { sessionCookie } from './sign-on-browser.ts'

const world = await bootSaml()
const { acme, add, browser, memberOf, provider, stranger } = world
afterAll(() => world.stop())

const UNREADABLE = 'cannot be read, or is not signed'
let id = ''
beforeAll(async () => {
  id = (await add({ name: 'Sealed', encryption: true })).id
})

const path = () => `/sign-on/providers/${id}`
const ourMetadata = async () => (await acme.anonymous.get(`/auth/${id}/metadata`)).text

/** What an assertion is turned into on its way, and what comes around it. */
type Dress = (request: SeenRequest, metadata: string) => string
const come = async (dress: Dress) => {
  const someone = browser()
  const request = await someone.ask(id)
  return someone.bring(id, request, dress(request, await ourMetadata()))
}
const sealed =
  (said: Said, encrypting: Encrypting = {}, around: Around = {}, signing: Signing = {}): Dress =>
  (request, metadata) =>
    provider.answer(
      request,
      encryptAssertion(provider.assertion(request, said, signing).whole, metadata, encrypting),
      around,
    )
const expectRefused = async (answer: Awaited<ReturnType<typeof come>>, email: string, why = '') => {
  expect([answer.status, answer.body.code]).toEqual([400, 'sign_on_failed'])
  expect(answer.body.detail).toContain(why)
  expect(sessionCookie(answer)).toBeUndefined()
  expect(await memberOf(email)).toBeUndefined()
}

describe('an encrypted assertion', () => {
  test.each<[string, Encrypting]>([
    ['AES-256-GCM', {}],
    ['AES-128-GCM', { cipher: 'aes-128-gcm' }],
    ['AES-256-CBC', { cipher: 'aes-256-cbc' }],
    ['AES-128-CBC', { cipher: 'aes-128-cbc' }],
    ['the key beside it', { isKeyBeside: true }],
  ])('is opened, and believed as it is signed: %s', async (_, encrypting) => {
    const person = stranger({ groups: ['People'] })
    const answer = await come(sealed(person, encrypting))
    expect(answer.status, answer.text).toBe(201)
    expect((await memberOf(person.email))!.roles).toEqual(['employees.people-lead'])
  })

  test('is taken as another program makes it', async () => {
    const { email } = stranger()
    const someone = browser()
    const request = await someone.ask(id)
    const [key] = provider.keys
    const publicKey = encryptionKey(await ourMetadata())
    const xml = await new Promise<string>((done, failed) => {
      saml.Saml20.create(
        {
          key: key!.privateKey,
          cert: `-----BEGIN CERTIFICATE-----\n${key!.certificate}\n-----END CERTIFICATE-----`,
          issuer: provider.issuer,
          lifetimeInSeconds: 300,
          audiences: request.issuer,
          recipient: request.acs,
          inResponseTo: request.id,
          nameIdentifier: 'sealed elsewhere',
          attributes: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': email },
          encryptionPublicKey: publicKey,
          encryptionCert: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
          encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
          keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
        },
        (error, made) => (error ? failed(error) : done(made!)),
      )
    })
    const whole = xml.includes('EncryptedAssertion')
      ? xml
      : `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${xml}</saml:EncryptedAssertion>`
    const answer = await someone.bring(id, request, provider.answer(request, whole))
    expect(answer.status, answer.text).toBe(201)
    expect(await memberOf(email)).toBeDefined()
  })

  test('need not be signed where the answer around it is, and both signatures count where there are two', async () => {
    const [first, second, third] = [stranger(), stranger(), stranger()]
    const unsigned: Dress = (request, metadata) =>
      provider.answer(
        request,
        encryptAssertion(provider.assertion(request, first).content, metadata, { cipher: 'aes-256-cbc' }),
        { signed: true },
      )
    expect((await come(unsigned)).status).toBe(201)
    expect((await come(sealed(second, {}, { signed: true }))).status).toBe(201)
    const other = await makeSigningKey('other')
    await expectRefused(
      await come(sealed(third, {}, { signed: true }, { key: other })),
      third.email,
      UNREADABLE,
    )
  })

  test('need not be one: what is not encrypted is still taken, and so is a key of before until there are two newer', async () => {
    const plain = stranger()
    expect(
      (await come((request) => provider.answer(request, provider.assertion(request, plain).whole))).status,
    ).toBe(201)
    const old = await ourMetadata()
    const renew = async () => {
      const { version } = (await acme.admin.get(path())).body
      return acme.admin.patch(path(), { renewEncryptionKey: true }, { version })
    }
    const renewed = await renew()
    expect([renewed.status, renewed.body.encryptionCertificates.length]).toEqual([200, 2])
    const fresh = await ourMetadata()
    expect(encryptionKey(fresh)).not.toBe(encryptionKey(old))
    // Requests are signed as before.
    expect(renewed.body.certificate).toEqual((await acme.admin.get(path())).body.certificate)
    const [late, early, late2] = [stranger(), stranger(), stranger()]
    for (const [said, metadata] of [
      [late, old],
      [early, fresh],
    ] as const)
      expect((await come((request) => sealed(said)(request, metadata))).status).toBe(201)
    expect((await renew()).body.encryptionCertificates).toHaveLength(2)
    await expectRefused(await come((request) => sealed(late2)(request, old)), late2.email, UNREADABLE)
  })

  test('has keys that are stored sealed, and are gone when nothing is to be encrypted any more', async () => {
    const made = await add({ name: 'For a while', encryption: true })
    expect(made.encryption).toBe(true)
    const row = async () =>
      (
        await acme.sql<{ row: string }>(
          `SELECT concat(settings, encode(secret, 'escape'), (SELECT string_agg(after::text, '') FROM plinth.audit)) AS row
           FROM plinth.sign_on_provider WHERE id = $1`,
          [made.id],
        )
      )[0]!.row
    expect(await row()).not.toContain('PRIVATE KEY')
    const off = await acme.admin.patch(
      `/sign-on/providers/${made.id}`,
      { encryption: false },
      { version: made.version },
    )
    expect(off.body).toMatchObject({
      encryption: false,
      encryptionCertificates: [],
      certificate: made.certificate,
    })
    expect((await acme.anonymous.get(`/auth/${made.id}/metadata`)).text).not.toContain('encryption')
    const again = await acme.admin.patch(
      `/sign-on/providers/${made.id}`,
      { encryption: true },
      { version: off.body.version },
    )
    expect(again.body.encryptionCertificates[0]).not.toEqual(made.encryptionCertificates[0])
  })
})

describe('refused is, of what is encrypted,', () => {
  // Anyone can encrypt: the key for it is public.
  test.each(Object.entries(WRAPPINGS))('%s', async (_, wrap) => {
    const [victim, attacker] = [stranger(), stranger()]
    const answer = await come((request, metadata) => {
      const original = provider.assertion(request, attacker)
      const plain = wrap({ provider, request, original, forged: forge(provider, request, victim) })
      const inner = /<\/samlp:Status>(.*)<\/samlp:Response>/s.exec(plain)![1]!
      return provider.answer(request, encryptAssertion(inner, metadata))
    })
    await expectRefused(answer, victim.email, UNREADABLE)
    expect(await memberOf(attacker.email)).toBeUndefined()
  })

  test.each(Object.entries(WHOLE_WRAPPINGS))('signed as a whole: %s', async (_, wrap) => {
    const [victim, attacker] = [stranger(), stranger()]
    const answer = await come((request, metadata) => {
      const inside = encryptAssertion(provider.assertion(request, attacker).content, metadata)
      const whole = provider.answerAround(request, inside, { signed: true })
      const forged = encryptAssertion(forge(provider, request, victim), metadata)
      return wrap({ provider, request, whole, forged })
    })
    await expectRefused(answer, victim.email)
  })

  const flip = (at: number) => (content: Buffer) => {
    const spoilt = Buffer.from(content)
    spoilt[at < 0 ? spoilt.length + at : at]! ^= 1
    return spoilt
  }
  test.each<[string, Encrypting, string]>([
    ['what was changed, by GCM', { spoil: flip(40) }, UNREADABLE],
    ['a tag that was cut short', { spoil: (content) => content.subarray(0, -4) }, UNREADABLE],
    ['a wrong padding, by CBC', { cipher: 'aes-256-cbc', spoil: flip(-17) }, UNREADABLE],
    ['a changed beginning, by CBC', { cipher: 'aes-256-cbc', spoil: flip(0) }, UNREADABLE],
    ['a changed middle, by CBC', { cipher: 'aes-256-cbc', spoil: flip(400) }, UNREADABLE],
    ['nothing at all', { spoil: () => Buffer.alloc(12) }, UNREADABLE],
    ['a key that is padded by PKCS #1 v1.5', { padding: 'pkcs1' }, 'not taken'],
    ['triple DES', { cipher: 'des-ede3-cbc' }, 'not taken'],
  ])('%s, and which of them it is stays unsaid', async (_, encrypting, why) => {
    const person = stranger()
    await expectRefused(await come(sealed(person, encrypting)), person.email, why)
  })

  test.each<[string, (xml: string) => string, string]>([
    ['two keys', (xml) => xml.replace(/(<xenc:EncryptedKey>.*<\/xenc:EncryptedKey>)/, '$1$1'), 'one key'],
    [
      'two contents',
      (xml) => xml.replace(/(<xenc:EncryptedData .*<\/xenc:EncryptedData>)/, '$1$1'),
      'exactly one',
    ],
    [
      'two encrypted assertions',
      (xml) => xml.replace(/(<saml:EncryptedAssertion .*<\/saml:EncryptedAssertion>)/, '$1$1'),
      'exactly one',
    ],
    [
      'a hash for the key other than that of the standard',
      (xml) =>
        xml.replace(
          'rsa-oaep-mgf1p">',
          'rsa-oaep-mgf1p"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>',
        ),
      'not taken',
    ],
    [
      'an assertion beside it',
      (xml) =>
        xml.replace(
          '</samlp:Status>',
          '</samlp:Status><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"></saml:Assertion>',
        ),
      'exactly one',
    ],
    [
      'another element beside it',
      (xml) => xml.replace('</xenc:EncryptedData>', '</xenc:EncryptedData><a></a>'),
      'more in',
    ],
  ])('%s', async (_, change, why) => {
    const person = stranger()
    const answer = await come((request, metadata) => change(sealed(person)(request, metadata)))
    await expectRefused(answer, person.email, why)
  })

  test('what is for someone else, too late, or used before, as without encryption', async () => {
    for (const [said, why] of [
      [{ audience: 'urn:else' }, 'someone else'],
      [{ from: -900, until: -120 }, 'time'],
      [{ inResponseTo: '_other' }, 'request'],
      [{ recipient: 'http://beta.localhost/x' }, 'this place'],
    ] as const) {
      const person = stranger()
      await expectRefused(await come(sealed({ ...person, ...said })), person.email, why)
    }
    const person = stranger()
    const fixed = { ...person, id: '_fixed' }
    expect((await come(sealed(fixed))).status).toBe(201)
    expect((await come(sealed(fixed))).body.detail).toContain('used before')
  })
})
