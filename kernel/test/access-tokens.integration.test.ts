import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { expectRefused, OAuthProgram } from './oauth-client.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const other = platform.tenant('other')
const { admin } = acme
const { bus, signingKeys, accessTokens, tenants } = platform.platform.root.cradle

const AUTHORS = 'education.library.author.*'
const CREATE = 'education.library.author.create'
const READ = 'education.library.author.read'

const service = await OAuthProgram.made(acme, admin, { scopes: [AUTHORS] })
const add = (client: Client) => client.post('/library/authors', { name: 'Sync' })
const asText = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function addRole(role: string, grants: readonly string[]) {
  await platform.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, $2, '{"en":"x"}', $3)`,
    [acme.id, role, JSON.stringify(grants)],
  )
  await bus.publish({ topic: 'tenant', tenantId: acme.id })
}

/** Does something as if so much time had passed. */
async function later<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
  try {
    return await work()
  } finally {
    vi.useRealTimers()
  }
}

describe('K-AUTH-06: an access token', () => {
  test('is good for 14 minutes and 59 seconds, and not after 15 minutes and a second', async () => {
    const start = Math.ceil(Date.now() / 1_000) * 1_000
    vi.useFakeTimers({ toFake: ['Date'], now: start })
    try {
      const [used, unused] = [service.using(await service.token()), service.using(await service.token())]
      expect((await used.get('/library/authors')).status).toBe(200)
      vi.setSystemTime(start + (14 * 60 + 59) * 1_000)
      expect((await used.get('/library/authors')).status).toBe(200)
      vi.setSystemTime(start + (15 * 60 + 1) * 1_000)
      // One that is known here, and one that never came by.
      for (const program of [used, unused])
        expectProblem(await program.get('/library/authors'), 401, 'session_missing')
    } finally {
      vi.useRealTimers()
    }
  })

  test('is a JWT for this workspace that anybody can verify with the public keys', async () => {
    const token = await service.token(READ)
    const { body: keys } = await acme.anonymous.get('/oauth/jwks')
    const { body: metadata } = await acme.anonymous.get('/oauth/metadata')
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer: metadata.issuer,
      audience: metadata.issuer,
      typ: 'at+jwt',
    })
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: keys.keys[0].kid })
    expect(payload).toMatchObject({ sub: service.id, client_id: service.id, scope: READ })
    expect(payload.exp! - payload.iat!).toBe(900)
    expect(JSON.stringify(keys)).not.toContain('"d"')
    const stranger = (await other.anonymous.get('/oauth/jwks')).body.keys
    expect(stranger.map(({ kid }: { kid: string }) => kid)).not.toContain(keys.keys[0].kid)
  })

  test('outlives the change of keys, as two of them count at any time', async () => {
    const DAYS = 86_400_000
    const period = 30 * DAYS
    const toChange = period - (Date.now() % period)
    const before = await later(toChange - 60_000, () => service.token())
    const after = await later(toChange + 60_000, async () => {
      const token = await service.token()
      for (const each of [before, token])
        expect((await service.using(each).get('/library/authors')).status).toBe(200)
      return token
    })
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid)
    await later(toChange - 60_000, async () => {
      const { body } = await acme.anonymous.get('/oauth/jwks')
      expect(body.keys.map(({ kid }: { kid: string }) => kid)).toContain(decodeProtectedHeader(after).kid)
    })
  })

  describe('is refused', async () => {
    const good = await service.token()
    const [head, payload, signature] = good.split('.') as [string, string, string]
    const header = decodeProtectedHeader(good)
    const claims = decodeJwt(good)
    const { privateKey } = signingKeys.current(acme.id)
    const publicKey = Buffer.from(
      signingKeys.current(acme.id).publicKey.export({ format: 'pem', type: 'spki' }) as string,
    )
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const foreign = generateKeyPairSync('ed25519')
    const signed = (changes: object, head2: object = {}, key = privateKey) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: header.kid!, ...head2 })
        .sign(key)
    const hmac = (key: Buffer) => {
      const text = `${asText({ ...header, alg: 'HS256' })}.${payload}`
      return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
    }
    const raw = (head2: object, claims2: object) => {
      const text = `${asText(head2)}.${asText(claims2)}`
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`
    }
    const [stranger] = [await tenants.bySlug('other')]
    const now = Math.floor(Date.now() / 1_000)
    const jwk = foreign.publicKey.export({ format: 'jwk' })

    test.each([
      ['without a signature', `${asText({ ...header, alg: 'none' })}.${payload}.`],
      ['with "None" for an algorithm', `${asText({ ...header, alg: 'None' })}.${payload}.`],
      ['with the signature left out', `${head}.${payload}.`],
      ['with other claims under the signature', `${head}.${asText({ ...claims, scope: '*' })}.${signature}`],
      ['signed with the public key as a shared secret', hmac(publicKey)],
      ['signed with the bytes of the public key', hmac(Buffer.from(String(jwk.x), 'base64url'))],
      [
        'signed with RSA under our kid',
        await new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: header.kid! })
          .sign(rsa.privateKey),
      ],
      ['signed with another key under our kid', await signed({}, {}, foreign.privateKey)],
      ['that brings its key along', await signed({}, { jwk }, foreign.privateKey)],
      [
        'that says where its key is',
        await signed({}, { jku: 'https://evil.example/jwks', kid: 'x' }, foreign.privateKey),
      ],
      ['whose kid is a path', await signed({}, { kid: '../../../../dev/null' })],
      ['whose kid is SQL', await signed({}, { kid: "' UNION SELECT 'x' --" })],
      ['without kid', await signed({}, { kid: undefined })],
      ['of another kind', await signed({}, { typ: 'JWT' })],
      ['with a header that must be understood', raw({ ...header, crit: ['exp'], exp: 1 }, claims)],
      ['for another audience', await signed({ aud: 'https://other.example' })],
      ['of another issuer', await signed({ iss: 'https://other.example' })],
      ['that never ends', await signed({ exp: undefined })],
      ['that has ended', await signed({ exp: now - 1 })],
      ['that is not good yet', await signed({ nbf: now + 600 })],
      ['of a client there is not', await signed({ client_id: '01890000-0000-7000-8000-000000000000' })],
      ['of a client with a strange name', await signed({ client_id: "'; --" })],
      [
        'of another workspace for this client',
        await accessTokens.issue(stranger!, {
          clientId: service.id,
          subject: service.id,
          scopes: ['*'],
          grantId: undefined,
        }),
      ],
      ['that is too long', `${good}${'x'.repeat(5_000)}`],
      ['that is none', 'eyJhbGciOiJub25lIn0'],
    ])('%s', async (_, token) => {
      expectProblem(await service.using(token).get('/library/authors'), 401, 'session_missing')
    })

    test('and not because of how it was sent: the right one is taken', async () => {
      for (const token of [await signed({}), raw(header, claims)])
        expect((await service.using(token).get('/library/authors')).status).toBe(200)
    })
  })

  test('in the name of a client is bounded by its maker, and by the client, at that moment and on every node', async () => {
    await addRole('integrator', ['platform.kernel.key.manage', 'education.library.*'])
    const maker = await acme.addMember(['integrator'])
    const client = await OAuthProgram.made(acme, maker, { scopes: [READ, CREATE] })
    const token = await client.token()
    const here = client.using(token)
    const node = await platform.anotherNode()
    const there = node.tenant('acme').clientWithKey(token)
    expect([(await add(here)).status, (await add(there)).status]).toEqual([201, 201])
    const follows = async (status: number) => {
      expect((await add(here)).status).toBe(status)
      await expect.poll(async () => (await add(there)).status).toBe(status)
    }
    // The client loses a scope, and gets it back.
    await admin.patch(`/oauth/clients/${client.id}`, { scopes: [READ] })
    await follows(403)
    await admin.patch(`/oauth/clients/${client.id}`, { scopes: [READ, CREATE] })
    await follows(201)
    // The maker loses the role, and then the membership.
    await platform.sql(`UPDATE plinth.member SET roles = '{member}' WHERE id = $1`, [maker.id])
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    await follows(403)
    await platform.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [maker.id])
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    await follows(401)
    const refused = await client.send('token', { grant_type: 'client_credentials' })
    expectRefused(refused, 'unauthorized_client')
    await node.stop()
  })

  test('ends with its client, at once', async () => {
    const client = await OAuthProgram.made(acme, admin, { scopes: [AUTHORS] })
    const program = client.using(await client.token())
    expect((await program.get('/library/authors')).status).toBe(200)
    expect((await admin.delete(`/oauth/clients/${client.id}`)).status).toBe(204)
    expectProblem(await program.get('/library/authors'), 401, 'session_missing')
    expectRefused(await client.send('token', { grant_type: 'client_credentials' }), 'invalid_client', 401)
  })

  test('costs no statement once it is known', async () => {
    const program = service.using(await service.token())
    for (const each of [program, admin]) await each.get('/library/authors')
    const spent = await platform.statements(() => program.get('/library/authors'))
    const session = await platform.statements(() => admin.get('/library/authors'))
    expect(spent).toBe(session)
  })
})
