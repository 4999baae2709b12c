import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ShellDocument } from '@plinth/sdk'
import { expectProblem } from './expect-problem.ts'
import { bootFair, decide as decideAs, featureOf, operate as operateOn, undecide } from './fair.ts'
import { NOBODY } from './fixtures/bad-request.ts'
import { asOperator } from './operator.ts'
import { makeRecord, type Answer, type Client, type TestTenant } from './support/index.ts'

const platform = await bootFair()
const node = await platform.anotherNode()
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const small = platform.tenant('small')

const decide = (id: string, on: boolean | null): Promise<Answer> => decideAs(admin, id, on)
const operate = (id: string, body: object): Promise<Answer> => operateOn(platform, id, body)
const pathsOf = async ({ admin: who }: TestTenant): Promise<string[]> =>
  Object.keys((await who.get('/openapi.json')).body.paths)

afterEach(() => undecide(platform))

describe('what is part of a feature', () => {
  let stall: { id: string }
  beforeAll(async () => {
    stall = await makeRecord(admin, 'fair.stall')
  })

  test('is there while it is on, in every place', async () => {
    expect((await admin.post(`/fair/stalls/${stall.id}/actions/draw`, {})).status).toBe(200)
    expect((await admin.get(`/fair/stalls/${stall.id}/actions`)).body.items).toEqual(['draw', 'greet'])
    const { body } = await admin.get('/meta/fair/stall')
    expect(body.actions.map(({ name }: { name: string }) => name)).toEqual(['draw', 'greet'])
    expect(body.collectionActions).toHaveLength(1)
    expect((await admin.get('/fair/map')).status).toBe(200)
    const { body: shell } = await admin.get<ShellDocument>('/shell')
    expect(shell.navigation.map(({ label }) => label.en)).toEqual(['Stalls', 'Ground', 'Winners'])
    expect(await pathsOf(acme)).toEqual(
      expect.arrayContaining(['/fair/map', '/fair/stalls/{id}/actions/draw', '/fair/actions/light']),
    )
  })

  test('is gone once the workspace has switched it off: refused, offered nowhere, and in no document', async () => {
    expect((await decide('raffle', false)).body).toMatchObject({
      on: false,
      why: 'override',
      override: false,
    })
    expect((await decide('map', false)).status).toBe(200)
    expect((await decide('fireworks', false)).status).toBe(200)
    const refused = await admin.post(`/fair/stalls/${stall.id}/actions/draw`, {})
    expectProblem(refused, 403, 'feature_off')
    expect(refused.body).toMatchObject({
      feature: 'fair.raffle',
      why: 'override',
      permission: 'trade.fair.stall.draw',
    })
    for (const path of ['/fair/stalls/actions/redraw', '/fair/actions/light'])
      expectProblem(await admin.post(path, {}), 403, 'feature_off')
    expectProblem(await admin.get('/fair/map'), 403, 'feature_off')
    expectProblem(await admin.get(`/fair/stalls/${stall.id}/actions`), 404, 'not_found')
    const { body } = await admin.get('/meta/fair/stall')
    for (const name of ['actions', 'collectionActions', 'pluginActions'])
      expect(body).not.toHaveProperty(name)
    const { body: shell } = await admin.get<ShellDocument>('/shell')
    expect(shell.navigation.map(({ label }) => label.en)).toEqual(['Stalls'])
    expect(shell.screens).toEqual([])
    expect(
      (await pathsOf(acme)).filter((path) => /map|actions/.test(path) && path.startsWith('/fair')),
    ).toEqual([])
    const { body: document } = await admin.get('/openapi.json')
    expect(Object.keys(document.components.schemas).filter((name) => name.includes('action'))).toEqual([])
    // Nobody else's.
    expect((await platform.tenant('other').admin.get('/fair/map')).status).toBe(200)
  })

  test('is refused after a missing session and a missing right, and before a missing record', async () => {
    await decide('raffle', false)
    const path = `/fair/stalls/${NOBODY}/actions/draw`
    expectProblem(await acme.anonymous.post(path, {}), 401, 'session_missing')
    expectProblem(await (await acme.addMember(['fair.visitor'])).post(path, {}), 403, 'permission_missing')
    expectProblem(await (await acme.addMember(['fair.drawer'])).post(path, {}), 403, 'feature_off')
    await decide('raffle', true)
    expectProblem(await admin.post(path, {}), 404, 'not_found')
  })

  test('takes the tier it takes, and says so', async () => {
    const refused = await small.admin.get('/fair/map')
    expectProblem(refused, 402, 'tier_required')
    expect(refused.body).toMatchObject({ tier: 'professional', feature: 'fair.map' })
    expect(await featureOf(small.admin, 'map')).toMatchObject({
      on: false,
      why: 'tier',
      tier: 'professional',
      canSwitch: false,
    })
    const asked = await small.admin.patch('/features/fair/map', { on: true }, { version: 0 })
    expectProblem(asked, 402, 'tier_required')
    expect(await featureOf(small.admin, 'fireworks')).toMatchObject({ on: false, why: 'default' })
    expect(await featureOf(admin, 'fireworks')).toMatchObject({ on: true, why: 'default' })
  })

  test('is what handlers are told', async () => {
    const program = async (who: Client) => (await who.get('/fair/program')).body
    expect(await program(small.admin)).toEqual({ raffle: true, map: false, fireworks: false })
    await decide('raffle', false)
    expect(await program(admin)).toEqual({ raffle: false, map: true, fireworks: true })
  })
})

describe('switching a feature', () => {
  test('holds on every node within a second, for this workspace alone, and in open pages', async () => {
    const there = node.tenant('acme')
    expect((await there.admin.get('/fair/map')).status).toBe(200)
    const { port } = await node.listen()
    const live = await fetch(`http://127.0.0.1:${port}/t/acme/api/v1/live`, {
      headers: { cookie: await there.admin.cookie() },
    })
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('event: open')
    await decide('map', false)
    expect((await reader.read()).value).toContain('event: shell')
    await reader.cancel()
    expectProblem(await there.admin.get('/fair/map'), 403, 'feature_off')
    await decide('map', null)
    await expect
      .poll(async () => (await there.admin.get('/fair/map')).status, { timeout: 1_000, interval: 20 })
      .toBe(200)
  })

  test('takes the permission, knows versions, and only what there is', async () => {
    const switching = (path: string, body: object, who = admin, version?: number) =>
      who.patch(`/features/fair/${path}`, body, version === undefined ? {} : { version })
    expectProblem(await switching('raffle', { on: false }, acme.anonymous, 0), 401, 'session_missing')
    expectProblem(await switching('raffle', { on: false }, acme.member, 0), 403, 'permission_missing')
    expectProblem(await acme.member.get('/features'), 403, 'permission_missing')
    expectProblem(await switching('raffle', { on: false }), 428, 'version_required')
    expectProblem(await switching('tombola', { on: false }, admin, 0), 404, 'not_found')
    expectProblem(await admin.patch('/features/crm/raffle', { on: false }, { version: 0 }), 404, 'not_found')
    expectProblem(await switching('raffle', { on: 'no' }, admin, 0), 422, 'validation_failed')
    expectProblem(
      await switching('raffle', { on: false, why: 'stopped' }, admin, 0),
      422,
      'validation_failed',
    )
    const { version } = (await decide('raffle', false)).body
    expectProblem(await switching('raffle', { on: true }, admin, version - 1), 409, 'version_conflict')
    expect((await switching('raffle', { on: null }, admin, version)).body).toMatchObject({
      on: true,
      why: 'default',
      override: null,
      version: version + 1,
    })
  })

  test('stands in the audit log, with what was before; what changes nothing does not', async () => {
    await decide('raffle', false)
    await decide('raffle', false)
    await decide('raffle', true)
    const { body } = await admin.get('/audit')
    const entries = body.items.filter(({ subjectId }: { subjectId: string }) => subjectId === 'fair.raffle')
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'feature.changed', subjectType: 'feature', before: { on: false }, after: { on: true } },
      { action: 'feature.changed', subjectType: 'feature', before: { on: null }, after: { on: false } },
    ])
  })

  test('is no matter of a plugin that is off', async () => {
    await acme.switch('disable', 'fair')
    expect((await admin.get('/features')).body.items).toEqual([])
    expectProblem(await admin.patch('/features/fair/raffle', { on: false }, { version: 0 }), 404, 'not_found')
    await acme.switch('enable', 'fair')
    expect((await admin.get('/features')).body.items).toHaveLength(3)
  })
})

describe('what operators decide', () => {
  test('stops a feature everywhere, whatever tenants have decided, and lets it out again as it was', async () => {
    await decide('map', true)
    expect((await node.tenant('acme').admin.get('/fair/map')).status).toBe(200)
    const { body } = await operate('map', { stopped: true, reason: 'Shows what it should not' })
    expect(body).toMatchObject({ stopped: true, changed: { reason: 'Shows what it should not' } })
    for (const slug of ['acme', 'other']) {
      const refused = await platform.tenant(slug).admin.get('/fair/map')
      expectProblem(refused, 403, 'feature_off')
      expect(refused.body).toMatchObject({ feature: 'fair.map', why: 'stopped' })
    }
    await expect
      .poll(async () => (await node.tenant('acme').admin.get('/fair/map')).status, {
        timeout: 1_000,
        interval: 20,
      })
      .toBe(403)
    expect(await featureOf(admin, 'map')).toMatchObject({
      on: false,
      why: 'stopped',
      override: true,
      canSwitch: false,
    })
    await operate('map', { stopped: false, reason: 'Mended' })
    expect(await featureOf(admin, 'map')).toMatchObject({ on: true, why: 'override' })
  })

  test('lets it out to a share, which a tenant may leave or join', async () => {
    await operate('raffle', { percentage: 0, reason: 'Not yet' })
    expect(await featureOf(admin, 'raffle')).toMatchObject({ on: false, why: 'rollout' })
    expect((await decide('raffle', true)).body).toMatchObject({ on: true, why: 'override' })
    await decide('raffle', null)
    await operate('raffle', { percentage: 100, reason: 'For all' })
    expect(await featureOf(small.admin, 'raffle')).toMatchObject({ on: true, why: 'rollout' })
    await operate('raffle', { stopped: true, reason: 'Wait' })
    await operate('raffle', { stopped: false, reason: 'Go on' })
    const { body } = await asOperator(platform, 'GET', '/features')
    expect(body.items.find(({ id }: { id: string }) => id === 'raffle')).toMatchObject({
      plugin: 'fair',
      stopped: false,
      percentage: 100,
      default: true,
      tier: 'free',
    })
  })

  test('takes a reason, which stands in their journal with what was set', async () => {
    expectProblem(await operate('map', { stopped: true }), 422, 'validation_failed')
    for (const body of [{ percentage: 101 }, { percentage: 2.5 }, { stopped: 'yes' }, { on: true }])
      expectProblem(await operate('map', { ...body, reason: 'Because' }), 422, 'validation_failed')
    expectProblem(await operate('tombola', { stopped: true, reason: 'Because' }), 404, 'not_found')
    await operate('map', { percentage: 30, reason: 'First with some' })
    const { body } = await asOperator(platform, 'GET', '/journal')
    expect(body.items[0]).toMatchObject({
      action: 'PATCH',
      path: '/platform/v1/features/fair/map',
      details: { percentage: 30, reason: 'First with some' },
    })
  })

  test('takes a permission that support does not have', async () => {
    const { body } = await asOperator(platform, 'POST', '/operators', {
      name: 'Nora Feld',
      email: 'nora@platform.example',
      roles: ['support'],
    })
    const ask = (method: string, path: string, change?: object) =>
      asOperator(platform, method, path, change, body.token)
    expectProblem(await ask('GET', '/features'), 403, 'permission_missing')
    const stop = { stopped: true, reason: 'For fun' }
    expectProblem(await ask('PATCH', '/features/fair/map', stop), 403, 'permission_missing')
    expectProblem(
      await asOperator(platform, 'PATCH', '/features/fair/map', stop, 'guess'),
      401,
      'operator_token_wrong',
    )
  })
})
