import request from 'supertest'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'

const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
const { port } = await platform.listen()
afterAll(() => platform.stop())

const base = `http://127.0.0.1:${port}`
const credentials = { email: 'member@acme.example', password: 'correct horse battery staple' }
const PROBLEM = { type: expect.any(String), title: expect.any(String), requestId: expect.any(String) }

/** A browser that has the workspace open: keeps cookies, and addresses the workspace by its host. */
function browser(slug = 'acme') {
  const agent = request.agent(base)
  void agent.host(`${slug}.localhost:${port}`)
  return agent
}

async function signedIn() {
  const agent = browser()
  const { body, headers } = await agent.post('/api/v1/session').send(credentials).expect(201)
  return { agent, csrf: String(body.csrf), cookie: String(headers['set-cookie']![0]) }
}

async function sessions(): Promise<number> {
  const [row] = await platform.sql<{ count: number }>('SELECT count(*)::int AS count FROM plinth.session')
  return row!.count
}

const valueOf = (cookie: string) => cookie.split(';')[0]!

describe('signing in', () => {
  test('answers who one is, and sets a cookie that no script and no other site can use', async () => {
    const { body, headers } = await browser().post('/api/v1/session').send(credentials).expect(201)
    expect(body).toMatchObject({ member: { email: credentials.email, locale: null } })
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(Date.now() + 3_600_000)
    const [cookie, device, ...further] = headers['set-cookie'] as unknown as string[]
    expect(further).toEqual([])
    expect(device).toMatch(
      /^plinth_device_[0-9a-f]{8}=[\w-]{43}; Max-Age=34560000; Path=\/api\/v1; HttpOnly; SameSite=Lax$/,
    )
    expect(cookie).toMatch(/^plinth_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
    const stored = await platform.sql(`SELECT encode(token_hash, 'escape') AS hash, csrf FROM plinth.session`)
    expect(JSON.stringify(stored)).not.toContain(valueOf(cookie!).split('=')[1])
  })

  test('over HTTPS, the cookie is sent over HTTPS only', async () => {
    const { headers } = await browser()
      .post('/api/v1/session')
      .set('x-forwarded-proto', 'https')
      .send(credentials)
      .expect(201)
    expect(headers['set-cookie']![0]).toContain('; Secure')
  })

  test('by path, the cookie stays within the workspace’s path', async () => {
    const agent = request.agent(base)
    const { headers } = await agent.post('/t/acme/api/v1/session').send(credentials).expect(201)
    expect(headers['set-cookie']![0]).toContain('Path=/t/acme/;')
    await agent.get('/t/acme/api/v1/session').expect(200)
    await agent.get('/t/other/api/v1/session').expect(401)
  })

  test('with a wrong password, as no one, or as someone who left, gets one and the same answer', async () => {
    const gone = await platform.tenant('acme').addMember()
    await platform.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [gone.id])
    const [row] = await platform.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [
      gone.id,
    ])
    const before = await sessions()
    const answers = []
    for (const attempt of [
      { ...credentials, password: 'wrong' },
      { ...credentials, email: 'nobody@acme.example' },
      { ...credentials, email: row!.email },
      { email: 'member@other.example', password: credentials.password },
    ]) {
      const { body, headers } = await browser().post('/api/v1/session').send(attempt).expect(401)
      expect(headers).not.toHaveProperty('set-cookie')
      answers.push({ ...body, requestId: '' })
    }
    expect(answers[0]).toMatchObject({ code: 'credentials_wrong' })
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await sessions()).toBe(before)
  })

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another workspace', { origin: `http://other.localhost:${port}` }],
    ['a page without origin', { origin: 'null' }],
    ['a site the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour the browser calls foreign', { 'sec-fetch-site': 'same-site' }],
  ])('is refused when %s sends the request', async (_, headers) => {
    const before = await sessions()
    const { body } = await browser().post('/api/v1/session').set(headers).send(credentials).expect(403)
    expect(body).toEqual({ ...PROBLEM, status: 403, code: 'csrf_invalid' })
    expect(await sessions()).toBe(before)
  })

  test('is not helped by a cookie that was there before', async () => {
    const planted = `plinth_session=${'A'.repeat(43)}`
    const { headers } = await browser()
      .post('/api/v1/session')
      .set('cookie', planted)
      .send(credentials)
      .expect(201)
    expect(valueOf(headers['set-cookie']![0]!)).not.toBe(planted)
    await browser().get('/api/v1/session').set('cookie', planted).expect(401)
    const again = await browser()
      .post('/api/v1/session')
      .set('cookie', valueOf(headers['set-cookie']![0]!))
      .send(credentials)
      .expect(201)
    expect(valueOf(again.headers['set-cookie']![0]!)).not.toBe(valueOf(headers['set-cookie']![0]!))
  })
})

describe('a session', () => {
  test('changes nothing without its token, nor with another one’s', async () => {
    const { agent, csrf } = await signedIn()
    const other = await signedIn()
    for (const token of [undefined, '', 'x', other.csrf, `${csrf}x`]) {
      const attempt = agent.patch('/api/v1/session').send({ locale: 'de' })
      const { body } = await (token === undefined ? attempt : attempt.set('x-csrf-token', token)).expect(403)
      expect(body).toEqual({ ...PROBLEM, status: 403, code: 'csrf_invalid' })
    }
    for (const method of ['post', 'put', 'patch', 'delete'] as const)
      await agent[method]('/api/v1/library/authors').expect(403)
    const { body } = await agent.get('/api/v1/session').expect(200)
    expect(body.member.locale).toBeNull()
    const changed = await agent
      .patch('/api/v1/session')
      .set('x-csrf-token', csrf)
      .send({ locale: 'de' })
      .expect(200)
    expect(changed.body.member.locale).toBe('de')
    await agent.patch('/api/v1/session').set('x-csrf-token', csrf).send({ locale: 'en' }).expect(200)
  })

  test('is none in another workspace, by host or by path', async () => {
    const { cookie } = await signedIn()
    await browser('other').get('/api/v1/session').set('cookie', valueOf(cookie)).expect(401)
    await request(base).get('/t/other/api/v1/session').set('cookie', valueOf(cookie)).expect(401)
    await browser('acme').get('/api/v1/session').set('cookie', valueOf(cookie)).expect(200)
  })

  test('ends at once with signing out, on every node, and leaves the member’s others', async () => {
    const { agent, csrf, cookie } = await signedIn()
    const another = await signedIn()
    const node = await platform.anotherNode()
    const elsewhere = async () =>
      node.platform.app.request(`http://acme.localhost/api/v1/session`, {
        headers: { cookie: valueOf(cookie) },
      })
    expect((await elsewhere()).status).toBe(200)
    const { headers } = await agent.delete('/api/v1/session').set('x-csrf-token', csrf).expect(204)
    expect(headers['set-cookie']![0]).toMatch(/^plinth_session=; Max-Age=0; Path=\//)
    await browser().get('/api/v1/session').set('cookie', valueOf(cookie)).expect(401)
    await expect.poll(async () => (await elsewhere()).status).toBe(401)
    await another.agent.get('/api/v1/session').expect(200)
    await node.stop()
  })

  test('ends with its time', async () => {
    const { agent } = await signedIn()
    await platform.sql(`UPDATE plinth.session SET expires_at = now() - interval '1 second'`)
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: platform.tenant('acme').id })
    await agent.get('/api/v1/session').expect(401)
  })

  test('ends when its member leaves', async () => {
    const someone = await platform.tenant('acme').addMember()
    expect((await someone.get('/session')).status).toBe(200)
    await platform.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [someone.id])
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: platform.tenant('acme').id })
    expect((await someone.get('/session')).status).toBe(401)
  })
})

describe('over a real socket', () => {
  test('a body of 10 MB is refused, and the server goes on', async () => {
    const { agent, csrf } = await signedIn()
    const attempt = agent
      .patch('/api/v1/session')
      .set('x-csrf-token', csrf)
      .set('content-type', 'application/json')
    const { body } = await attempt.send(JSON.stringify({ locale: 'x'.repeat(10_000_000) })).expect(413)
    expect(body.code).toBe('body_too_large')
    await agent.get('/api/v1/session').expect(200)
  })

  test('answers say what they are not to be used for', async () => {
    const { headers } = await browser().get('/api/v1/tenant').expect(200)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-request-id': expect.any(String),
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('health tells a live node that is ready', async () => {
    await request(base).get('/healthz/live').expect(200)
    const { body } = await request(base).get('/healthz/ready').expect(200)
    expect(body).toEqual({
      status: 'ready',
      checks: { database: 'ok', notices: 'ok', search: 'ok', places: 'ok', keys: 'ok' },
    })
  })
})
