import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { StepByStep } from './second-factors.ts'

const platform = await bootFixtures({ plugins: [], tenants: [{ slug: 'acme' }] })
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { bus } = platform.platform.root.cradle
const WANTED = 'Kranich über Lampe'

async function someone(roles: string[] = []) {
  const { id } = await acme.addMember(roles)
  const [row] = await acme.sql<{ email: string }>('SELECT email FROM plinth.member WHERE id = $1', [id])
  const browser = new StepByStep(acme)
  await browser.signIn({ email: row!.email, password: acme.credentials.member.password })
  return { id, browser }
}

async function giveRoles(id: string, roles: readonly string[]): Promise<void> {
  await acme.sql(`UPDATE plinth.member SET roles = $2 WHERE id = $1`, [id, ['member', ...roles]])
  await bus.publish({ topic: 'identity', tenantId: acme.id })
}

describe('an invitation that somebody has written', () => {
  const look = (token: string) => acme.anonymous.post('/invitation', { token })
  const accept = (token: string) =>
    acme.anonymous.post('/invitation/accept', { token, name: 'Guest', password: WANTED })
  let count = 0
  const invite = async (by: { post(path: string, body: object): Promise<{ body: { link: string } }> }) => {
    const email = `later-${(count += 1)}@acme.example`
    const { body } = await by.post('/members/invitations', { email, name: 'Guest', roles: ['admin'] })
    return body.link.split('#')[1]!
  }

  test('is good as long as they may give so much: nobody lets themselves in again by one', async () => {
    const boss = await acme.addMember(['admin'])
    const token = await invite(boss)
    expect((await look(token)).status).toBe(200)
    await giveRoles(boss.id, [])
    expectProblem(await look(token), 410, 'link_invalid')
    expectProblem(await accept(token), 410, 'link_invalid')
    await giveRoles(boss.id, ['admin'])
    expect((await accept(token)).status).toBe(201)
  })

  test('by a program is good as long as whoever has made the program may give so much', async () => {
    const { id, browser } = await someone(['admin'])
    const made = await browser.send('POST', '/api-keys', { name: 'sync', permissions: ['*'] })
    expect(made.status, made.text).toBe(201)
    const token = await invite(acme.clientWithKey(made.body.key))
    const another = await invite(acme.clientWithKey(made.body.key))
    expect((await accept(another)).status).toBe(201)
    await admin.patch(`/members/${id}`, { status: 'inactive' })
    expectProblem(await accept(token), 410, 'link_invalid')
  })
})

describe('those who manage members and hold less', () => {
  const manager = async () => {
    await acme.sql(
      `INSERT INTO plinth.role (tenant_id, id, label, grants) VALUES
        ($1, 'people', '{"en":"People"}', '["platform.kernel.member.*"]'),
        ($1, 'narrow', '{"en":"Narrow"}', '[{"permission":"platform.kernel.audit.read","condition":{"actor":"x"}}]'),
        ($1, 'wide', '{"en":"Wide"}', '["platform.kernel.audit.read"]') ON CONFLICT DO NOTHING`,
      [acme.id],
    )
    await bus.publish({ topic: 'tenant', tenantId: acme.id })
    return acme.addMember(['people', 'narrow'])
  }

  test('neither sign out nor strip those above them', async () => {
    const people = await manager()
    const boss = await someone(['admin'])
    for (const path of ['sessions', 'second-factors'])
      expectProblem(await people.delete(`/members/${boss.id}/${path}`), 403, 'permission_missing')
    expect((await boss.browser.send('GET', '/session')).status).toBe(200)
    const other = await someone()
    expect((await people.delete(`/members/${other.id}/sessions`)).body).toEqual({ ended: 1 })
    expect((await people.delete(`/members/${other.id}/second-factors`)).status).toBe(204)
  })

  test('take no second factor from those who may do for all records what they may for some', async () => {
    const people = await manager()
    const { id } = await someone(['wide'])
    expectProblem(await people.delete(`/members/${id}/second-factors`), 403, 'permission_missing')
  })
})
