import { afterAll, describe, expect, test } from 'vitest'
import { bootScim, ScimProvider } from './scim-world.ts'

const world = await bootScim()
const { acme, idp, nordwind, platform } = world
afterAll(() => platform.stop())

const HOUR = 3_600_000

describe('a token', () => {
  const path = `/sign-on/providers/${nordwind.id}/provisioning`

  test('is made by those who may manage providers and members, shown once, and stored as a hash', async () => {
    expect((await acme.member.get(path)).status).toBe(403)
    expect((await acme.member.post(`${path}/tokens`)).status).toBe(403)
    await acme.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'keeper', '{"en":"Keeper"}', '["platform.kernel.signOn.*"]')`,
      [acme.id],
    )
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    const keeper = await acme.addMember(['keeper'])
    expect((await keeper.get(path)).status).toBe(200)
    const refused = await keeper.post(`${path}/tokens`)
    expect([refused.status, refused.body.permission]).toEqual([403, 'platform.kernel.member.manage'])
    // Whoever has the token says who is in the group that makes administrators.
    await acme.sql(
      `UPDATE plinth.role SET grants = '["platform.kernel.signOn.*", "platform.kernel.member.*"]' WHERE tenant_id = $1 AND id = 'keeper'`,
      [acme.id],
    )
    await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
    const beyond = await keeper.post(`${path}/tokens`)
    expect([beyond.status, beyond.body.code, beyond.body.role]).toEqual([
      403,
      'permission_missing',
      'employees.people-lead',
    ])
    const { body, text } = await acme.admin.get(path)
    expect(body).toMatchObject({
      baseUrl: 'http://acme.localhost/api/v1/scim/v2',
      users: { total: 0 },
      groups: [],
    })
    expect(body.tokens[0].hint).toBe(idp.token.slice(0, 11))
    expect(text).not.toContain(idp.token)
    const stored = await acme.sql('SELECT row_to_json(t)::text AS row FROM plinth.scim_token t')
    expect(JSON.stringify(stored)).not.toContain(idp.token.slice(7))
  })

  test('gives way to another, and is refused from the next request on, on every node', async () => {
    const node = await platform.anotherNode()
    const made = await acme.admin.post(`${path}/tokens`)
    expect(made.status).toBe(201)
    const second = new ScimProvider(acme, made.body.token)
    const there = new ScimProvider(node.tenant('acme'), made.body.token)
    for (const each of [second, there, idp]) expect((await each.get('/Users')).status).toBe(200)
    const third = await acme.admin.post(`${path}/tokens`)
    expect([third.status, third.body.errors[0].code]).toEqual([422, 'too_many'])
    expect((await acme.admin.delete(`${path}/tokens/${made.body.id}`)).status).toBe(204)
    expect((await second.get('/Users')).status).toBe(401)
    await expect.poll(async () => (await there.get('/Users')).status).toBe(401)
    expect((await acme.admin.delete(`${path}/tokens/${made.body.id}`)).status).toBe(404)
    expect((await idp.get('/Users')).status).toBe(200)
    await node.stop()
  })

  test('ends, and says when it was used last', async () => {
    const past = await acme.admin.post(`${path}/tokens`, {
      expiresAt: new Date(Date.now() - HOUR).toISOString(),
    })
    expect(past.status).toBe(422)
    const made = await acme.admin.post(`${path}/tokens`, {
      expiresAt: new Date(Date.now() + HOUR).toISOString(),
    })
    const short = new ScimProvider(acme, made.body.token)
    expect((await short.get('/Users')).status).toBe(200)
    await platform.platform.root.cradle.usage.flush()
    const { tokens } = (await acme.admin.get(path)).body
    expect(tokens.at(-1).lastUsedAt).not.toBeNull()
    await acme.sql(`UPDATE plinth.scim_token SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      made.body.id,
    ])
    await platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })
    expect((await short.get('/Users')).status).toBe(401)
    await acme.admin.delete(`${path}/tokens/${made.body.id}`)
  })

  test('opens SCIM and nothing else, and nothing else opens SCIM', async () => {
    for (const address of ['/shell', '/members', '/sign-on/providers', '/employees/employees', '/session'])
      expect((await acme.clientWithKey(idp.token).get(address)).status, address).toBe(401)
    const { body } = await acme.admin.post('/api-keys', { name: 'all', permissions: ['*'] })
    for (const client of [acme.anonymous, acme.admin, acme.clientWithKey(body.key as string)]) {
      const answer = await client.send('GET', '/scim/v2/Users')
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Plinth"'])
      expect(answer.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '401',
      })
    }
  })

  test('of a provider that is out of use is refused', async () => {
    const { provider, idp: off } = await world.join(acme, { name: 'Off' })
    await acme.admin.patch(`/sign-on/providers/${provider.id}`, { enabled: false }, { version: 1 })
    expect((await off.get('/Users')).status).toBe(401)
  })
})
