import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { Answer, Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['billboard'],
  tenants: [{ slug: 'acme' }, { slug: 'other' }],
})
afterAll(() => platform.stop())

const acme = platform.tenant('acme')
const other = platform.tenant('other')
const { admin, member } = acme

/** Someone who manages members and may do no more than that. */
async function manager(): Promise<Client & { readonly id: string }> {
  await acme.sql(
    `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES ($1, 'people', '{"en":"People"}', '["platform.kernel.member.*"]')
     ON CONFLICT DO NOTHING`,
    [acme.id],
  )
  await forget()
  return acme.addMember(['people'])
}

const forget = () => platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: acme.id })
const entries = (action: string) =>
  acme.sql('SELECT subject_id, before, after FROM plinth.audit WHERE action = $1 ORDER BY id', [action])

describe('K-AUTH-13: a member', () => {
  test('is found by name, address and status, page by page, everyone once', async () => {
    for (let n = 0; n < 55; n += 1)
      await acme.sql(
        `INSERT INTO plinth.member (tenant_id, id, email, name, status) VALUES ($1, gen_random_uuid(), $2, $3, $4)`,
        [acme.id, `page-${n}@acme.example`, n % 2 ? 'Same Name' : `Änne ${n}`, n % 5 ? 'active' : 'inactive'],
      )
    const seen: string[] = []
    let next: string | null = null
    do {
      const { body }: Answer = await admin.get(
        `/members/directory?q=page-${next === null ? '' : `&cursor=${next}`}`,
      )
      seen.push(...body.items.map((each: { id: string }) => each.id))
      next = body.next
    } while (next !== null)
    expect(seen.length).toBe(55)
    expect(new Set(seen).size).toBe(55)
    const inactive = await admin.get('/members/directory?q=page-&status=inactive')
    expect(inactive.body.items).toHaveLength(11)
    expect((await admin.get('/members/directory?q=100%25')).body.items).toEqual([])
    expect((await admin.get('/members/directory?cursor=nonsense')).body.code).toBe('cursor_invalid')
    expect((await admin.get('/members/directory?status=gone')).body.code).toBe('query_invalid')
    expect((await member.get('/members/directory')).status).toBe(403)
    expect((await admin.get('/members/directory')).text).not.toContain('password')
  })

  test('who is deactivated is out at once, on every node, and back with the same password', async () => {
    const someone = await acme.addMember()
    const node = await platform.anotherNode()
    const cookie = await someone.cookie()
    const elsewhere = async () =>
      (await node.platform.app.request('http://acme.localhost/api/v1/session', { headers: { cookie } }))
        .status
    expect(await elsewhere()).toBe(200)
    expect((await admin.patch(`/members/${someone.id}`, { status: 'inactive' })).body.status).toBe('inactive')
    expect((await someone.get('/session')).status).toBe(401)
    await expect.poll(elsewhere).toBe(401)
    const { body } = await admin.patch(`/members/${someone.id}`, { status: 'active' })
    expect(body.status).toBe('active')
    expect((await someone.get('/session')).status).toBe(401)
    expect((await entries('member.deactivated')).at(-1)!.subject_id).toBe(someone.id)
    expect((await entries('member.reactivated')).at(-1)!.subject_id).toBe(someone.id)
    await node.stop()
  })

  test('has other roles with the next request', async () => {
    const someone = await acme.addMember()
    expect((await someone.get('/members/invitations')).status).toBe(403)
    await manager()
    const changed = await admin.patch(`/members/${someone.id}`, { roles: ['people'], name: 'Ada' })
    expect(changed.body).toMatchObject({ name: 'Ada', roles: ['member', 'people'] })
    expect((await someone.get('/members/invitations')).status).toBe(200)
    await admin.patch(`/members/${someone.id}`, { roles: [] })
    expect((await someone.get('/members/invitations')).status).toBe(403)
    expect((await entries('member.changed')).at(-1)).toMatchObject({
      before: { roles: ['member', 'people'] },
      after: { roles: ['member'] },
    })
  })

  test('cannot raise, lower or shut themselves', async () => {
    const people = await manager()
    for (const change of [{ roles: ['people', 'admin'] }, { roles: [] }, { status: 'inactive' }])
      expect((await people.patch(`/members/${people.id}`, change)).body.code).toBe('own_account')
    expect((await people.patch(`/members/${people.id}`, { name: 'Me' })).status).toBe(200)
    expect((await member.patch(`/members/${people.id}`, { name: 'X' })).status).toBe(403)
  })

  test('is out of reach for those who hold less', async () => {
    const people = await manager()
    const boss = await acme.addMember(['admin'])
    for (const change of [{ roles: [] }, { status: 'inactive' }, { name: 'Nobody' }])
      expect((await people.patch(`/members/${boss.id}`, change)).body.code).toBe('permission_missing')
    const someone = await acme.addMember()
    const raise = await people.patch(`/members/${someone.id}`, { roles: ['admin'] })
    expect(raise.body).toMatchObject({ code: 'permission_missing', role: 'admin' })
    // What is missing, not what they hold: it is what an explanation is asked for.
    expect((await people.get(`/access/explain?permission=${raise.body.permission}`)).body.allowed).toBe(false)
    expect((await people.patch(`/members/${someone.id}`, { roles: ['people'] })).status).toBe(200)
  })

  test('is given no prefix by those who do not hold it, though nothing is behind it yet', async () => {
    await admin.post('/roles', { id: 'later', label: 'Later', grants: ['platform.*'] })
    await acme.sql(
      `UPDATE plinth.role SET grants = '["backoffice.*"]' WHERE tenant_id = $1 AND id = 'later'`,
      [acme.id],
    )
    await forget()
    const people = await manager()
    const someone = await acme.addMember()
    const given = await people.patch(`/members/${someone.id}`, { roles: ['later'] })
    expect(given.body).toMatchObject({ code: 'permission_missing', role: 'later' })
    expect((await admin.patch(`/members/${someone.id}`, { roles: ['later'] })).status).toBe(200)
  })

  test.each([
    { email: 'boss@acme.example' },
    { password: 'Kranich über Lampe' },
    { password_hash: 'x' },
    { id: '0198a5c2-6c00-7000-8000-000000000001' },
    { tenant_id: '0198a5c2-6c00-7000-8000-000000000001' },
    { roles: 'admin' },
    { roles: ['nobody-knows'] },
    { status: 'gone' },
    { name: '' },
    { name: 'Two\nlines' },
  ])('does not become %j', async (change) => {
    const someone = await acme.addMember()
    expect((await admin.patch(`/members/${someone.id}`, change)).status).toBe(422)
  })

  test('of another workspace is not there', async () => {
    const theirs = await other.addMember()
    expect((await admin.get(`/members/${theirs.id}`)).status).toBe(404)
    expect((await admin.patch(`/members/${theirs.id}`, { name: 'X' })).status).toBe(404)
    expect((await admin.get('/members/nobody')).status).toBe(404)
  })

  test('who is the last administrator stays, also when two unseat each other at the same time', async () => {
    const tenant = other
    const [first] = await tenant.sql<{ id: string }>(
      `SELECT id FROM plinth.member WHERE tenant_id = $1 AND 'admin' = ANY(roles)`,
      [tenant.id],
    )
    const second = await tenant.addMember(['admin'])
    await second.get('/session')
    await tenant.admin.get('/session')
    const answers = await Promise.all([
      tenant.admin.patch(`/members/${second.id}`, { roles: [] }),
      second.patch(`/members/${first!.id}`, { status: 'inactive' }),
    ])
    expect(answers.map(({ status }) => status)).toContain(200)
    const left = await tenant.sql(
      `SELECT FROM plinth.member WHERE tenant_id = $1 AND status = 'active' AND 'admin' = ANY(roles)`,
      [tenant.id],
    )
    expect(left.length).toBeGreaterThanOrEqual(1)
    await tenant.sql(`UPDATE plinth.member SET roles = '{member,admin}', status = 'active' WHERE id = $1`, [
      first!.id,
    ])
    await tenant.sql(`UPDATE plinth.member SET roles = '{member}' WHERE id = $1`, [second.id])
    // A program acts with an administrator's rights without being one: only the number of them keeps the last one.
    const { memberAccounts } = platform.platform.root.cradle
    const tenantOf = await platform.platform.root.cradle.tenants.byId(tenant.id)
    const plugins = await platform.platform.root.cradle.states.of(tenantOf!)
    const giver = { memberId: null, roles: ['admin'], plugins, held: [{ permission: '*', via: ['admin'] }] }
    const visitor = {
      actor: { kind: 'system', id: null, name: 'Plinth' },
      requestId: null,
      address: null,
      agent: null,
    } as const
    for (const change of [{ roles: [] }, { status: 'inactive' }] as const)
      await expect(memberAccounts.change(tenant.id, first!.id, change, giver, visitor)).rejects.toMatchObject(
        {
          code: 'last_admin',
        },
      )
  })
})
