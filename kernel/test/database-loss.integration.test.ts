import { expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { makeRecord, type TestPlatform } from './support/index.ts'

/** Cuts every connection the application has, as a restart of the database server does. */
function cutConnections(platform: TestPlatform): Promise<unknown> {
  return platform.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'plinth_app' AND datname = current_database()`,
  )
}

test('a connection that breaks in the middle of a change costs that change, and nothing after it', async () => {
  const platform = await bootFixtures({ plugins: ['lending'], roles: ['web'] })
  const { admin, id: tenantId } = platform.tenant('acme')
  const { database } = platform.platform.root.cradle
  // More often than there are connections: none may be missing afterwards.
  for (let turn = 0; turn < 15; turn += 1) {
    const broken = database.transaction({ tenantId }, async (transaction) => {
      const [row] = await transaction.run<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })
      await platform.sql('SELECT pg_terminate_backend($1)', [row!.pid])
      await transaction.run({ text: 'SELECT 1' })
    })
    await expect(broken).rejects.toMatchObject({ code: 'unavailable' })
  }
  const records = await Promise.all(Array.from({ length: 15 }, () => makeRecord(admin, 'library.author')))
  expect(records).toHaveLength(15)
  await platform.stop()
})

test('a connection that is cut while plugin code is thinking is given back too', async () => {
  const platform = await bootFixtures({ plugins: ['lending'], roles: ['web'] })
  const { id: tenantId } = platform.tenant('acme')
  const { database } = platform.platform.root.cradle
  for (let turn = 0; turn < 15; turn += 1) {
    const broken = database.transaction({ tenantId }, async (transaction) => {
      await transaction.run({ text: 'SELECT 1' })
      await cutConnections(platform)
      await new Promise((resolve) => setTimeout(resolve, 20))
    })
    await expect(broken).rejects.toMatchObject({ code: 'unavailable' })
  }
  await platform.stop()
})

test('after the database was away, requests, notices and events come back by themselves', async () => {
  const platform = await bootFixtures({ plugins: ['lending'] })
  const { admin } = platform.tenant('acme')
  const node = await platform.anotherNode()
  await makeRecord(node.tenant('acme').admin, 'library.author')
  await cutConnections(platform)
  const ready = async (of: TestPlatform) =>
    (await of.platform.app.request('http://localhost/healthz/ready')).json()
  const whole = {
    status: 'ready',
    checks: { database: 'ok', notices: 'ok', search: 'ok', places: 'ok', keys: 'ok' },
  }
  await expect.poll(() => ready(platform)).toEqual(whole)
  await expect.poll(() => ready(node)).toEqual(whole)
  await makeRecord(admin, 'library.book')
  await platform.tenant('acme').switch('disable', 'lending')
  const status = async () => (await node.tenant('acme').admin.get('/lending/loans')).status
  await expect.poll(status).toBe(404)
  await platform.tenant('acme').switch('enable', 'lending')
  await expect.poll(status).toBe(200)
  await platform.settled()
  await platform.stop()
})
