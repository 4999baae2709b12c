import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { expectRefused, OAuthProgram, sendForm } from './oauth-client.ts'
import type { Client } from './support/index.ts'

const platform = await bootFixtures({ tenants: [{ slug: 'acme' }, { slug: 'other' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const other = platform.tenant('other')
const { admin } = acme
const { bus } = platform.platform.root.cradle

const AUTHORS = 'education.library.author.*'
const CREATE = 'education.library.author.create'
const READ = 'education.library.author.read'

const service = await OAuthProgram.made(acme, admin, { scopes: [AUTHORS] })
const add = (client: Client) => client.post('/library/authors', { name: 'Sync' })

async function addRole(role: string, grants: readonly string[]) {
  await platform.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, $2, '{"en":"x"}', $3)`,
    [acme.id, role, JSON.stringify(grants)],
  )
  await bus.publish({ topic: 'tenant', tenantId: acme.id })
}

describe('K-AUTH-12: client credentials', () => {
  test('give a token for what was asked for, within what the client may have', async () => {
    const reader = service.using(await service.token(READ))
    expect((await reader.get('/library/authors')).status).toBe(200)
    expectProblem(await add(reader), 403, 'permission_missing')
    const writer = service.using(await service.token(`${READ} ${CREATE}`))
    const { status, body } = await add(writer)
    expect({ status, createdBy: body.createdBy }).toEqual({ status: 201, createdBy: service.id })
    for (const path of ['/session', '/shell']) expectProblem(await writer.get(path), 401, 'session_missing')
  })

  test('are taken by HTTP Basic too, and then not from the form as well', async () => {
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${service.id}:${secret}`).toString('base64')}`,
    })
    const grant = { grant_type: 'client_credentials' }
    expect((await sendForm(acme, 'token', grant, basic(service.secret!))).status).toBe(200)
    expectRefused(await service.send('token', grant, basic(service.secret!)), 'invalid_request')
    const wrong = await sendForm(acme, 'token', grant, basic('pls_wrong'))
    expectRefused(wrong, 'invalid_client', 401)
    expect(wrong.headers.get('www-authenticate')).toMatch(/^Basic /)
  })

  test.each([
    ['a wrong secret', { client_secret: 'pls_x' }, 'invalid_client', 401],
    ['an unknown client', { client_id: '01890000-0000-7000-8000-000000000000' }, 'invalid_client', 401],
    ['a name that is none', { client_id: "' OR 1=1 --" }, 'invalid_client', 401],
    ['no client', { client_id: '' }, 'invalid_client', 401],
    ['no secret', { client_secret: '' }, 'invalid_client', 401],
    ['no grant', { grant_type: '' }, 'invalid_request', 400],
    ['an unknown grant', { grant_type: 'password' }, 'unsupported_grant_type', 400],
    ['a foreign scope', { scope: 'education.library.book.read' }, 'invalid_scope', 400],
    ['more than was given', { scope: 'education.library.*' }, 'invalid_scope', 400],
    ['everything', { scope: '*' }, 'invalid_scope', 400],
    ['a star in the middle', { scope: 'education.*.author.read' }, 'invalid_scope', 400],
  ])('are refused with %s', async (_, fields, code, status) => {
    expectRefused(await service.send('token', { grant_type: 'client_credentials', ...fields }), code, status)
  })

  test('are refused when a parameter stands there twice, or the form is none', async () => {
    const form = `grant_type=client_credentials&client_id=${service.id}&client_secret=${service.secret}`
    expectRefused(await sendForm(acme, 'token', `${form}&scope=${READ}&scope=${CREATE}`), 'invalid_request')
    const json = { 'content-type': 'application/json' }
    expectRefused(await sendForm(acme, 'token', '{}', json), 'invalid_request')
    expectRefused(await sendForm(acme, 'token', 'x'.repeat(1_100_000)), 'invalid_request')
  })

  test('of another workspace are none here', async () => {
    const grant = { grant_type: 'client_credentials', client_id: service.id, client_secret: service.secret! }
    expectRefused(await sendForm(other, 'token', grant), 'invalid_client', 401)
    expectProblem(await other.admin.patch(`/oauth/clients/${service.id}`, { name: 'x' }), 404, 'not_found')
    expectProblem(await other.admin.post(`/oauth/clients/${service.id}/rotate`), 404, 'not_found')
    expectProblem(await other.admin.delete(`/oauth/clients/${service.id}`), 404, 'not_found')
    expect((await other.admin.get('/oauth/clients')).text).not.toContain(service.id)
  })

  test('that are wrong stand in the log, once a minute and without the secret', async () => {
    const guess = () =>
      service.send('token', { grant_type: 'client_credentials', client_secret: 'pls_guess' })
    await guess()
    await guess()
    const { body, text } = await admin.get(`/audit?subjectType=platform.client&subjectId=${service.id}`)
    const refused = body.items.filter(({ action }: { action: string }) => action === 'client.refused')
    expect(refused).toHaveLength(1)
    expect(text).not.toContain('pls_')
  })
})

describe('a client', () => {
  test('gives a token back, and it is refused on every node', async () => {
    const token = await service.token()
    const node = await platform.anotherNode()
    const there = node.tenant('acme').clientWithKey(token)
    expect((await there.get('/library/authors')).status).toBe(200)
    expect((await service.send('revoke', { token })).status).toBe(200)
    expectProblem(await service.using(token).get('/library/authors'), 401, 'session_missing')
    await expect.poll(async () => (await there.get('/library/authors')).status).toBe(401)
    // A second time, or something that is no token, is no error.
    for (const each of [token, 'nonsense'])
      expect((await service.send('revoke', { token: each })).status).toBe(200)
    expectRefused(await service.send('revoke', {}), 'invalid_request')
    await node.stop()
  })

  test('asks about its own tokens, and learns nothing of those of others', async () => {
    const neighbour = await OAuthProgram.made(acme, admin, { scopes: ['*'] })
    const token = await service.token(READ)
    expect((await service.send('introspect', { token })).body).toMatchObject({
      active: true,
      client_id: service.id,
      scope: READ,
    })
    expect((await neighbour.send('introspect', { token })).body).toEqual({ active: false })
    expect((await neighbour.send('revoke', { token })).status).toBe(200)
    expect((await service.using(token).get('/library/authors')).status).toBe(200)
    await service.send('revoke', { token })
    expect((await service.send('introspect', { token })).body).toEqual({ active: false })
    const wrong = await service.send('introspect', { token, client_secret: 'pls_x' })
    expectRefused(wrong, 'invalid_client', 401)
  })

  test('is shown without its secret, and of that only a hash is stored', async () => {
    const { body, text } = await admin.get('/oauth/clients')
    expect(body.items.find(({ id }: { id: string }) => id === service.id)).toMatchObject({
      kind: 'service',
      name: 'Nightly sync',
      scopes: [AUTHORS],
      createdBy: { label: 'admin' },
      status: 'active',
    })
    expect(text).not.toContain(service.secret)
    const stored = await platform.sql(`SELECT c::text FROM plinth.oauth_client c`)
    expect(JSON.stringify(stored)).not.toContain(service.secret!.slice(4))
    expectProblem(await acme.member.get('/oauth/clients'), 403, 'permission_missing')
  })

  test('with a new secret is refused under the old one', async () => {
    const client = await OAuthProgram.made(acme, admin, { scopes: [AUTHORS] })
    const { body } = await admin.post(`/oauth/clients/${client.id}/rotate`)
    expectRefused(await client.send('token', { grant_type: 'client_credentials' }), 'invalid_client', 401)
    expect(await new OAuthProgram(acme, body).token()).toMatch(/^eyJ/)
  })

  test('gets nothing its maker does not hold, nor by somebody who makes its secret anew', async () => {
    await addRole('keeper', ['platform.kernel.key.manage', READ])
    const keeper = await acme.addMember(['keeper'])
    const wish = { kind: 'service', name: 'x' }
    const refused = (answer: Awaited<ReturnType<Client['post']>>) =>
      expectProblem(answer, 403, 'permission_missing')
    for (const scopes of [['*'], ['education.library.*'], [CREATE]])
      refused(await keeper.post('/oauth/clients', { ...wish, scopes }))
    refused(await keeper.patch(`/oauth/clients/${service.id}`, { scopes: ['*'] }))
    refused(await keeper.post(`/oauth/clients/${service.id}/rotate`))
    expect((await keeper.post('/oauth/clients', { ...wish, scopes: [READ] })).status).toBe(201)
  })

  test.each([
    ['without a name', { name: '' }],
    ['without scopes', { scopes: [] }],
    ['for what there is not', { scopes: ['education.library.unicorn.ride'] }],
    ['of an unknown kind', { kind: 'root' }],
    ['made by somebody else', { createdBy: null }],
    ['with a secret of its choice', { secret: 'mine' }],
    ['without limit', { perMinute: 10_000_000 }],
  ])('is not made %s', async (_, fields) => {
    const wish = { kind: 'service', name: 'x', scopes: [READ], ...fields }
    expectProblem(await admin.post('/oauth/clients', wish), 422, 'validation_failed')
  })
})

describe('the description of the server', () => {
  test('is where programs look for it, and takes no address from the request', async () => {
    const { body } = await acme.anonymous.get('/oauth/metadata')
    const ask = async (url: string, headers = {}) => platform.platform.app.request(url, { headers })
    const name = '.well-known/oauth-authorization-server'
    for (const url of [`http://acme.localhost/${name}`, `http://localhost/${name}/t/acme`])
      expect(await (await ask(url)).json()).toEqual(body)
    const misled = await ask(`http://acme.localhost/${name}`, {
      host: 'acme.localhost:6666',
      'x-forwarded-host': 'evil.example',
    })
    expect(await misled.json()).toEqual(body)
    expect((await ask(`http://localhost/${name}`)).status).toBe(404)
    expect((await ask(`http://localhost/${name}/t/nobody`)).status).toBe(404)
  })
})
