import { afterAll, describe, expect, test } from 'vitest'
import { TenantAccesses } from '../src/operators/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import { Client, type TestPlatform } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['clinic', 'library'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  config: { operatorToken: OPERATOR_TOKEN },
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const REASON = 'Ticket 4711: a total looks wrong'
const NOTES = '/library/notes'

const operator = (method: string, path: string, body?: unknown) => asOperator(platform, method, path, body)

async function letIn(wish: object = {}): Promise<{ id: string; token: string; expiresAt: string }> {
  const { status, body, text } = await operator('POST', '/tenants/acme/access', { reason: REASON, ...wish })
  expect(status, text).toBe(201)
  return body
}

/** Somebody who comes with the token to the API of a tenant. */
function visitor(token: string, slug = 'acme', on: TestPlatform = platform): Client {
  return new Client({
    send: (request) => on.platform.app.request(request),
    origin: `http://${slug}.localhost`,
    key: token,
  })
}

const audited = async (id: string) =>
  platform.sql<{ action: string; after: Record<string, unknown>; actor_kind: string }>(
    `SELECT action, after, actor_kind FROM plinth.audit WHERE tenant_id = $1 AND subject_id = $2 ORDER BY id`,
    [acme.id, id],
  )

describe('K-TEN-06: an operator in a tenant', () => {
  test('says why, for how long and for what, or stays outside', async () => {
    for (const body of [
      {},
      { reason: '' },
      { reason: '          ' },
      { reason: 'too short' },
      { reason: REASON, minutes: 0 },
      { reason: REASON, minutes: 481 },
      { reason: REASON, minutes: 1.5 },
      { reason: REASON, write: 'yes' },
      { reason: REASON, tenant: 'beta' },
    ])
      expectProblem(await operator('POST', '/tenants/acme/access', body), 422, 'validation_failed')
    expectProblem(await operator('POST', '/tenants/nobody/access', { reason: REASON }), 404, 'tenant_unknown')
  })

  test('reads everything, and changes nothing', async () => {
    const { body: note } = await acme.admin.post(NOTES, { text: 'Momo' })
    const { token } = await letIn()
    const client = visitor(token)
    expect((await client.get(`${NOTES}/${note.id}`)).body).toMatchObject({ text: 'Momo' })
    for (const path of [NOTES, '/plugins', '/members', '/audit', '/meta/library/note'])
      expect((await client.get(path)).status, path).toBe(200)
    for (const refused of [
      client.post(NOTES, { text: 'Mine' }),
      client.patch(`${NOTES}/${note.id}`, { text: 'Mine' }, { version: note.version }),
      client.delete(`${NOTES}/${note.id}`),
      client.post('/plugins/library/plan', { action: 'disable' }),
      client.post('/api-keys', { name: 'Mine', permissions: ['*'] }),
    ])
      expectProblem(await refused, 403, 'permission_missing')
    expectProblem(await client.get('/session'), 401, 'session_missing')
  })

  test('with leave to write changes records, and still neither rights nor keys nor plugins', async () => {
    const { token } = await letIn({ write: true })
    const client = visitor(token)
    const { body: note, status } = await client.post(NOTES, { text: 'Repaired' })
    expect(status).toBe(201)
    const [entry] = await platform.sql(
      `SELECT actor_kind FROM plinth.audit WHERE tenant_id = $1 AND subject_id = $2`,
      [acme.id, note.id],
    )
    expect(entry).toEqual({ actor_kind: 'operator' })
    for (const refused of [
      client.post('/plugins/library/plan', { action: 'disable' }),
      client.post('/api-keys', { name: 'Mine', permissions: ['education.library.note.read'] }),
      client.get(`${NOTES}/export?format=csv`),
    ])
      expectProblem(await refused, 403, 'permission_missing')
  })

  test('sees masks, and has no way behind them', async () => {
    const PATIENTS = '/clinic/patients'
    const hidden = { insurance: 'HIDDEN-774411', email: 'hidden.person@clinic.example' }
    const made = await acme.admin.post(PATIENTS, { name: 'P', ...hidden })
    expect(made.status, made.text).toBe(201)
    const client = visitor((await letIn({ write: true })).token)
    const seen = await client.get(`${PATIENTS}/${made.body.id}`)
    expect(seen.body.insurance).toMatch(/4411$/)
    const filterBy = (filter: object) => `${PATIENTS}?filter=${encodeURIComponent(JSON.stringify(filter))}`
    // What asks for the value itself is refused, found or not.
    for (const path of [
      filterBy({ insurance: hidden.insurance }),
      filterBy({ email: { startsWith: 'hidden' } }),
      `${PATIENTS}?sort=insurance`,
      `${PATIENTS}/aggregate?group=insurance`,
      `${PATIENTS}/export?format=csv`,
    ])
      expect((await client.get(path)).status, path).toBeGreaterThanOrEqual(400)
    for (const path of [
      PATIENTS,
      `${PATIENTS}/${made.body.id}?reveal=insurance,email`,
      `${PATIENTS}?fields=insurance,email&reveal=insurance`,
      `${PATIENTS}?q=HIDDEN`,
      `${PATIENTS}?q=hidden.person`,
      '/audit',
    ]) {
      const { text } = await client.get(path)
      expect(text, path).not.toMatch(/HIDDEN-77|hidden\.person/)
    }
    const searched = await client.get<{ items: unknown[] }>(`${PATIENTS}?q=HIDDEN-774411`)
    expect(searched.body.items ?? []).toEqual([])
    const replaced = await client.patch(
      `${PATIENTS}/${made.body.id}`,
      { insurance: 'Mine' },
      { version: made.body.version },
    )
    expectProblem(replaced, 403, 'permission_missing')
  })

  test('is refused after the time that was said', async () => {
    const { id, token, expiresAt } = await letIn({ minutes: 30 })
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(29 * 60_000)
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(30 * 60_000)
    const client = visitor(token)
    expect((await client.get(NOTES)).status).toBe(200)
    await platform.sql(
      `UPDATE plinth.operator_access SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    )
    await platform.platform.root.cradle.bus.publish({ topic: 'identity', tenantId: acme.id })
    expectProblem(await client.get(NOTES), 403, 'operator_access_ended')
  })

  test('is shown out by the people of the tenant, on every node', async () => {
    const node = await platform.anotherNode()
    const { id, token } = await letIn()
    const there = visitor(token, 'acme', node)
    expect((await there.get(NOTES)).status).toBe(200)
    expectProblem(await acme.member.delete(`/operator-accesses/${id}`), 403, 'permission_missing')
    expectProblem(await visitor(token).delete(`/operator-accesses/${id}`), 403, 'permission_missing')
    const { body } = await acme.admin.get('/operator-accesses')
    expect(body.items[0]).toMatchObject({ id, reason: REASON, write: false, endedAt: null })
    expect((await acme.admin.delete(`/operator-accesses/${id}`)).status).toBe(204)
    await expect.poll(async () => (await there.get(NOTES)).status).toBe(403)
    expectProblem(await acme.admin.delete(`/operator-accesses/${id}`), 404, 'not_found')
  })

  test('stands in the audit log of the tenant, with the reason and each request, also those that were refused', async () => {
    const { id, token } = await letIn()
    await visitor(token).get(NOTES)
    await visitor(token).post(NOTES, { text: 'Mine' })
    expect((await operator('DELETE', `/tenants/acme/access/${id}`)).status).toBe(204)
    expectProblem(await visitor(token).get(NOTES), 403, 'operator_access_ended')
    expect(await audited(id)).toEqual([
      {
        action: 'operatorAccess.granted',
        actor_kind: 'operator',
        after: { operator: 'Configuration', reason: REASON, minutes: 30, write: false },
      },
      ...['GET', 'POST'].map((method) => ({
        action: 'operatorAccess.used',
        actor_kind: 'operator',
        after: { operator: 'Configuration', method, path: `/api/v1${NOTES}` },
      })),
      { action: 'operatorAccess.ended', actor_kind: 'operator', after: { operator: 'Configuration' } },
    ])
  })

  test('is out as soon as their account is closed, or they may no longer what they were let in for', async () => {
    const permissions = (...names: string[]) => ({
      label: { en: 'Repairs', de: 'Reparaturen' },
      permissions: ['platform.tenant.access', ...names],
    })
    await operator('PUT', '/operator-roles/repairs', permissions('platform.tenant.write'))
    const account = { name: 'Nora Feld', email: 'nora@platform.example', roles: ['repairs'] }
    const { body: nora } = await operator('POST', '/operators', account)
    const asNora = async (wish: object) =>
      visitor(
        (await asOperator(platform, 'POST', '/tenants/acme/access', { reason: REASON, ...wish }, nora.token))
          .body.token,
      )
    const [reader, writer] = [await asNora({}), await asNora({ write: true })]
    for (const client of [reader, writer]) expect((await client.get(NOTES)).status).toBe(200)
    await operator('PUT', '/operator-roles/repairs', permissions())
    expect((await reader.get(NOTES)).status).toBe(200)
    expectProblem(await writer.get(NOTES), 403, 'operator_access_ended')
    await operator('PATCH', `/operators/${nora.id}`, { status: 'inactive' })
    expectProblem(await reader.get(NOTES), 403, 'operator_access_ended')
    await operator('PATCH', `/operators/${nora.id}`, { status: 'active', roles: ['helper'] })
    expectProblem(await reader.get(NOTES), 403, 'operator_access_ended')
    await operator('PATCH', `/operators/${nora.id}`, { roles: ['repairs'] })
    expect((await reader.get(NOTES)).status).toBe(200)
    nora.token = (await operator('POST', `/operators/${nora.id}/token`)).body.token
    expectProblem(await reader.get(NOTES), 403, 'operator_access_ended')
    expect((await (await asNora({})).get(NOTES)).status).toBe(200)
  })

  test('is out where there is no API for operators any more', async () => {
    const { database, bus, operators, tenantAccesses } = platform.platform.root.cradle
    const { token } = await letIn()
    expect(await tenantAccesses.find(acme.id, token)).toBeDefined()
    const config = { operatorToken: undefined }
    const closed = new TenantAccesses({ database, bus, operators, config })
    await expect(closed.find(acme.id, token)).rejects.toMatchObject({ code: 'operator_access_ended' })
  })

  test('reaches nothing that changes the workspace itself, with leave to write too', async () => {
    const client = visitor((await letIn({ write: true })).token)
    const { body } = await acme.admin.get('/openapi.json')
    const ID = '0198a5c2-6c00-7000-8000-000000000001'
    const tried: string[] = []
    for (const [path, methods] of Object.entries<Record<string, { security?: unknown[] }>>(body.paths))
      for (const [method, { security }] of Object.entries(methods)) {
        const [first = ''] = path
          .replace(/^\/api\/v1/, '')
          .split('/')
          .slice(1)
        if (method === 'get' || security?.length === 0 || ['clinic', 'library', 'scim'].includes(first))
          continue
        const address = path.replaceAll(/\{[^}]+\}/g, ID)
        const { status } = await client.send(method.toUpperCase(), address, {
          headers: { 'content-type': 'application/json' },
          body: '{}',
        })
        expect([401, 403], `${method} ${path}: ${status}`).toContain(status)
        tried.push(path)
      }
    expect(tried.length).toBeGreaterThan(50)
  })

  test('is let into that tenant only', async () => {
    const { token } = await letIn()
    const answer = await visitor(token, 'beta').get(NOTES)
    expect(answer.status).toBe(401)
    const forged = token.replace('pla_acme_', 'pla_beta_')
    expect((await visitor(forged, 'beta').get(NOTES)).status).toBe(401)
    expectProblem(
      await operator('DELETE', '/tenants/beta/access/0198a5c2-6c00-7000-8000-000000000001'),
      404,
      'not_found',
    )
  })
})
