import type { LimitDocument } from '@plinth/sdk'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import type { TestTenant } from './support/index.ts'

const platform = await bootFixtures({
  plugins: ['foster'],
  tenants: [
    { slug: 'room', tier: 'free' },
    { slug: 'many', tier: 'free' },
  ],
})
afterAll(() => platform.stop())

const ANIMALS = '/shelter/animals'
const made = async ({ admin }: TestTenant): Promise<string> => {
  const { status, body, text } = await admin.post(ANIMALS, { name: 'Rex' })
  expect(status, text).toBe(201)
  return body.id
}
const fill = async (tenant: TestTenant, count: number): Promise<string[]> => {
  const ids: string[] = []
  for (let each = 0; each < count; each += 1) ids.push(await made(tenant))
  return ids
}

describe('how a limit stands', () => {
  const room = platform.tenant('room')

  test('is told to the plugin, to administrators, and in the plan', async () => {
    const [, gone] = await fill(room, 3)
    await room.admin.delete(`${ANIMALS}/${gone}`)
    expect((await room.admin.get('/shelter/room')).body).toEqual({ value: 5, used: 2, left: 3 })
    const { items } = (await room.admin.get<{ items: LimitDocument[] }>('/limits')).body
    expect(items.map(({ id, used, value }) => [id, used, value])).toEqual([
      ['members', 2, 5],
      ['shelter.animals', 2, 5],
      ['shelter.bowls', 0, 3],
      ['foster.stays', 0, 2],
    ])
    expect(items[1]).toMatchObject({
      label: { en: 'Animals', de: 'Tiere' },
      because: { kind: 'tier', tier: 'free' },
      next: { tier: 'professional', value: 20 },
    })
    const { body: plan } = await room.admin.post('/plugins/shelter/plan', { action: 'disable' })
    const step = plan.steps.find(({ plugin }: { plugin: string }) => plugin === 'shelter')
    expect(step.limits.map(({ id, used }: LimitDocument) => [id, used])).toEqual([
      ['shelter.animals', 2],
      ['shelter.bowls', 0],
    ])
  })

  test('is why something is refused, once it is reached: of records, and beside the right to manage members', async () => {
    const why = async (permission: string, { admin } = room) =>
      (await admin.get(`/access/explain?permission=${permission}`)).body
    expect(await why('home.shelter.animal.create')).toMatchObject({ allowed: true, reason: 'granted' })
    await fill(room, 3)
    for (const right of ['create', 'restore'])
      expect(await why(`home.shelter.animal.${right}`)).toMatchObject({
        allowed: false,
        reason: 'limit_reached',
        limit: { id: 'shelter.animals', used: 5, value: 5, next: { tier: 'professional', value: 20 } },
        fix: '/admin/plugins?plugin=shelter',
      })
    expect(await why('home.shelter.animal.update')).toMatchObject({ allowed: true })
    const full = platform.tenant('many')
    for (let each = 0; each < 3; each += 1)
      await full.admin.post('/members/invitations', { email: `n${each}@else.example`, name: 'Noor' })
    expect(await why('platform.kernel.member.manage', full)).toMatchObject({
      allowed: true,
      reason: 'granted',
      limit: { id: 'members', used: 5, value: 5, next: { tier: 'professional', value: 100 } },
    })
  })

  test('is not told of plugins that are off, nor to those who may not see plugins', async () => {
    expect((await room.member.get('/limits')).status).toBe(403)
    await room.switch('disable', 'foster')
    const { items } = (await room.admin.get<{ items: LimitDocument[] }>('/limits')).body
    expect(items.map(({ id }) => id)).not.toContain('foster.stays')
  })

  test('costs nothing where an entity has none', async () => {
    const free = await platform.statements(() =>
      room.admin.post('/shelter/kennels', { name: 'North' }).then(() => undefined),
    )
    const [id] = (await room.admin.get(ANIMALS)).body.items.map(({ id: each }: { id: string }) => each)
    await room.admin.delete(`${ANIMALS}/${id}`)
    const limited = await platform.statements(() => made(room).then(() => undefined))
    expect(limited - free).toBe(2)
  })
})
