import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, createTestDatabase, TEST_SECRET, type TestDatabase } from '@plinth/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  ask,
  DOORBELL_PLUGIN,
  pluginFolder,
  PlinthProcess,
  printedAccounts,
  type PluginFolder,
} from './platform/index.ts'

const started: PlinthProcess[] = []
let place: string
let database: TestDatabase
let plugins: PluginFolder
/** Settings of a platform with a database server of its own. */
let settings: Record<string, string>

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'plinth-e2e-'))
  database = await createTestDatabase(inject('adminUrl'))
  plugins = await pluginFolder(DOORBELL_PLUGIN)
  settings = {
    DATABASE_URL: database.url,
    PLINTH_SECRET: TEST_SECRET,
    PLINTH_DIRECTORY: join(place, 'never-made'),
    PLINTH_PLUGINS: plugins.folder,
    PLINTH_PORT: '0',
    PLINTH_DEMO: 'true',
  }
})
afterAll(async () => {
  for (const each of started) await each.end()
  await database?.drop()
  await plugins?.remove()
  rmSync(place, { recursive: true, force: true })
})

function start(environment: Readonly<Record<string, string>>): PlinthProcess {
  const begun = new PlinthProcess(environment)
  started.push(begun)
  return begun
}

describe('with a database server that is there already', () => {
  test('one process answers, another delivers events, and no embedded server is started', async () => {
    const web = start({ ...settings, PLINTH_ROLES: 'web' })
    const origin = await web.opened()
    const { slug, email, password } = printedAccounts(web.output)[0]!
    const admin = new Client({
      send: (request) => fetch(request),
      origin: `${origin}/t/${slug}`,
      credentials: { email, password },
    })
    expect((await admin.post('/doorbell/rings', { who: 'Jana' })).status).toBe(201)
    const echoes = async (): Promise<unknown> => (await admin.get('/doorbell/echoes')).body.items
    expect(await echoes()).toEqual([])

    const worker = start({ ...settings, PLINTH_ROLES: 'worker' })
    await expect.poll(echoes, { timeout: 60_000 }).toMatchObject([{ who: 'Jana' }])
    expect((await admin.post('/doorbell/rings', { who: 'Felix' })).status).toBe(201)
    await expect.poll(echoes, { timeout: 60_000 }).toHaveLength(2)

    expect(existsSync(settings['PLINTH_DIRECTORY']!)).toBe(false)
    expect(worker.output).not.toMatch(/is open|listens/)
    for (const each of [worker, web]) expect(await each.interrupt()).toEqual({ code: 0, signal: null })
    await expect(ask(`${origin}/healthz/live`)).rejects.toThrow('ECONNREFUSED')
  })

  test('a port that is taken is named, with what to do', async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
    })
    const { port } = taken.address() as AddressInfo
    const plinth = start({ ...settings, PLINTH_PORT: String(port) })
    expect((await plinth.ended).code).not.toBe(0)
    expect(plinth.output).toContain(
      `Port ${port} is in use. Is another Plinth running? Set PLINTH_PORT to another port.`,
    )
    await new Promise((resolve) => taken.close(resolve))
  })
})

test('every setting that is wrong is named at once, and none is repeated', async () => {
  const plinth = start({
    DATABASE_URL: 'postgresql://someone:hunter2@127.0.0.1/plinth',
    PLINTH_PORT: 'eighty',
    PLINTH_ROLES: 'boss',
    PLINTH_DEMO: 'perhaps',
    PLINTH_PROT: '4000',
  })
  expect((await plinth.ended).code).not.toBe(0)
  for (const name of ['PLINTH_SECRET', 'PLINTH_PORT', 'PLINTH_ROLES', 'PLINTH_DEMO', 'PLINTH_PROT'])
    expect(plinth.output).toContain(name)
  expect(plinth.output).not.toMatch(/hunter2|eighty|boss|perhaps/)
})
