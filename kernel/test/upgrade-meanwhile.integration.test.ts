import type { PluginCard } from '@plinth/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { switchOff, switchOn } from './fixtures/switches.ts'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootFirst, type Succession } from './succession.ts'
import { bootForTest, makeRecord, type TestDatabase, type TestPlatform } from './support/index.ts'
import { operate, versionFolder } from './versions.ts'

const soon = { timeout: 30_000, interval: 50 }

describe('while records are brought to a new version', () => {
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: TestPlatform

  const cardOf = async (slug: string): Promise<PluginCard> => {
    const { body } = await node.tenant(slug).admin.get<{ items: PluginCard[] }>('/plugins')
    return body.items.find(({ id }) => id === 'garage')!
  }

  beforeAll(async () => {
    succession = await bootFirst([versionFolder(1), versionFolder(2)], {
      level: 'shared',
      // A worker of the version before knows nothing of handlers that are new, and would put their events off.
      roles: ['web'],
      tenants: [{ slug: 'slow' }, { slug: 'broken' }, { slug: 'empty' }],
    })
    ;({ database, old } = succession)
    for (const slug of ['slow', 'broken'])
      for (const plate of ['one', 'two'])
        await old.tenant(slug).admin.post('/garage/cars', { plate: `${slug} ${plate}`, price: '5.00' })
    switchOn('garage.waits slow two')
    switchOn('garage.knows no broken one')
    node = await bootForTest({
      database,
      pluginsFolder: succession.next.folder,
      tenants: [],
      config: { operatorToken: OPERATOR_TOKEN },
    })
    for (const { id, slug } of old.tenants) node.admit({ id, slug })
  }, 120_000)

  afterAll(async () => {
    switchOff('garage.waits slow two')
    switchOff('garage.knows no broken one')
    await node?.stop()
    await succession?.end()
  })

  test('the plugin rests in that workspace, says how far it is, and everything else goes on', async () => {
    await expect
      .poll(() => cardOf('slow'), soon)
      .toMatchObject({
        state: 'upgrading',
        upgrade: { from: '1.0.0', to: '2.0.0', state: 'running', records: { done: 0, total: 2 }, errors: [] },
      })
    const { admin } = node.tenant('slow')
    const refused = await admin.get('/garage/vehicles')
    expect([refused.status, refused.body.code]).toEqual([503, 'plugin_upgrading'])
    expect((await admin.get('/library/books')).status).toBe(200)
    const { body: shell } = await admin.get('/shell')
    expect(JSON.stringify(shell)).not.toContain('garage')
    await expect.poll(() => cardOf('empty'), soon).toMatchObject({ state: 'enabled' })
    expect((await node.tenant('empty').admin.get('/garage/vehicles')).status).toBe(200)
  })

  test('operators see who is under way, who failed and why', async () => {
    await expect
      .poll(async () => (await operate(node, 'GET')).body.items, soon)
      .toMatchObject([
        {
          plugin: 'garage',
          tenants: { pending: 0, running: 1, failed: 1, done: 1 },
          open: [
            { tenant: 'slow', state: 'running' },
            { tenant: 'broken', state: 'failed' },
          ],
          failed: [
            {
              tenant: 'broken',
              attempts: 1,
              records: [
                { entity: 'vehicle', pointer: '', code: 'garage.too_old', detail: 'Nobody knows this car.' },
              ],
            },
          ],
        },
      ])
  })

  test('a workspace that failed is not done by another attempt that fails, but by one that succeeds', async () => {
    const { admin } = node.tenant('broken')
    const again = await admin.post('/plugins/garage/retry')
    expect([again.status, again.body.code]).toEqual([409, 'upgrade_failed'])
    expect(again.body.records).toMatchObject([{ code: 'garage.too_old' }])
    expect(await cardOf('broken')).toMatchObject({ state: 'quarantined' })
    switchOff('garage.knows no broken one')
    expect((await admin.post('/plugins/garage/retry')).status).toBe(200)
    expect((await admin.get('/garage/vehicles')).body.items).toHaveLength(2)
  })

  test('events wait for the plugin, and are handed over when it is back', async () => {
    const { admin } = node.tenant('slow')
    const book = await makeRecord(admin, 'library.book')
    switchOff('garage.waits slow two')
    await expect.poll(() => cardOf('slow'), soon).toMatchObject({ state: 'enabled' })
    const goals = async () =>
      (await admin.get('/garage/trips')).body.items.map(({ goal }: { goal: string }) => goal)
    await expect.poll(goals, soon).toEqual([`book ${book.id}`])
    const { body } = await admin.get('/audit?subjectType=plugin')
    expect(body.items[0]).toMatchObject({
      action: 'plugin.upgraded',
      actor: { kind: 'system' },
      before: { version: '1.0.0' },
      after: { version: '2.0.0' },
    })
  })

  test('nobody but operators learns of other workspaces', async () => {
    const { body } = await node.tenant('empty').admin.get('/plugins')
    for (const text of ['slow', 'broken']) expect(JSON.stringify(body)).not.toContain(text)
    const wrong = 'a-token-that-is-long-enough-but-wrong'
    expect((await operate(node, 'GET', '', wrong)).status).toBe(401)
    for (const path of ['/run', '/garage/contract', '/garage/revert'])
      expect((await operate(node, 'POST', path, wrong)).status).toBe(401)
    // Without a token in its configuration a node has no such routes.
    expect((await operate(old, 'GET')).status).toBe(404)
  })
})
