import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'

const platform = await bootFixtures({
  plugins: ['library'],
  tenants: [],
  config: { operatorToken: OPERATOR_TOKEN, spares: { schema: 1, database: 1 } },
})
afterAll(() => platform.stop())

const operator = (method: string, path: string, body?: unknown, token?: string) =>
  asOperator(platform, method, path, body, token)

const spares = async (): Promise<number> => {
  const { body } = await operator('GET', '/servers')
  return body.items[0].spares
}

describe('the operator API', () => {
  test('is closed to whoever has another token, and is not there without one', async () => {
    expect((await operator('GET', '/servers', undefined, 'another token')).status).toBe(401)
    const closed = await bootFixtures({ plugins: ['library'], tenants: [] })
    expect((await closed.platform.app.request('http://localhost/platform/v1/servers')).status).toBe(404)
    await closed.stop()
  })

  test.each(['/platform/v1/nothing', '/platform/v2/tenants', '/platform', '/healthz/nothing', '/api/v2'])(
    'answers %s, which nobody has, with a problem and not with the page for people',
    async (path) => {
      const answer = await platform.platform.app.request(`http://localhost${path}`)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(await answer.json()).toMatchObject({ status: 404, code: 'not_found' })
    },
  )

  test('names everything that is wrong about a tenant', async () => {
    const answer = await operator('POST', '/tenants', {
      slug: 'Not A Slug',
      tier: 'gold',
      level: 'far',
      x: 1,
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).toSorted()).toEqual([
      '/level',
      '/name',
      '/slug',
      '/tier',
      '/x',
    ])
  })

  test('creates tenants where they are wanted, from places that stand ready, and fills up behind them', async () => {
    await expect.poll(spares, { timeout: 30_000 }).toBe(2)
    for (const level of ['shared', 'schema', 'database']) {
      const tenant = { slug: `new-${level}`, name: 'New', tier: 'enterprise', level }
      const answer = await operator('POST', '/tenants', tenant)
      expect(answer).toMatchObject({ status: 201, body: { level, server: 'main', status: 'active' } })
      expect((await operator('POST', '/tenants', tenant)).body.code).toBe('slug_taken')
    }
    await expect.poll(spares, { timeout: 30_000 }).toBe(2)
  }, 90_000)

  test('says that a place is being prepared while there is none, and refuses a server that is not there', async () => {
    const { database } = platform.platform.root.cradle
    await database.queryPlatform({ text: `UPDATE plinth.place SET error = 'not now' WHERE state = 'spare'` })
    const tenant = { slug: 'early', name: 'Early', tier: 'enterprise', level: 'schema' }
    expect(await operator('POST', '/tenants', tenant)).toMatchObject({
      status: 503,
      body: { code: 'place_preparing' },
    })
    expect((await operator('GET', '/tenants/early')).status).toBe(404)
    const far = await operator('POST', '/tenants', { ...tenant, server: 'elsewhere' })
    expect(far).toMatchObject({ status: 409, body: { code: 'server_unsuitable' } })
  })

  test('moves a tenant, by API and by command, and shows how far it has come', async () => {
    const wanderer = { slug: 'wanderer', name: 'Wanderer', tier: 'custom', timeZone: 'Asia/Tokyo' }
    await operator('POST', '/tenants', wanderer)
    expect((await operator('POST', '/tenants/nobody/moves', { level: 'schema' })).status).toBe(404)
    expect((await operator('POST', '/tenants/wanderer/moves', { level: 'far' })).body.errors).toMatchObject([
      { pointer: '/level' },
    ])
    expect((await operator('POST', '/tenants/wanderer/moves', { level: 'shared' })).body).toMatchObject({
      code: 'move_refused',
      status: 409,
    })
    expect((await operator('GET', '/moves/x')).status).toBe(404)
    const { database } = platform.platform.root.cradle
    await database.queryPlatform({ text: 'UPDATE plinth.place SET error = NULL' })
    await expect.poll(spares, { timeout: 30_000 }).toBe(2)
    const { status, body, headers } = await operator('POST', '/tenants/wanderer/moves', { level: 'schema' })
    expect({ status, at: headers.get('location') }).toEqual({
      status: 202,
      at: `/platform/v1/moves/${body.id}`,
    })
    await expect
      .poll(async () => (await operator('GET', `/moves/${body.id}`)).body, { timeout: 30_000 })
      .toMatchObject({ step: 'done', source: { level: 'shared' }, target: { level: 'schema' } })
    const { port } = await platform.listen()
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, '../../deploy/operator/move-tenant.mjs'), 'wanderer', 'shared'],
      { env: { PLINTH_URL: `http://127.0.0.1:${port}`, PLINTH_OPERATOR_TOKEN: OPERATOR_TOKEN } },
    )
    expect(stdout).toMatch(
      /^wanderer: schema main t_\w+ → shared main\n[^]*done[^]*Nothing could be changed for \d+ ms\.\n$/,
    )
    expect((await operator('GET', '/moves')).body.items).toHaveLength(2)
    expect((await operator('GET', '/tenants/wanderer')).body).toMatchObject({
      level: 'shared',
      schema: 'shared',
      timeZone: 'Asia/Tokyo',
    })
  }, 60_000)
})
