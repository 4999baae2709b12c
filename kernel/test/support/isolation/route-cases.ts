import assert from 'node:assert/strict'
import type { Answer } from '../client.ts'
import { assertSilent, assertUnknown, NOBODY, type IsolationCase } from './isolation-case.ts'
import type { IsolationWorld } from './isolation-world.ts'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** What the intruder can try with the routes plugins declare beyond records. */
export function pluginRouteCases(world: IsolationWorld): IsolationCase[] {
  const collections = new Set(world.entities.map(({ meta }) => meta.api.replace('/api/v1', '')))
  const cases: IsolationCase[] = []
  for (const [path, item] of Object.entries(world.paths)) {
    if (collections.has(path) || collections.has(path.replace(/\/\{id\}$/, ''))) continue
    const plugin = path.split('/')[1]!
    for (const method of METHODS.filter((each) => each in item))
      cases.push({
        name: `${method.toUpperCase()} ${path} with ids of another workspace finds nothing`,
        run: () => callRoute(world, method.toUpperCase(), path, plugin),
      })
  }
  return cases
}

async function callRoute(world: IsolationWorld, method: string, path: string, plugin: string): Promise<void> {
  const { admin } = world.intruder
  const call = (address: string): Promise<Answer> =>
    method === 'GET' || method === 'DELETE'
      ? admin.send(method, address)
      : admin.send(method, address, { headers: { 'content-type': 'application/json' }, body: '{}' })
  if (!path.includes('{')) return assertSilent(world, await call(path), [])
  for (const { meta, owned } of world.entities.filter((each) => each.meta.id.startsWith(`${plugin}.`))) {
    const answer = await call(path.replaceAll(/\{[^}]+\}/g, owned.id))
    assert.ok(answer.status >= 400 && answer.status < 500, `${meta.id}: ${answer.status} ${answer.text}`)
    assertSilent(world, answer, [owned.id])
  }
}

/** What someone of the same workspace can do without any permission: nothing, whatever the route. */
export function powerlessCases(world: IsolationWorld): IsolationCase[] {
  const key = once(async () => {
    const wanted = { name: 'powerless', permissions: ['platform.kernel.member.read'] }
    const { body } = await world.intruder.admin.post('/api-keys', wanted)
    return world.intruder.clientWithKey(body.key as string)
  })
  return Object.entries(world.paths).flatMap(([path, item]) => {
    const entity = world.entities.find(({ meta }) => `/api/v1${path}/`.startsWith(`${meta.api}/`))
    const address = path.replaceAll(/\{[^}]+\}/g, entity?.own.id ?? NOBODY)
    return METHODS.filter((each) => each in item).map((method) => ({
      name: `${method.toUpperCase()} ${path} without permission is refused`,
      async run() {
        const client = await key()
        const body = JSON.stringify(path.endsWith('/bulk') ? { create: [{}] } : {})
        const headers = { 'content-type': 'application/json', 'if-match': '"1"' }
        const bodiless = method === 'get' || method === 'delete'
        const answer = await client.send(method.toUpperCase(), address, bodiless ? {} : { headers, body })
        assert.deepEqual([answer.status, answer.body?.code], [403, 'permission_missing'], answer.text)
      },
    }))
  })
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** What the intruder can try with the kernel's own routes. */
export function kernelRouteCases(world: IsolationWorld): IsolationCase[] {
  const { owner, intruder, platform } = world
  const origin = `http://${intruder.slug}.localhost/api/v1`
  const at = async (path: string, headers: Record<string, string>) =>
    platform.platform.app.request(origin + path, { headers })
  const foreignKey = once(async () => {
    const { body } = await owner.admin.post('/api-keys', { name: 'sync', permissions: ['*'] })
    // A part of its rate is drawn with the first request.
    await owner.clientWithKey(body.key).get('/plugins')
    return body as { id: string; key: string }
  })
  return [
    {
      name: 'a session of another workspace is no session here',
      async run() {
        const cookie = await owner.admin.cookie()
        for (const path of ['/session', '/shell', '/plugins', '/members', '/openapi.json', '/nowhere'])
          assert.equal((await at(path, { cookie })).status, 401, path)
        const mixed = { cookie, 'x-csrf-token': (await intruder.admin.session()).csrf }
        assert.equal((await at('/session', mixed)).status, 401)
      },
    },
    {
      name: 'an API key of another workspace is no key here, and cannot be seen or revoked',
      prepare: foreignKey,
      tidy: async () => owner.admin.delete(`/api-keys/${(await foreignKey()).id}`),
      run: async () => tryForeignKey(world, at, await foreignKey()),
    },
    {
      name: 'members of another workspace cannot be found',
      async run() {
        const all = await intruder.admin.get('/members')
        assert.equal(all.status, 200)
        assertSilent(world, all, [])
        const { name } = (await owner.member.session()).member
        assertSilent(world, await intruder.admin.get(`/members?q=${name}`), [])
      },
    },
    {
      name: 'the audit log of another workspace cannot be read',
      async run() {
        const [{ owned }] = world.entities as [IsolationWorld['entities'][number]]
        for (const query of ['', `?subjectId=${owned.id}`, `?before=${owned.id}`]) {
          const answer = await intruder.admin.get(`/audit${query}`)
          assert.equal(answer.status, 200)
          assertSilent(world, answer, [owned.id])
        }
        const { body } = await intruder.admin.get(`/audit?subjectId=${owned.id}`)
        assert.deepEqual(body.items, [])
      },
    },
    {
      name: 'switching plugins here changes nothing elsewhere',
      async run() {
        const { body } = await intruder.admin.get('/plugins')
        const on = (body.items as { id: string; state: string; requiredBy: string[] }[]).filter(
          ({ state, requiredBy }) => state === 'enabled' && requiredBy.length === 0,
        )
        assert.ok(on.length > 0)
        for (const { id } of on) {
          await intruder.switch('disable', id)
          const cards = (await owner.admin.get('/plugins')).body.items as { id: string; state: string }[]
          assert.equal(cards.find((card) => card.id === id)?.state, 'enabled')
          await intruder.switch('enable', id)
        }
      },
    },
  ]
}

async function tryForeignKey(
  world: IsolationWorld,
  at: (path: string, headers: Record<string, string>) => Promise<Response>,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<void> {
  const { owner, intruder, platform } = world
  const [{ meta }] = world.entities as [IsolationWorld['entities'][number]]
  const authorization = `Bearer ${key}`
  assert.equal((await at(meta.api.replace('/api/v1', ''), { authorization })).status, 401)
  // Without naming a workspace, the key leads to its own.
  const home = await platform.platform.app.request(`http://localhost${meta.api}`, {
    headers: { authorization },
  })
  assert.equal(home.status, 200)
  const keys = await intruder.admin.get('/api-keys')
  assert.ok(!keys.text.includes(id), keys.text)
  assertUnknown(world, await intruder.admin.delete(`/api-keys/${id}`), [id])
  assert.equal((await owner.clientWithKey(key).get(meta.api)).status, 200)
}
