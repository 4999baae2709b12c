import type { AuthorizationAnswer } from '@plinth/sdk'
import * as client from 'openid-client'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { agree } from './consent.ts'
import { OAuthProgram } from './oauth-client.ts'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme

const READ = 'education.library.author.read'
const CALLBACK = 'https://app.example/callback'
const wish = { scopes: ['education.library.*'], redirectUris: [CALLBACK] }

/** Asks the platform itself, whatever port the address names. */
const ask: client.CustomFetch = async (url, { method, headers, body }) =>
  platform.platform.app.request(url, { method, headers, body: body as string | null })

/** A library that knows nothing of the platform, at the workspace whose address it is given. */
async function discover(
  program: OAuthProgram,
  authentication: client.ClientAuth,
): Promise<client.Configuration> {
  const { issuer } = (await acme.anonymous.get('/oauth/metadata')).body
  return client.discovery(new URL(issuer), program.id, program.secret ?? undefined, authentication, {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
    [client.customFetch]: ask,
  })
}

const using = (token: string) => acme.clientWithKey(token)

describe('K-AUTH-12: a library finds everything by the metadata', () => {
  test.each([
    ['web', 'its secret in the form', (secret: string | null) => client.ClientSecretPost(secret!)],
    ['web', 'its secret by HTTP Basic', (secret: string | null) => client.ClientSecretBasic(secret!)],
    ['native', 'no secret', () => client.None()],
  ] as const)('a %s program with %s gets, renews and gives back tokens', async (kind, _, authentication) => {
    const program = await OAuthProgram.made(acme, admin, { kind, ...wish })
    const config = await discover(program, authentication(program.secret))
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const expectedState = client.randomState()
    const { search } = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: READ,
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const answer = await agree(admin, search.slice(1))
    // Wrong in its one detail, the library refuses it without asking: what says to come from elsewhere (mix-up), or was not asked for.
    for (const [name, value] of [
      ['iss', 'https://evil.example'],
      ['state', 'other'],
    ] as const) {
      const forged = new URL(answer)
      forged.searchParams.set(name, value)
      const checks = { pkceCodeVerifier, expectedState }
      await expect(client.authorizationCodeGrant(config, forged, checks)).rejects.toMatchObject({
        code: 'OAUTH_INVALID_RESPONSE',
      })
    }
    const tokens = await client.authorizationCodeGrant(config, answer, { pkceCodeVerifier, expectedState })
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 900, scope: READ })
    expect((await using(tokens.access_token).get('/library/authors')).status).toBe(200)
    const renewed = await client.refreshTokenGrant(config, tokens.refresh_token!)
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
    expect((await using(renewed.access_token).get('/library/authors')).status).toBe(200)
    if (kind === 'web')
      expect(await client.tokenIntrospection(config, renewed.access_token)).toMatchObject({
        active: true,
        client_id: program.id,
        scope: READ,
      })
    await client.tokenRevocation(config, renewed.refresh_token!)
    expect((await using(renewed.access_token).get('/library/authors')).status).toBe(401)
    await expect(client.refreshTokenGrant(config, renewed.refresh_token!)).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    })
  })

  test('a service gets tokens in its own name', async () => {
    const program = await OAuthProgram.made(acme, admin, { scopes: wish.scopes })
    const config = await discover(program, client.ClientSecretBasic(program.secret!))
    const tokens = await client.clientCredentialsGrant(config, { scope: READ })
    expect((await using(tokens.access_token).get('/library/authors')).status).toBe(200)
    await expect(client.clientCredentialsGrant(config, { scope: '*' })).rejects.toMatchObject({
      error: 'invalid_scope',
    })
    const wrong = await discover(program, client.ClientSecretPost('pls_wrong'))
    await expect(client.clientCredentialsGrant(wrong)).rejects.toMatchObject({
      error: 'invalid_client',
      status: 401,
    })
  })

  test('a member who says no is told to the library as what it is', async () => {
    const program = await OAuthProgram.made(acme, admin, { kind: 'native', ...wish })
    const config = await discover(program, client.None())
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const { search } = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const answer = await agree(admin, search.slice(1), false)
    await expect(client.authorizationCodeGrant(config, answer, { pkceCodeVerifier })).rejects.toMatchObject({
      error: 'access_denied',
    })
  })
})

test('asking, agreeing, getting and renewing need fewer than ten statements each', async () => {
  const program = await OAuthProgram.made(acme, admin, { kind: 'native', ...wish })
  const config = await discover(program, client.None())
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const { search } = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const query = search.slice(1)
  await admin.get('/session')
  const count = (work: () => Promise<unknown>) => platform.statements(work)
  let asked: AuthorizationAnswer | undefined
  let answer: URL | undefined
  let token: string | undefined
  const spent = {
    ask: await count(async () => {
      asked = (await admin.post('/oauth/authorization', { query })).body
    }),
    agree: await count(async () => {
      const scopes = asked && 'scopes' in asked ? asked.scopes.map(({ id }) => id) : []
      const decision = { query, allow: true, scopes }
      answer = new URL((await admin.post('/oauth/authorization/decision', decision)).body.redirectTo)
    }),
    code: await count(async () => {
      token = (await client.authorizationCodeGrant(config, answer!, { pkceCodeVerifier })).refresh_token
    }),
    refresh: await count(() => client.refreshTokenGrant(config, token!)),
    grants: await count(() => admin.get('/oauth/grants')),
    end: await count(() => admin.delete(`/oauth/grants/${program.id}`)),
  }
  for (const [what, statements] of Object.entries(spent)) expect(statements, what).toBeLessThan(10)
})
