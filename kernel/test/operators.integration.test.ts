import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'

const platform = await bootFixtures({
  plugins: ['library'],
  tenants: [{ slug: 'acme' }],
  config: { operatorToken: OPERATOR_TOKEN },
})
afterAll(() => platform.stop())

const operator = (method: string, path: string, body?: unknown, token?: string) =>
  asOperator(platform, method, path, body, token)

let count = 0
async function newOperator(...roles: string[]): Promise<{ id: string; token: string }> {
  const { body, status, text } = await operator('POST', '/operators', {
    name: 'Nora Feld',
    email: `nora.${++count}@platform.example`,
    roles,
  })
  expect(status, text).toBe(201)
  return body
}

describe('operators', () => {
  test('K-PERM-01: one who may only see tenants cannot suspend, create or look into them', async () => {
    const { token } = await newOperator('helper')
    expect((await operator('GET', '/tenants', undefined, token)).status).toBe(200)
    const reason = 'A reason of enough length'
    for (const [method, path, body, permission] of [
      ['PUT', '/tenants/acme/suspension', { reason }, 'platform.tenant.suspend'],
      ['POST', '/tenants', { slug: 'new', name: 'New', tier: 'free' }, 'platform.tenant.create'],
      ['POST', '/tenants/acme/access', { reason }, 'platform.tenant.access'],
      ['POST', '/operators', { name: 'X', email: 'x@y.z', roles: ['owner'] }, 'platform.operator.manage'],
    ] as const)
      expect(await operator(method, path, body, token)).toMatchObject({
        status: 403,
        body: { code: 'permission_missing', permission },
      })
    expect((await platform.tenant('acme').admin.get('/shell')).status).toBe(200)
  })

  test('every route asks for the permission its description names, before it looks at anything else', async () => {
    const { token } = await newOperator('helper')
    const answer = await platform.platform.app.request('http://localhost/platform/v1/openapi.json')
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Operation>> }
    interface Operation {
      readonly security?: readonly Record<string, unknown>[]
      readonly 'x-permission'?: string
    }
    const refused: string[] = []
    for (const [path, methods] of Object.entries(paths))
      for (const [method, operation] of Object.entries(methods)) {
        if (!operation.security?.some((each) => 'operator' in each)) continue
        const permission = operation['x-permission']
        expect(permission, `${method} ${path}`).toBeDefined()
        if (permission === 'platform.tenant.read') continue
        const address = path.replaceAll(/\{[^}]+\}/g, 'acme')
        expect(
          await operator(method.toUpperCase(), address, method === 'get' ? undefined : {}, token),
        ).toMatchObject({ status: 403, body: { code: 'permission_missing', permission } })
        refused.push(path)
      }
    expect(refused.length).toBeGreaterThan(20)
  })

  test('an account that is closed, or has got another token, is refused at once', async () => {
    const { id, token } = await newOperator('helper')
    const { body } = await operator('POST', `/operators/${id}/token`)
    expectProblem(await operator('GET', '/tenants', undefined, token), 401, 'operator_token_wrong')
    expect((await operator('GET', '/tenants', undefined, body.token)).status).toBe(200)
    expect((await operator('PATCH', `/operators/${id}`, { status: 'inactive' })).status).toBe(200)
    expectProblem(await operator('GET', '/tenants', undefined, body.token), 401, 'operator_token_wrong')
  })

  test('only digests of tokens are stored', async () => {
    const { id, token } = await newOperator('helper')
    const [row] = await platform.database.sql('SELECT o::text AS row FROM plinth.operator o WHERE id = $1', [
      id,
    ])
    expect(row!['row']).not.toContain(token.slice(4))
  })

  test('nobody gives, changes or takes away more than they hold, and nobody changes themselves', async () => {
    await operator('PUT', '/operator-roles/people', {
      label: { en: 'People', de: 'Menschen' },
      permissions: ['platform.operator.*', 'platform.tenant.read'],
    })
    const { id, token } = await newOperator('people')
    const owner = await newOperator('owner')
    const as = (method: string, path: string, body?: unknown) => operator(method, path, body, token)
    const label = { en: 'Mine', de: 'Meine' }
    for (const refused of [
      as('POST', '/operators', { name: 'X', email: 'x1@y.z', roles: ['owner'] }),
      as('POST', '/operators', { name: 'X', email: 'x2@y.z', roles: ['support'] }),
      as('PATCH', `/operators/${owner.id}`, { status: 'inactive' }),
      as('POST', `/operators/${owner.id}/token`),
      as('PUT', '/operator-roles/mine', { label, permissions: ['platform.*'] }),
      as('PUT', '/operator-roles/mine', { label, permissions: ['platform.tenant.move'] }),
    ])
      expectProblem(await refused, 403, 'permission_missing')
    for (const refused of [
      as('PATCH', `/operators/${id}`, { roles: ['owner'] }),
      as('POST', `/operators/${id}/token`),
      as('PUT', '/operator-roles/owner', { label, permissions: ['platform.tenant.read'] }),
      as('DELETE', '/operator-roles/support'),
    ])
      expectProblem(await refused, 422, 'validation_failed')
    expect(
      (await as('POST', '/operators', { name: 'X', email: 'x3@y.z', roles: ['helper', 'people'] })).status,
    ).toBe(201)
  })

  test.each([
    [{ name: '', email: 'nobody', roles: [] }, ['/email', '/name', '/roles']],
    [{ name: 'X', email: 'x@y.z', roles: ['nothing'] }, ['/roles/0']],
    [{ name: 'X', email: 'x@y.z', roles: ['helper'], status: 'active' }, ['/status']],
  ])('a body that is not right is refused whole: %j', async (body, pointers) => {
    const answer = await operator('POST', '/operators', body)
    expectProblem(answer, 422, 'validation_failed')
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer).toSorted()).toEqual(pointers)
  })

  test('roles name permissions there are, with wildcards at the end only', async () => {
    const label = { en: 'R', de: 'R' }
    for (const permission of ['platform.nothing', 'platform.*.read', '*.read', 'platform.tenantx.*', 7])
      expectProblem(
        await operator('PUT', '/operator-roles/wrong', { label, permissions: [permission] }),
        422,
        'validation_failed',
      )
    expect(
      (await operator('PUT', '/operator-roles/right', { label, permissions: ['platform.tenant.*'] })).status,
    ).toBe(200)
  })

  test('a role that somebody has stays, others go', async () => {
    const role = { label: { en: 'R', de: 'R' }, permissions: ['platform.tenant.read'] }
    await operator('PUT', '/operator-roles/passing', role)
    const { id } = await newOperator('passing')
    expectProblem(await operator('DELETE', '/operator-roles/passing'), 409, 'still_referenced')
    await operator('PATCH', `/operators/${id}`, { roles: ['helper'] })
    expect((await operator('DELETE', '/operator-roles/passing')).status).toBe(204)
    expectProblem(await operator('DELETE', '/operator-roles/passing'), 404, 'not_found')
  })

  test('the journal tells what was changed, and what somebody tried to, not what was only looked at', async () => {
    const { id, token } = await newOperator('owner')
    await operator('GET', '/tenants', undefined, token)
    await operator('POST', '/tenants', { slug: 'x' }, token)
    await operator('PATCH', '/tenants/acme', { timeZone: 'Asia/Tokyo' }, token)
    const { body } = await operator('GET', '/journal')
    const who = { id, name: 'Nora Feld' }
    expect(
      body.items.filter((entry: { operator: { id: string } }) => entry.operator.id === id),
    ).toMatchObject([
      { operator: who, action: 'PATCH', path: '/platform/v1/tenants/acme', status: 200 },
      { operator: who, action: 'POST', path: '/platform/v1/tenants', status: 422 },
    ])
    const [entry] = await platform.sql(
      `SELECT actor_kind, actor_id FROM plinth.audit WHERE action = 'kernel.tenant.changed' ORDER BY id DESC LIMIT 1`,
    )
    expect(entry).toEqual({ actor_kind: 'operator', actor_id: id })
  })

  test('what the journal does not take does not happen', async () => {
    const { id } = await newOperator('helper')
    const sql = (text: string) => platform.database.sql(text)
    await sql(
      `ALTER TABLE plinth.operator_journal ADD CONSTRAINT full_up CHECK (action <> 'PATCH') NOT VALID`,
    )
    const refused = await operator('PATCH', `/operators/${id}`, { status: 'inactive' })
    await sql('ALTER TABLE plinth.operator_journal DROP CONSTRAINT full_up')
    expect(refused.status).toBe(500)
    const { body } = await operator('GET', '/operators')
    expect(body.items.find((each: { id: string }) => each.id === id).status).toBe('active')
  })

  test('who is invited as the first of a tenant is invited by the operator', async () => {
    const { id, token } = await newOperator('owner')
    const owner = { name: 'Ada Byron', email: 'ada@first.example' }
    const tenant = { slug: 'first', name: 'First', tier: 'free', owner }
    const { status, text } = await operator('POST', '/tenants', tenant, token)
    expect(status, text).toBe(201)
    const entries = await platform.sql(
      `SELECT actor_kind, actor_id FROM plinth.audit WHERE action = 'member.invited' AND tenant_id =
        (SELECT id FROM plinth.tenant WHERE slug = 'first')`,
    )
    expect(entries).toEqual([{ actor_kind: 'operator', actor_id: id }])
  })
})

describe('a tenant that is closed', () => {
  test('is closed to all its people, says so in its audit log, and is as before when it is opened', async () => {
    const { admin, id } = platform.tenant('acme')
    const reason = 'The contract has ended'
    expect((await operator('PUT', '/tenants/acme/suspension', { reason })).status).toBe(204)
    expectProblem(await admin.get('/shell'), 403, 'tenant_suspended')
    expect((await operator('DELETE', '/tenants/acme/suspension')).status).toBe(204)
    expect((await admin.get('/shell')).status).toBe(200)
    expect(
      await platform.sql(
        `SELECT action, actor_kind, after->>'reason' AS reason FROM plinth.audit
          WHERE tenant_id = $1 AND subject_type = 'platform.tenant' AND action LIKE 'tenant.%' ORDER BY id`,
        [id],
      ),
    ).toEqual([
      { action: 'tenant.suspended', actor_kind: 'operator', reason },
      { action: 'tenant.resumed', actor_kind: 'operator', reason: null },
    ])
  })
})
