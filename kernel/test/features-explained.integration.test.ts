import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { expectProblem } from './expect-problem.ts'
import { bootFair, decide as decideAs, operate as operateOn, undecide } from './fair.ts'
import { makeRecord, type Answer, type Client } from './support/index.ts'

const platform = await bootFair()
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const small = platform.tenant('small')

const decide = (id: string, on: boolean | null): Promise<Answer> => decideAs(admin, id, on)
const operate = (id: string, body: object): Promise<Answer> => operateOn(platform, id, body)
afterEach(() => undecide(platform))

describe('why something is allowed or refused', () => {
  const explain = (who: Client, query: Readonly<Record<string, string>>) =>
    who.get(`/access/explain?${new URLSearchParams(query).toString()}`)
  const DRAW = 'trade.fair.stall.draw'

  test('names the feature, on or off, after the roles and with the page where it is switched', async () => {
    const drawer = await acme.addMember(['fair.drawer'])
    expect((await explain(drawer, { permission: DRAW })).body).toMatchObject({
      allowed: true,
      reason: 'granted',
      feature: { id: 'raffle', label: { en: 'Raffle' }, on: true, why: 'default' },
    })
    await decide('raffle', false)
    const off = { allowed: false, reason: 'feature_off', feature: { on: false, why: 'override' } }
    const mine = await explain(drawer, { permission: DRAW })
    expect(mine.body).toMatchObject(off)
    expect(mine.body.grants).toHaveLength(1)
    expect(mine.body).not.toHaveProperty('fix')
    expect(mine.body.askWhom).toHaveLength(1)
    expect((await explain(admin, { permission: DRAW })).body).toMatchObject({
      ...off,
      fix: '/admin/plugins?plugin=fair',
    })
    const visitor = await acme.addMember(['fair.visitor'])
    expect((await explain(visitor, { permission: DRAW })).body).toMatchObject({
      reason: 'not_granted',
      feature: { on: false },
    })
  })

  test('follows a refusal by what it names, where the permission gives more than the feature', async () => {
    await decide('raffle', false)
    const permission = 'trade.fair.stall.update'
    expect((await explain(admin, { permission })).body).toMatchObject({ allowed: true })
    expect((await explain(admin, { permission })).body).not.toHaveProperty('feature')
    const stall = await makeRecord(admin, 'fair.stall')
    const { body } = await admin.post(`/fair/stalls/${stall.id}/actions/greet`, {})
    expect(body).toMatchObject({ permission, feature: 'fair.raffle' })
    expect((await explain(admin, { permission, feature: body.feature })).body).toMatchObject({
      reason: 'feature_off',
    })
    for (const feature of ['fair.tombola', 'crm.raffle', 'raffle'])
      expectProblem(await explain(admin, { permission, feature }), 400, 'query_invalid')
  })

  test('of a screen names its feature too; the tier with its line; and no way out of what operators stopped', async () => {
    const screen = (who: Client) => who.get('/access/explain/screen?path=/app/fair/ground')
    await operate('map', { stopped: true, reason: 'Because' })
    const { body } = await screen(admin)
    expect(body).toMatchObject({ reason: 'feature_off', feature: { id: 'map', why: 'stopped' } })
    expect(body).not.toHaveProperty('fix')
    expect(body).not.toHaveProperty('askWhom')
    await operate('map', { stopped: false, reason: 'Again' })
    expect((await screen(small.admin)).body).toMatchObject({
      allowed: false,
      reason: 'tier_required',
      feature: { id: 'map', tier: 'professional' },
      source: { plugin: 'fair', pointer: '/features/1/tier' },
    })
  })
})
