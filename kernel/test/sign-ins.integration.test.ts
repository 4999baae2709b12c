import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'

const platform = await bootFixtures({ plugins: ['billboard'], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { credentials, tenants } = platform.platform.root.cradle
const { email, password } = acme.credentials.member

describe('signing in', () => {
  test('counts against the address of the network too, but whoever is right does not, however many sit behind it', async () => {
    const visitor = { actor: { kind: 'system', id: null, name: '' }, requestId: null, agent: null } as const
    const tenant = (await tenants.byId(acme.id))!
    const from = (address: string, given: string, as = email) =>
      credentials.prove(tenant, { email: as, password: given }, { ...visitor, address })
    await acme.admin.patch('/security/policy', { lockout: { attempts: 3 } })
    const limit = 3 * 30
    for (let n = 0; n <= limit; n += 1) await from('192.0.2.1', password)
    for (let n = 0; n < limit; n += 1)
      await expect(from('192.0.2.1', 'wrong', `nobody-${n}@acme.example`)).rejects.toMatchObject({
        code: 'credentials_wrong',
      })
    await expect(from('192.0.2.1', password)).rejects.toMatchObject({ code: 'too_many_attempts' })
    await expect(from('192.0.2.2', password)).resolves.toMatchObject({ member: { email } })
  }, 60_000)

  test('stands in the audit log with how it was done, and so does signing out', async () => {
    const opened = await acme.anonymous.post('/session', { email, password })
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    const headers = { cookie, 'x-csrf-token': opened.body.csrf as string }
    expect((await acme.anonymous.send('DELETE', '/session', { headers })).status).toBe(204)
    const entries = await acme.sql(
      `SELECT action, actor_kind, after->>'method' AS method, subject_id FROM plinth.audit
        WHERE subject_id = (SELECT subject_id FROM plinth.audit WHERE request_id = $1) AND subject_type = 'platform.session' ORDER BY id`,
      [opened.headers.get('x-request-id')],
    )
    expect(entries).toMatchObject([
      { action: 'session.opened', actor_kind: 'member', method: 'password' },
      { action: 'session.ended', actor_kind: 'member', method: null },
    ])
    expect(entries[0]!['subject_id']).toBe(entries[1]!['subject_id'])
    expect(JSON.stringify(entries)).not.toContain(cookie.split('=')[1])
  })
})
