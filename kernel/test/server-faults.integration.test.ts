import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ServerConfig } from '../src/config/index.ts'
import { asAdmin } from '../src/data/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import { startSecondServer } from './second-server.ts'
import type { TestPlatform } from './support/index.ts'

/** Servers are looked after every five seconds. */
const SOON = { timeout: 60_000, interval: 250 }

let second: Awaited<ReturnType<typeof startSecondServer>>
let way: Awaited<ReturnType<typeof openWay>>
let platform: TestPlatform

beforeAll(async () => {
  second = await startSecondServer()
  way = await openWay(second.adminUrl)
  const servers = new Map<string, ServerConfig>([['two', { url: way.url, levels: ['schema'] }]])
  platform = await bootFixtures({
    plugins: ['library'],
    tenants: [],
    config: { operatorToken: OPERATOR_TOKEN, servers, spares: { schema: 1, database: 0 } },
  })
  platform.platform.root.cradle.places.servers.probeMs = 0
}, 90_000)
afterAll(async () => {
  await platform?.stop()
  await way?.close()
  await second?.remove()
})

/** A way to a database server that can be blocked. */
async function openWay(adminUrl: string) {
  const url = new URL(adminUrl)
  const { hostname, port } = url
  const sockets = new Set<Socket>()
  let isBlocked = false
  const server = createServer((socket) => {
    if (isBlocked) {
      socket.destroy()
      return
    }
    const onward = connect(Number(port), hostname)
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined).on('close', () => to.destroy() && sockets.delete(from))
      from.pipe(to)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const block = (blocked: boolean): void => {
    isBlocked = blocked
    if (blocked) for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    block,
    async close() {
      block(true)
      server.close()
      await once(server, 'close')
    },
  }
}

async function serverNamed(name: string) {
  const { body } = await asOperator(platform, 'GET', '/servers')
  return body.items.find((each: { name: string }) => each.name === name)
}

const faultsOf = async (name: string): Promise<string[]> =>
  ((await serverNamed(name)).faults as { about: string }[]).map(({ about }) => about)

async function readiness() {
  const response = await platform.platform.app.request('http://localhost/healthz/ready')
  return { code: response.status, ...((await response.json()) as object) }
}

const readOnly = (isOn: boolean): Promise<unknown> =>
  asAdmin(second.adminUrl, async (client) => {
    await client.query(`ALTER SYSTEM SET default_transaction_read_only = ${isOn ? 'on' : 'off'}`)
    await client.query('SELECT pg_reload_conf()')
  })

test('what hinders a server is shown to operators and in readiness, as long as it lasts', async () => {
  await expect.poll(async () => serverNamed('two'), SOON).toMatchObject({ spares: 1 })
  expect(await faultsOf('two')).toEqual([])
  expect(await readiness()).toMatchObject({ code: 200, status: 'ready', checks: { places: 'ok' } })

  // It takes no changes: the place that is given up stays, and none is made for it.
  await readOnly(true)
  const [spare] = await platform.database.sql(
    `UPDATE plinth.place SET state = 'retired' WHERE server = 'two' RETURNING schema`,
  )
  await expect.poll(() => faultsOf('two'), SOON).toEqual(['removal', 'spares'])
  const { faults, spares } = await serverNamed('two')
  expect(spares).toBe(0)
  for (const { error, since, seenAt } of faults) {
    expect(error).toContain('read-only')
    expect(Date.parse(since)).toBeLessThanOrEqual(Date.parse(seenAt))
  }
  expect(await faultsOf('main')).toEqual([])
  // Everyone who lives elsewhere is served.
  expect(await readiness()).toMatchObject({ code: 200, status: 'degraded', checks: { places: 'faulty' } })

  // Nor is it there at all; whoever starts now cannot look after its tables.
  way.block(true)
  await expect.poll(() => faultsOf('two'), SOON).toEqual(['connection', 'removal', 'spares'])
  const node = await platform.anotherNode()
  expect(await faultsOf('two')).toEqual(['connection', 'removal', 'spares', 'tables'])
  await node.stop()

  // All is well again.
  await readOnly(false)
  way.block(false)
  await expect.poll(() => faultsOf('two'), SOON).toEqual(['tables'])
  await (await platform.anotherNode()).stop()
  expect(await faultsOf('two')).toEqual([])
  expect((await serverNamed('two')).spares).toBe(1)
  const places = await platform.platform.root.cradle.places.all()
  expect(places.map(({ schema }) => schema)).not.toContain(spare!.schema)
  expect(await readiness()).toMatchObject({ code: 200, status: 'ready', checks: { places: 'ok' } })
}, 300_000)

test('a spare place that cannot be taken is named, and not counted', async () => {
  await platform.database.sql(`UPDATE plinth.place SET error = 'not now' WHERE server = 'main'`)
  await expect
    .poll(async () => (await serverNamed('main')).faults, SOON)
    .toMatchObject([{ about: 'spares', error: 'A spare schema is not up to date: not now' }])
  expect((await serverNamed('main')).spares).toBe(0)
}, 90_000)

test('what was wrong with a server that is no longer configured is forgotten', async () => {
  await platform.database.sql(
    `INSERT INTO plinth.server_fault (server, about, error) VALUES ('gone', 'spares', 'x')`,
  )
  const stored = async () =>
    (await platform.database.sql(`SELECT 1 FROM plinth.server_fault WHERE server = 'gone'`)).length
  await expect.poll(stored, SOON).toBe(0)
}, 90_000)
