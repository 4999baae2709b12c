import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { agree, consentQuery, letInAs, newVerifier } from './consent.ts'
import { expectProblem } from './expect-problem.ts'
import { expectRefused, OAuthProgram } from './oauth-client.ts'
import { roleMaker } from './role-fixtures.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { apiKeys, bus } = platform.platform.root.cradle
const makeRole = roleMaker(acme)

const MANAGE = 'platform.kernel.key.manage'
const READ = 'education.library.author.read'
const CREATE = 'education.library.author.create'
const CALLBACK = 'https://app.example/callback'

const web = await OAuthProgram.made(acme, admin, {
  kind: 'web',
  scopes: ['education.*'],
  redirectUris: [CALLBACK],
})

const memberWith = async (...grants: string[]) => acme.addMember([(await makeRole({ grants })).id])

const letIn = async (member: Client) =>
  (await letInAs(member, web, { redirect_uri: CALLBACK, scope: READ })).answer.body

const refresh = (program: OAuthProgram, token: string) =>
  program.send('token', { grant_type: 'refresh_token', refresh_token: token })

async function keyOf(
  maker: Client,
  permissions: readonly string[],
): Promise<{ id: string; program: Client }> {
  const { status, body, text } = await maker.post('/api-keys', { name: 'x', permissions })
  expect(status, text).toBe(201)
  return { id: body.id, program: acme.clientWithKey(body.key) }
}

describe('nobody gets hold of more by a program', () => {
  test('by rights that were passed on to them for a while', async () => {
    const { id } = await keyOf(admin, ['*'])
    const borrower = await memberWith(MANAGE)
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const wish = { member: borrower.id, roles: ['admin'], reason: 'On holiday', until }
    expect((await admin.post('/delegations', wish)).status).toBe(201)
    expect((await borrower.get('/library/authors')).status).toBe(200)
    for (const refused of [
      borrower.post(`/api-keys/${id}/rotate`),
      borrower.post('/api-keys', { name: 'x', permissions: [CREATE] }),
      borrower.post(`/oauth/clients/${web.id}/rotate`),
    ])
      expectProblem(await refused, 403, 'permission_missing')
  })

  test('by a prefix that will cover what they do not have', async () => {
    const { body } = await admin.get('/api-keys/scopes')
    const library = body.items.find((group: { id: string }) => group.id === 'education.library.*')
    expect(library.whole).toBe(true)
    const all = library.items.map(({ id }: { id: string }) => id) as string[]
    const keeper = await memberWith(MANAGE, ...all)
    const seen = (await keeper.get('/api-keys/scopes')).body.items
    expect(seen.find((group: { id: string }) => group.id === library.id)).toEqual({
      ...library,
      whole: false,
    })
    expect((await keyOf(keeper, all)).id).toBeDefined()
    const { program } = await keyOf(admin, [MANAGE, ...all])
    for (const maker of [keeper, program])
      for (const prefix of ['education.library.*', 'education.*'])
        expectProblem(
          await maker.post('/api-keys', { name: 'x', permissions: [prefix] }),
          403,
          'permission_missing',
        )
  })

  test('by the secret of a key that nobody has made', async () => {
    const { id } = await apiKeys.create(acme, 'Of the platform', ['*'], null)
    const { program } = await keyOf(admin, [MANAGE])
    expectProblem(await program.post(`/api-keys/${id}/rotate`), 403, 'permission_missing')
  })

  test('by having members sent somewhere else, or by a secret with which they are', async () => {
    const role = await makeRole({ grants: [MANAGE, CREATE] })
    const maker = await acme.addMember([role.id])
    const wish = { kind: 'web', scopes: [CREATE], redirectUris: [CALLBACK] }
    const { id } = await OAuthProgram.made(acme, maker, wish)
    const elsewhere = { redirectUris: ['https://elsewhere.example/'] }
    expect((await maker.patch(`/oauth/clients/${id}`, elsewhere)).status).toBe(200)
    await platform.sql(`UPDATE plinth.role SET grants = $2 WHERE id = $1`, [
      role.id,
      JSON.stringify([MANAGE]),
    ])
    await bus.publish({ topic: 'tenant', tenantId: acme.id })
    for (const refused of [
      maker.patch(`/oauth/clients/${id}`, { redirectUris: [CALLBACK] }),
      maker.post(`/oauth/clients/${id}/rotate`),
    ])
      expectProblem(await refused, 403, 'permission_missing')
    expect((await maker.patch(`/oauth/clients/${id}`, { name: 'Renamed' })).status).toBe(200)
  })
})

describe('a program a member has let in', () => {
  test('is not back with a member who is', async () => {
    const mara = await acme.addMember()
    const { access_token: token, refresh_token: renewal } = await letIn(mara)
    expect((await web.using(token).get('/library/authors')).status).not.toBe(401)
    for (const status of ['inactive', 'active'])
      expect((await admin.patch(`/members/${mara.id}`, { status })).status).toBe(200)
    expectProblem(await web.using(token).get('/library/authors'), 401, 'session_missing')
    expectRefused(await refresh(web, renewal), 'invalid_grant')
  })

  test('gets one of two answers when two nodes are asked at once, and loses all by it', async () => {
    const node = await platform.anotherNode()
    const there = new OAuthProgram(node.tenant('acme'), web)
    const { refresh_token: token } = await letIn(admin)
    const answers = await Promise.all([refresh(web, token), refresh(there, token)])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]))
    const { body } = answers.find(({ status }) => status === 200)!
    expectRefused(await refresh(web, body.refresh_token), 'invalid_grant')
    await node.stop()
  })

  test('leaves no more behind than what could still be brought a second time', async () => {
    const { refresh_token: first } = await letIn(admin)
    const { body } = await refresh(web, first)
    const stored = async () => (await platform.sql('SELECT used_at FROM plinth.oauth_refresh')).length
    const before = await stored()
    await platform.sql(
      `UPDATE plinth.oauth_refresh SET ends_at = ends_at - interval '15 days' WHERE used_at IS NOT NULL`,
    )
    expect((await refresh(web, body.refresh_token)).status).toBe(200)
    expect(await stored()).toBe(before)
    expectRefused(await refresh(web, first), 'invalid_grant')
  })

  test('gets nothing for a code when it has been removed meanwhile', async () => {
    const wish = { kind: 'native', scopes: [READ], redirectUris: [CALLBACK] }
    const passing = await OAuthProgram.made(acme, admin, wish)
    const verifier = newVerifier()
    const query = consentQuery(passing, verifier, { redirect_uri: CALLBACK })
    const code = (await agree(admin, query)).searchParams.get('code')!
    expect((await admin.delete(`/oauth/clients/${passing.id}`)).status).toBe(204)
    const form = { code, redirect_uri: CALLBACK, code_verifier: verifier }
    expectRefused(
      await passing.send('token', { grant_type: 'authorization_code', ...form }),
      'invalid_client',
      401,
    )
  })

  test('is let in for what the member was shown, or not at all', async () => {
    const wish = { kind: 'native', scopes: [READ], redirectUris: [CALLBACK] }
    const growing = await OAuthProgram.made(acme, admin, wish)
    const query = consentQuery(growing, newVerifier(), { redirect_uri: CALLBACK })
    const asked = await acme.member.post('/oauth/authorization', { query })
    const scopes = asked.body.scopes.map(({ id }: { id: string }) => id)
    expect(scopes).toEqual([READ])
    await admin.patch(`/oauth/clients/${growing.id}`, { scopes: [READ, CREATE] })
    const say = (shown?: unknown) =>
      acme.member.post('/oauth/authorization/decision', { query, allow: true, scopes: shown })
    for (const shown of [scopes, undefined, [CREATE], [READ, CREATE, '*']])
      expectProblem(await say(shown), 409, 'authorization_changed')
    expectProblem(await say('all'), 422, 'validation_failed')
    expect((await say([READ, CREATE])).status).toBe(200)
  })

  test('is let in for nothing that cannot be said in words', async () => {
    const ask = async (scope: string) =>
      acme.member.post('/oauth/authorization', {
        query: consentQuery(web, newVerifier(), { redirect_uri: CALLBACK, scope }),
      })
    const { body } = await ask(`${READ} education.nothing-but-your-name`)
    expect(body.scopes.map(({ id }: { id: string }) => id)).toEqual([READ])
    const refused = await ask('education.nothing-but-your-name')
    expect(new URL(refused.body.redirectTo).searchParams.get('error')).toBe('invalid_scope')
  })
})

describe('tokens', () => {
  test('are given no oftener than the program may ask for anything', async () => {
    const service = await OAuthProgram.made(acme, admin, { scopes: [READ], perMinute: 2 })
    const using = service.using(await service.token())
    await service.token()
    const refused = await service.send('token', { grant_type: 'client_credentials' })
    expectRefused(refused, 'slow_down', 429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expectProblem(await using.get('/library/authors'), 429, 'rate_exceeded')
    const wish = { kind: 'native', scopes: [READ], redirectUris: [CALLBACK], perMinute: 1 }
    const pocket = await OAuthProgram.made(acme, admin, wish)
    const { answer } = await letInAs(admin, pocket, { redirect_uri: CALLBACK })
    const next = await refresh(pocket, answer.body.refresh_token)
    expect(next.status, next.text).toBe(200)
    const token = next.body.refresh_token
    expectRefused(await refresh(pocket, token), 'slow_down', 429)
    // It has lost nothing by asking too soon.
    await platform.sql(`UPDATE plinth.oauth_refresh SET ends_at = ends_at - interval '61 seconds'`)
    expect((await refresh(pocket, token)).status).toBe(200)
  })

  test('hold as much as is taken again, and no more is given', async () => {
    const service = await OAuthProgram.made(acme, admin, { scopes: [READ] })
    const scopes = Array.from({ length: 198 }, (_, index) => `education.library.${index}`.padEnd(24, 'x'))
    const grow = (names: readonly string[]) =>
      platform.sql('UPDATE plinth.oauth_client SET scopes = $2 WHERE id = $1', [service.id, [READ, ...names]])
    await grow(scopes)
    const token = await service.token()
    expect((await service.using(token).get('/library/authors')).status).toBe(200)
    await grow([...scopes.slice(0, -1), 'x'.repeat(100)])
    expectRefused(await service.send('token', { grant_type: 'client_credentials' }), 'invalid_scope')
    expect((await service.using(await service.token(READ)).get('/library/authors')).status).toBe(200)
  })
})

test('who comes without a key, or with a wrong one, is told how to come', async () => {
  const challenge = async (client: Client) =>
    (await client.get('/library/authors')).headers.get('www-authenticate')
  expect(await challenge(acme.anonymous)).toBe('Bearer realm="Plinth"')
  expect(await challenge(acme.clientWithKey(`plk_acme_${'x'.repeat(43)}`))).toBe(
    'Bearer realm="Plinth", error="invalid_token"',
  )
})
