import { join } from 'node:path'
import type { PluginCard, ShellDocument } from '@plinth/sdk'
import { describe, expect, inject, test } from 'vitest'
import { bootForTest, makeRecord } from './support/index.ts'
import { linkPlugins, readPlugins } from './support/select-plugins.ts'

const installed = await readPlugins(join(import.meta.dirname, '../../plugins'))

/** The plugin and all that cannot do without it, through all levels. */
function dependants(id: string, found = new Set([id])): Set<string> {
  for (const [other, { requires }] of installed) {
    if (found.has(other) || !Object.keys(requires ?? {}).some((required) => found.has(required))) continue
    found.add(other)
    dependants(id, found)
  }
  return found
}

/** Boots with these plugin folders only, and uses what is there. */
async function expectToWork(folders: readonly string[], expected: readonly string[]): Promise<void> {
  const linked = await linkPlugins(folders)
  const platform = await bootForTest({
    adminUrl: inject('adminUrl'),
    pluginsFolder: linked.folder,
    tenants: [{ slug: 'acme', sampleData: true }],
  })
  const { admin } = platform.tenant('acme')
  const cards = (await admin.get('/plugins')).body.items as PluginCard[]
  expect(cards.map(({ id, state }) => `${id} ${state}`).toSorted()).toEqual(
    expected.map((id) => `${id} enabled`).toSorted(),
  )
  const { body: shell } = await admin.get<ShellDocument>('/shell')
  expect([...new Set(Object.keys(shell.entities).map((id) => id.split('.')[0]!))].toSorted()).toEqual(
    expected.toSorted(),
  )
  for (const [id, { api, can }] of Object.entries(shell.entities)) {
    expect((await admin.get(api)).status, id).toBe(200)
    if (can.includes('create')) await makeRecord(admin, id)
  }
  await platform.settled()
  const failed = await platform.sql('SELECT consumer, error FROM plinth.delivery WHERE error IS NOT NULL')
  expect(failed).toEqual([])
  await platform.stop()
  await linked.remove()
}

describe.each([...installed.keys()])('with the folder of %s removed', (removed) => {
  test('the platform starts, and all that does not require it works', async () => {
    const gone = dependants(removed)
    const rest = [...installed].filter(([id]) => id !== removed)
    await expectToWork(
      rest.map(([, { folder }]) => folder),
      rest.map(([id]) => id).filter((id) => !gone.has(id)),
    )
  })
})

test('without any plugin the platform starts, and people sign in', async () => {
  await expectToWork([], [])
})

test('a folder that is removed after use and put back brings its data back', async () => {
  const all = [...installed.values()].map(({ folder }) => folder)
  const whole = await linkPlugins(all)
  const options = { adminUrl: inject('adminUrl'), pluginsFolder: whole.folder }
  const platform = await bootForTest({ ...options, tenants: [{ slug: 'acme', sampleData: true }] })
  const acme = platform.tenant('acme')
  const { body: shell } = await acme.admin.get<ShellDocument>('/shell')
  const lists = Object.values(shell.entities).map(({ api }) => `${api}?limit=3&count=true`)
  const read = async (client: typeof acme.admin) =>
    Promise.all(lists.map(async (path) => ((await client.get(path)).body as { total?: number }).total))
  await platform.settled()
  const before = await read(acme.admin)
  await platform.platform.stop()
  for (const removed of [...all, undefined]) {
    const linked = await linkPlugins(all.filter((folder) => folder !== removed))
    const node = await bootForTest({
      ...options,
      pluginsFolder: linked.folder,
      database: platform.database,
      tenants: [],
    })
    const { admin } = node.admit(acme)
    const found = await read(admin)
    expect(found.some((total) => total === undefined)).toBe(removed !== undefined)
    expect(found.filter((total, index) => total !== undefined && total !== before[index])).toEqual([])
    await node.stop()
    await linked.remove()
  }
  await platform.stop()
  await whole.remove()
})
