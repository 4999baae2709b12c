import type { PluginCard } from '@plinth/sdk'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { switchOff, switchOn } from './fixtures/switches.ts'
import { spawnPlatform, SwitchFile } from './spawn-platform.ts'
import { makeRecord, type Answer, type Client } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['faulty', 'library'],
  tenants: [{ slug: 'acme', plugins: ['library'] }, { slug: 'other' }],
})
afterAll(() => platform.stop())
afterEach(() => {
  switchOff('faulty-enable')
  switchOff('faulty-hook')
  switchOff('faulty-loop')
  switchOff('faulty-nothing')
})

async function cardOf(admin: Client, id = 'faulty'): Promise<PluginCard> {
  const { status, body, text } = await admin.get('/plugins')
  expect(status, text).toBe(200)
  return (body.items as PluginCard[]).find((card) => card.id === id)!
}

async function apply(admin: Client, action: string, id = 'faulty'): Promise<Answer> {
  const { body } = await admin.post(`/plugins/${id}/plan`, { action })
  return admin.post(`/plugins/${id}/apply`, { action, hash: body.hash })
}

/** What must go on working, whatever one plugin does: the console, and another plugin. */
async function expectOthersToWork(admin: Client): Promise<void> {
  for (const path of ['/shell', '/plugins', '/openapi.json', '/audit', '/library/books'])
    expect((await admin.get(path)).status, path).toBe(200)
  await makeRecord(admin, 'library.author')
}

describe('a plugin that throws while it is switched on', () => {
  const { admin } = platform.tenant('acme')

  test('is quarantined with the reason, leaves nothing behind, and others go on', async () => {
    switchOn('faulty-enable')
    const answer = await apply(admin, 'enable')
    expectProblem(answer, 409, 'plugin_quarantined')
    expect(answer.body.plugin).toBe('faulty')
    expect(await cardOf(admin)).toMatchObject({ state: 'quarantined', reason: 'It cannot be enabled' })
    expect(
      await platform.sql('SELECT 1 FROM shared.faulty_thing WHERE tenant_id = $1', [
        platform.tenant('acme').id,
      ]),
    ).toEqual([])
    expectProblem(await admin.get('/faulty/things'), 404, 'not_found')
    await expectOthersToWork(admin)
    const audit = await admin.get('/audit?subjectType=plugin&subjectId=faulty')
    expect(audit.body.items).toMatchObject([
      { action: 'plugin.quarantined', after: { reason: 'It cannot be enabled' } },
    ])
    expect((await cardOf(platform.tenant('other').admin)).state).toBe('enabled')
  })

  test('stays so when it is tried again in vain, and works once the cause is gone', async () => {
    switchOn('faulty-enable')
    expectProblem(await admin.post('/plugins/faulty/retry'), 409, 'plugin_quarantined')
    expect((await cardOf(admin)).state).toBe('quarantined')
    switchOff('faulty-enable')
    expect((await admin.post('/plugins/faulty/retry')).status).toBe(200)
    expect(await cardOf(admin)).toMatchObject({ state: 'enabled' })
    expect(await cardOf(admin)).not.toHaveProperty('reason')
    expect((await admin.post('/faulty/things', { name: 'A' })).body).toMatchObject({ name: 'A (whole)' })
  })
})

test('a plugin whose hooks set each other off fails, leaves nothing behind, and others go on', async () => {
  const { admin } = platform.tenant('other')
  const things = async () => (await admin.get('/faulty/things?count=true')).body.total as number
  const before = await things()
  switchOn('faulty-loop')
  const answer = await admin.post('/faulty/things', { name: 'Round' })
  expect(answer).toMatchObject({ status: 500, body: { code: 'plugin_failed', plugin: 'faulty' } })
  switchOff('faulty-loop')
  expect(await things()).toBe(before)
  await expectOthersToWork(admin)
  expect((await admin.post('/faulty/things', { name: 'C' })).status).toBe(201)
})

test('a hook that forgets to return the input is the plugin’s fault, not the sender’s', async () => {
  const { admin } = platform.tenant('other')
  switchOn('faulty-nothing')
  const answer = await admin.post('/faulty/things', { name: 'Forgotten' })
  expect(answer).toMatchObject({ status: 500, body: { code: 'plugin_failed', plugin: 'faulty' } })
  switchOff('faulty-nothing')
  expect((await admin.post('/faulty/things', { name: 'D' })).status).toBe(201)
})

test('an answer that JSON cannot say is a failure of the plugin', async () => {
  const { admin } = platform.tenant('other')
  const answer = await admin.get('/faulty/circle')
  expect(answer).toMatchObject({ status: 500, body: { code: 'plugin_failed', plugin: 'faulty' } })
  expect((await admin.post('/faulty/things', { name: 'E' })).status).toBe(201)
})

describe('a plugin that throws in every request', () => {
  const { admin, member } = platform.tenant('other')
  const post = () => admin.post('/faulty/things', { name: 'B' })

  function expectFailure(answer: Answer): void {
    expect(answer).toMatchObject({
      status: 500,
      body: { code: 'plugin_failed', plugin: 'faulty', requestId: answer.headers.get('x-request-id') },
    })
    // What went wrong inside is for the log, not for whoever asked.
    expect(answer.text).not.toContain('It fails in every request')
  }

  test('is forgiven as long as it works in between', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      switchOn('faulty-hook')
      for (let failure = 0; failure < 4; failure += 1) expectFailure(await post())
      switchOff('faulty-hook')
      expect((await post()).status).toBe(201)
    }
    expect((await cardOf(admin)).state).toBe('enabled')
  })

  test('is quarantined after the fifth time in a row, in this workspace alone, and keeps its data', async () => {
    const kept = (await post()).body
    switchOn('faulty-hook')
    for (let failure = 0; failure < 5; failure += 1) expectFailure(await post())
    expect(await cardOf(admin)).toMatchObject({
      state: 'quarantined',
      reason: expect.stringContaining('It fails in every request'),
    })
    expectProblem(await post(), 404, 'not_found')
    expectProblem(await admin.get(`/faulty/things/${kept.id}`), 404, 'not_found')
    expect((await member.get('/shell')).body.entities).not.toHaveProperty('faulty.thing')
    await expectOthersToWork(admin)
    expect((await cardOf(platform.tenant('acme').admin)).state).toBe('enabled')

    switchOff('faulty-hook')
    expect((await admin.post('/plugins/faulty/retry')).status).toBe(200)
    expect((await admin.get(`/faulty/things/${kept.id}`)).body).toEqual(kept)
    expect((await post()).status).toBe(201)
  })

  test('is not quarantined for what people send, or for what it refuses on purpose', async () => {
    const { id: authorId } = await makeRecord(admin, 'library.author')
    for (let turn = 0; turn < 8; turn += 1) {
      expectProblem(
        await admin.post('/library/books', { title: 'Forbidden', authorId }),
        409,
        'library.forbidden',
      )
      expectProblem(await admin.get('/library/shelf/nothing'), 404, 'not_found')
    }
    expect((await cardOf(admin, 'library')).state).toBe('enabled')
  })
})

describe('a plugin whose code cannot be loaded', () => {
  const switches = new SwitchFile()
  afterAll(() => switches.remove())

  test.each([
    ['faulty-import', 'It cannot even be imported'],
    ['faulty-part', 'A part of it is broken'],
  ])(
    '(%s) does not keep the platform from starting, and works in all workspaces and on all nodes once the cause is gone',
    async (fault, reason) => {
      const home = await bootFixtures({
        plugins: ['faulty', 'library'],
        roles: ['web'],
        tenants: [{ slug: 'acme' }, { slug: 'other' }, { slug: 'fresh', plugins: ['library'] }],
      })
      switches.set(fault)
      const environment = { PLINTH_TEST_SWITCHES: switches.path }
      const [started, node] = await Promise.all([
        spawnPlatform(home, environment),
        spawnPlatform(home, environment),
      ])
      const elsewhere = node.admin('acme')
      expect((await cardOf(elsewhere)).state).toBe('quarantined')
      const [acme, other, fresh] = [started.admin('acme'), started.admin('other'), started.admin('fresh')]
      for (const admin of [acme, other, fresh]) {
        const card = await cardOf(admin)
        expect(card).toMatchObject({ state: 'quarantined', reason: expect.stringContaining(reason) })
        expectProblem(await admin.get('/faulty/things'), 404, 'not_found')
        await expectOthersToWork(admin)
      }
      expect((await apply(fresh, 'enable')).body.code).toBe('plan_blocked')
      const vain = await acme.post('/plugins/faulty/retry')
      expectProblem(vain, 409, 'plugin_quarantined')
      expect(vain.body.detail).toContain(reason)

      switches.set()
      expect((await acme.post('/plugins/faulty/retry')).status).toBe(200)
      for (const admin of [acme, other]) {
        expect((await cardOf(admin)).state).toBe('enabled')
        expect((await admin.post('/faulty/things', { name: 'C' })).body).toMatchObject({ name: 'C (whole)' })
      }
      await expect.poll(async () => (await elsewhere.get('/faulty/things')).status).toBe(200)
      expect((await cardOf(fresh)).state).toBe('disabled')
      expect((await apply(fresh, 'enable')).status).toBe(200)
      await Promise.all([started.stop(), node.stop()])
      await home.stop()
    },
  )
})
