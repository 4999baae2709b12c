import { afterAll, describe, expect, test } from 'vitest'
import type { SessionEntry } from '@plinth/sdk'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { Client, type TestPlatform } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { credentials } = acme

/** The same person on a further device. */
async function device(who: 'admin' | 'member', agent: string, on: TestPlatform = platform): Promise<Client> {
  const client = new Client({
    send: (request) => {
      request.headers.set('user-agent', agent)
      return on.platform.app.request(request)
    },
    origin: 'http://acme.localhost',
    credentials: credentials[who],
  })
  expect((await client.get('/session')).status).toBe(200)
  return client
}

const sessions = async (client: Client): Promise<SessionEntry[]> => (await client.get('/sessions')).body.items

describe('K-AUTH-07: where one is signed in', () => {
  test('is listed device by device, without tokens, with the one that asks marked', async () => {
    const phone = await device('member', 'Phone')
    const desk = await device('member', 'Desk')
    const list = await sessions(desk)
    expect(list.filter(({ isCurrent }) => isCurrent)).toMatchObject([{ agent: 'Desk', method: 'password' }])
    expect(list.map(({ agent }) => agent)).toContain('Phone')
    const token = (await phone.cookie()).split('=')[1]!
    expect(JSON.stringify(list)).not.toContain(token)
  })

  test('is ended on one device, at once and on every node, and stands in the audit log', async () => {
    const phone = await device('member', 'Lost phone')
    const desk = await device('member', 'Desk')
    const node = await platform.anotherNode()
    const there = async () =>
      node.platform.app.request('http://acme.localhost/api/v1/session', {
        headers: { cookie: await phone.cookie() },
      })
    expect((await there()).status).toBe(200)
    const lost = (await sessions(desk)).find(({ agent }) => agent === 'Lost phone')!
    expect((await desk.delete(`/sessions/${lost.id}`)).status).toBe(204)
    await expect.poll(async () => (await there()).status).toBe(401)
    expect((await desk.get('/session')).status).toBe(200)
    expectProblem(await desk.delete(`/sessions/${lost.id}`), 404, 'not_found')
    expect(
      await acme.sql(`SELECT action, actor_kind FROM plinth.audit WHERE subject_id = $1 ORDER BY id`, [
        lost.id,
      ]),
    ).toMatchObject([{ action: 'session.opened' }, { action: 'session.revoked', actor_kind: 'member' }])
  })

  test('is ended everywhere else, and only there', async () => {
    await device('member', 'Tablet')
    const desk = await device('member', 'Desk')
    const { body } = await desk.delete('/sessions')
    expect(body.ended).toBeGreaterThan(0)
    expect(await sessions(desk)).toMatchObject([{ isCurrent: true }])
  })

  test('cannot be ended for somebody else, nor in another workspace', async () => {
    const desk = await device('member', 'Desk')
    const [mine] = await sessions(desk)
    expectProblem(await acme.admin.delete(`/sessions/${mine!.id}`), 404, 'not_found')
    expectProblem(await platform.tenant('other').admin.delete(`/sessions/${mine!.id}`), 404, 'not_found')
    expectProblem(await desk.delete('/sessions/nothing'), 404, 'not_found')
    expect((await desk.get('/session')).status).toBe(200)
  })

  test('is seen and ended by those who manage members, and by nobody else', async () => {
    const desk = await device('member', 'Desk')
    const { body: own } = await desk.get('/session')
    const path = `/members/${own.member.id}/sessions`
    expectProblem(await acme.member.get(path), 403, 'permission_missing')
    expectProblem(await acme.member.delete(path), 403, 'permission_missing')
    expectProblem(await platform.tenant('other').admin.get(path), 404, 'not_found')
    const { body } = await acme.admin.get(path)
    expect(body.items).toMatchObject([{ isCurrent: false }, ...body.items.slice(1)])
    expect((await acme.admin.delete(path)).body.ended).toBe(body.items.length)
    const after = await platform.platform.app.request('http://acme.localhost/api/v1/session', {
      headers: { cookie: await desk.cookie() },
    })
    expect(after.status).toBe(401)
  })

  test('stays where an administrator ends their own from the list of members', async () => {
    const desk = await device('admin', 'Desk')
    const { body: own } = await desk.get('/session')
    await device('admin', 'Elsewhere')
    await desk.delete(`/members/${own.member.id}/sessions`)
    expect(await sessions(desk)).toMatchObject([{ isCurrent: true, agent: 'Desk' }])
  })

  test('is nothing a key has', async () => {
    const { body } = await acme.admin.post('/api-keys', {
      name: 'Program',
      permissions: ['platform.kernel.member.read'],
    })
    const program = new Client({
      send: (request) => platform.platform.app.request(request),
      origin: 'http://acme.localhost',
      key: body.key,
    })
    expectProblem(await program.get('/sessions'), 401, 'session_missing')
    expectProblem(await program.delete('/sessions'), 401, 'session_missing')
  })
})
