import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { agree, consentQuery, letInAs, newVerifier } from './consent.ts'
import { expectProblem } from './expect-problem.ts'
import { expectRefused, OAuthProgram } from './oauth-client.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { bus } = platform.platform.root.cradle

const READ = 'education.library.author.read'
const CREATE = 'education.library.author.create'
const CALLBACK = 'https://app.example/callback?from=plinth'
const kinds = { scopes: ['education.library.*'], redirectUris: [CALLBACK] }
const web = await OAuthProgram.made(acme, admin, { kind: 'web', ...kinds })
const native = await OAuthProgram.made(acme, admin, { kind: 'native', ...kinds })

const add = (client: Client) => client.post('/library/authors', { name: 'Sync' })

const queryOf = (program: OAuthProgram, verifier: string, changes: Record<string, string> = {}) =>
  consentQuery(program, verifier, { redirect_uri: CALLBACK, scope: `${READ} ${CREATE}`, ...changes })

const letIn = (member: Client, program: OAuthProgram) =>
  letInAs(member, program, { redirect_uri: CALLBACK, scope: `${READ} ${CREATE}` })

const refresh = (program: OAuthProgram, token: string, more = {}) =>
  program.send('token', { grant_type: 'refresh_token', refresh_token: token, ...more })

describe('K-AUTH-12: a member is asked', () => {
  test('by whom, for what in words, and where the answer goes', async () => {
    const query = queryOf(web, newVerifier())
    const { body } = await acme.member.post('/oauth/authorization', { query })
    const maker = (await admin.get('/session')).body.member.name
    const client = { id: web.id, name: 'Nightly sync', madeBy: maker }
    expect(body).toMatchObject({ client, returnsTo: CALLBACK })
    expect(body.scopes[0]).toMatchObject({ id: READ, label: { en: 'Authors: see' } })
    const all = queryOf(web, newVerifier(), { scope: 'education.library.*' })
    const wide = await acme.member.post('/oauth/authorization', { query: all })
    expect(wide.body.scopes[0].label.en).toBe('Library: everything')
  })

  test('and the program gets a code and who gave it; or that it was refused', async () => {
    const given = await agree(acme.member, queryOf(web, newVerifier()))
    const { body } = await acme.anonymous.get('/oauth/metadata')
    expect(given.href).toMatch(/^https:\/\/app\.example\/callback\?from=plinth&code=/)
    expect(Object.fromEntries(given.searchParams)).toMatchObject({ state: 'a b&c', iss: body.issuer })
    const refused = await agree(acme.member, queryOf(web, newVerifier()), false)
    expect(refused.searchParams.get('error')).toBe('access_denied')
    expect(refused.searchParams.get('iss')).toBe(body.issuer)
    expect(refused.searchParams.has('code')).toBe(false)
  })

  test.each([
    ['to another address', { redirect_uri: 'https://evil.example/' }],
    ['to an address that only begins so', { redirect_uri: `${CALLBACK}&x=1` }],
    ['to a path below', { redirect_uri: 'https://app.example/callback/..%2fevil' }],
    ['to an address in capitals', { redirect_uri: CALLBACK.toUpperCase() }],
    ['to nowhere', { redirect_uri: '' }],
    ['by nobody', { client_id: '01890000-0000-7000-8000-000000000000' }],
  ])('never to be sent %s', async (_, changes) => {
    const query = queryOf(web, newVerifier(), changes)
    for (const [path, body] of [
      ['', { query }],
      ['/decision', { query, allow: true }],
    ] as const)
      expectProblem(await acme.member.post(`/oauth/authorization${path}`, body), 400, 'authorization_invalid')
    const twice = `${queryOf(web, newVerifier())}&redirect_uri=https%3A%2F%2Fevil.example`
    expectProblem(
      await acme.member.post('/oauth/authorization', { query: twice }),
      400,
      'authorization_invalid',
    )
  })

  test.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['with plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    ['for more than the program may have', { scope: '*' }, 'invalid_scope'],
    ['by a request object', { request: 'eyJ' }, 'request_not_supported'],
  ])('nothing %s, and the program is told', async (_, changes, error) => {
    const url = await agree(acme.member, queryOf(web, newVerifier(), changes))
    expect(url.searchParams.get('error')).toBe(error)
    expect(url.origin).toBe('https://app.example')
  })

  test('in person: no program agrees, no other site, nobody without a session, none of another workspace', async () => {
    const body = { query: queryOf(web, newVerifier()), allow: true }
    const path = '/oauth/authorization/decision'
    expectProblem(await acme.anonymous.post(path, body), 401, 'session_missing')
    const { key } = (await admin.post('/api-keys', { name: 'x', permissions: ['*'] })).body
    expectProblem(await acme.clientWithKey(key).post(path, body), 401, 'session_missing')
    const { answer } = await letIn(acme.member, web)
    expectProblem(await web.using(answer.body.access_token).post(path, body), 401, 'session_missing')
    const forged = await platform.platform.app.request(`http://acme.localhost/api/v1${path}`, {
      method: 'POST',
      headers: { cookie: await acme.member.cookie(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(forged.status).toBe(403)
    expectProblem(await platform.tenant('other').admin.post(path, body), 400, 'authorization_invalid')
  })
})

test('whoever left their browser open is asked who they are before a program is let in', async () => {
  const mara = await acme.addMember()
  const query = queryOf(web, newVerifier())
  await mara.get('/session')
  const age = `UPDATE plinth.session SET proven_at = now() - interval '16 minutes' WHERE member_id = $1`
  await platform.sql(age, [mara.id])
  await bus.publish({ topic: 'identity', tenantId: acme.id })
  const headers = { 'content-type': 'application/json' }
  const say = (allow: boolean) => {
    const body = JSON.stringify({ query, allow })
    return mara.send('POST', '/oauth/authorization/decision', { headers, body })
  }
  expectProblem(await say(true), 403, 'confirmation_needed')
  expect((await say(false)).status).toBe(200)
})

test('a program on a device comes back to any port of its own machine, one on a server to what it named alone', async () => {
  const named = 'http://127.0.0.1/cb?x=1'
  const free = 'http://127.0.0.1:52817/cb?x=1'
  const wish = { ...kinds, redirectUris: [named] }
  const device = await OAuthProgram.made(acme, admin, { kind: 'native', ...wish })
  const { answer, form } = await letInAs(admin, device, { redirect_uri: free })
  expect(answer.status, answer.text).toBe(200)
  expect(form.redirect_uri).toBe(free)
  // The code is for the port it was asked for from.
  const verifier = newVerifier()
  const other = consentQuery(device, verifier, { redirect_uri: 'http://127.0.0.1:52818/cb?x=1' })
  const code = (await agree(admin, other)).searchParams.get('code')!
  expectRefused(await device.send('token', { ...form, code, code_verifier: verifier }), 'invalid_grant')
  const server = await OAuthProgram.made(acme, admin, { kind: 'web', ...wish })
  const query = consentQuery(server, newVerifier(), { redirect_uri: free })
  expectProblem(await admin.post('/oauth/authorization', { query }), 400, 'authorization_invalid')
})

test('no page of another site reads what a program gets, and none frames the page that asks', async () => {
  const headers = { origin: 'https://app.example' }
  for (const [method, path] of [
    ['GET', '/oauth/metadata'],
    ['GET', '/oauth/jwks'],
    ['POST', '/oauth/token'],
    ['OPTIONS', '/oauth/token'],
  ] as const) {
    const answer = await acme.anonymous.send(method, path, { headers })
    for (const [name] of answer.headers) expect(name).not.toMatch(/^access-control-/)
  }
})

describe.each([
  ['with a secret', web],
  ['without a secret', native],
])('a program %s', (_, program) => {
  test('acts as the member, within what was asked for and within what the member may do now', async () => {
    const clerk = await acme.addMember()
    const { answer } = await letIn(clerk, program)
    expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: `${READ} ${CREATE}` })
    const using = program.using(answer.body.access_token)
    expectProblem(await add(using), 403, 'permission_missing')
    await platform.sql(`UPDATE plinth.member SET roles = '{admin}' WHERE id = $1`, [clerk.id])
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    expect(await add(using)).toMatchObject({ status: 201, body: { createdBy: clerk.id } })
    expectProblem(await using.get('/plugins'), 403, 'permission_missing')
    expectProblem(await using.get('/session'), 401, 'session_missing')
    await platform.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [clerk.id])
    await bus.publish({ topic: 'identity', tenantId: acme.id })
    expectProblem(await add(using), 401, 'session_missing')
    expectRefused(await refresh(program, answer.body.refresh_token), 'invalid_grant')
  })

  test('that brings a code a second time has lost all that came of it', async () => {
    const { form, answer } = await letIn(admin, program)
    expect((await program.using(answer.body.access_token).get('/library/authors')).status).toBe(200)
    expectRefused(await program.send('token', form), 'invalid_grant')
    expectProblem(
      await program.using(answer.body.access_token).get('/library/authors'),
      401,
      'session_missing',
    )
    expectRefused(await refresh(program, answer.body.refresh_token), 'invalid_grant')
  })

  test.each([
    ['another verifier', { code_verifier: newVerifier() }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_request'],
    ['the challenge as verifier', { code_verifier: 'x' }, 'invalid_grant'],
    ['another address', { redirect_uri: 'https://app.example/callback' }, 'invalid_grant'],
    ['another code', { code: newVerifier() }, 'invalid_grant'],
  ])('gets no token with %s, and none afterwards', async (__, changes, code) => {
    const verifier = newVerifier()
    const good = {
      grant_type: 'authorization_code',
      code: (await agree(admin, queryOf(program, verifier))).searchParams.get('code')!,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    }
    expectRefused(await program.send('token', { ...good, ...changes }), code)
    const again = await program.send('token', good)
    const isUntouched = 'code' in changes || code === 'invalid_request'
    expect(again.status).toBe(isUntouched ? 200 : 400)
  })

  test('gets nothing for the code of another, nor for one that is too old', async () => {
    const verifier = newVerifier()
    const form = (code: string) => ({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    })
    const other = program === web ? native : web
    const foreign = (await agree(admin, queryOf(other, verifier))).searchParams.get('code')!
    expectRefused(await program.send('token', form(foreign)), 'invalid_grant')
    const old = (await agree(admin, queryOf(program, verifier))).searchParams.get('code')!
    await platform.sql(`UPDATE plinth.oauth_code SET ends_at = now() - interval '1 second'`)
    expectRefused(await program.send('token', form(old)), 'invalid_grant')
  })

  test('K-AUTH-06: renews its token on day 6, not on day 8, and with each once', async () => {
    const { answer } = await letIn(admin, program)
    const age = (days: number) =>
      platform.sql(`UPDATE plinth.oauth_refresh SET ends_at = ends_at - make_interval(days => $1)`, [days])
    await age(6)
    const next = await refresh(program, answer.body.refresh_token)
    expect(next.status).toBe(200)
    expect((await program.using(next.body.access_token).get('/library/authors')).status).toBe(200)
    await age(8)
    expectRefused(await refresh(program, next.body.refresh_token), 'invalid_grant')
  })

  test('that brings a refresh token a second time has lost the whole family, on every node', async () => {
    const { answer } = await letIn(admin, program)
    const next = (await refresh(program, answer.body.refresh_token)).body
    const node = await platform.anotherNode()
    const there = node.tenant('acme').clientWithKey(next.access_token)
    expect((await there.get('/library/authors')).status).toBe(200)
    expectRefused(await refresh(program, answer.body.refresh_token), 'invalid_grant')
    expectRefused(await refresh(program, next.refresh_token), 'invalid_grant')
    expectProblem(await program.using(next.access_token).get('/library/authors'), 401, 'session_missing')
    await expect.poll(async () => (await there.get('/library/authors')).status).toBe(401)
    await node.stop()
  })

  test('gets less than it had if it asks for that, never more', async () => {
    const { answer } = await letIn(admin, program)
    const less = await refresh(program, answer.body.refresh_token, { scope: READ })
    expectProblem(await add(program.using(less.body.access_token)), 403, 'permission_missing')
    const token = less.body.refresh_token
    for (const scope of ['education.library.*', '*', `${READ} platform.kernel.member.read`])
      expectRefused(await refresh(program, token, { scope }), 'invalid_scope')
    // It has lost nothing by asking.
    expect((await refresh(program, token)).body.scope).toBe(`${READ} ${CREATE}`)
  })

  test('gives all of it back with either token; another cannot', async () => {
    for (const name of ['access_token', 'refresh_token']) {
      const { answer } = await letIn(admin, program)
      const token = answer.body[name]
      await (program === web ? native : web).send('revoke', { token })
      const using = program.using(answer.body.access_token)
      expect((await using.get('/library/authors')).status).toBe(200)
      expect((await program.send('revoke', { token })).status).toBe(200)
      expectProblem(await using.get('/library/authors'), 401, 'session_missing')
      expectRefused(await refresh(program, answer.body.refresh_token), 'invalid_grant')
    }
  })
})

describe('the programs a member lets in', () => {
  test('are shown to them alone, and let in no longer when they say so', async () => {
    const mara = await acme.addMember()
    const { answer } = await letIn(mara, web)
    const using = web.using(answer.body.access_token)
    const { body } = await mara.get('/oauth/grants')
    expect(body.items).toMatchObject([{ id: web.id, name: 'Nightly sync', lastUsedAt: null }])
    expect(body.items[0].scopes.map(({ id }: { id: string }) => id)).toEqual([CREATE, READ])
    expectProblem(await (await acme.addMember()).delete(`/oauth/grants/${web.id}`), 404, 'not_found')
    expect((await using.get('/library/authors')).status).not.toBe(401)
    expect((await mara.delete(`/oauth/grants/${web.id}`)).status).toBe(204)
    expectProblem(await using.get('/library/authors'), 401, 'session_missing')
    expect((await mara.get('/oauth/grants')).body).toEqual({ items: [] })
  })

  test('have nothing stored that would let anybody in', async () => {
    const { form, answer } = await letIn(admin, web)
    const stored = JSON.stringify([
      await platform.sql('SELECT c::text FROM plinth.oauth_code c'),
      await platform.sql('SELECT r::text FROM plinth.oauth_refresh r'),
      (await admin.get('/audit')).text,
    ])
    for (const secret of [form.code, answer.body.refresh_token, answer.body.access_token])
      expect(stored).not.toContain(secret)
  })
})

test.each([
  ['a service with an address', { kind: 'service', redirectUris: [CALLBACK] }],
  ['a program for members without one', { kind: 'web' }],
  ['one that sends them to a script', { kind: 'web', redirectUris: ['javascript:alert(1)'] }],
])('there is no such client: %s', async (_, wish) => {
  const answer = await admin.post('/oauth/clients', { name: 'x', scopes: [READ], ...wish })
  expectProblem(answer, 422, 'validation_failed')
})
