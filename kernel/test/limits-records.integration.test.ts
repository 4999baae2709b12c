import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { bring, rowsOf } from './import-client.ts'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import type { Answer, TestTenant } from './support/index.ts'

const SLUGS = ['alone', 'many', 'trash', 'along', 'race', 'family', 'brought', 'tried', 'set', 'any'] as const
const platform = await bootFixtures({
  plugins: ['foster'],
  tenants: SLUGS.map((slug) => ({ slug, tier: 'free' as const })),
  config: { operatorToken: OPERATOR_TOKEN },
})
afterAll(() => platform.stop())

const ANIMALS = '/shelter/animals'
const add = ({ admin }: TestTenant, values: object = {}): Promise<Answer> =>
  admin.post(ANIMALS, { name: 'Rex', ...values })
const made = async (tenant: TestTenant, values: object = {}): Promise<string> => {
  const { status, body, text } = await add(tenant, values)
  expect(status, text).toBe(201)
  return body.id
}
const fill = async (tenant: TestTenant, count = 5): Promise<string[]> => {
  const ids: string[] = []
  for (let each = 0; each < count; each += 1) ids.push(await made(tenant))
  return ids
}
const live = async ({ admin }: TestTenant): Promise<number> =>
  (await admin.get(`${ANIMALS}?count=true&limit=1`)).body.total
const REFUSED = { limit: 'shelter.animals', value: 5, upgradeTo: 'professional', upgradeValue: 20 }
const bulk = ({ admin }: TestTenant, body: object) => admin.post(`${ANIMALS}/bulk`, body)
const statuses = (items: readonly { status: number }[]) => items.map(({ status }) => status)

describe('records that are limited', () => {
  test('are created as long as there is room, and every way to create asks', async () => {
    const alone = platform.tenant('alone')
    await fill(alone, 3)
    const many = await alone.admin.post('/shelter/take-in', { count: 3 })
    expectProblem(many, 403, 'limit_exceeded')
    expect(many.body).toMatchObject(REFUSED)
    expect(await live(alone), 'of three at once, none stays').toBe(3)
    expectProblem(await add(alone, { twins: 2 }), 403, 'limit_exceeded')
    const together = await alone.admin.post('/shelter/take-in', { count: 3, together: true })
    expectProblem(together, 403, 'limit_exceeded')
    expect(await live(alone), 'nor of three at the same time').toBe(3)
    expect((await alone.admin.post('/shelter/take-in', { count: 1 })).body).toEqual({
      taken: 1,
      unknown: 'undeclared',
    })
    await made(alone)
    const refused = await add(alone)
    expectProblem(refused, 403, 'limit_exceeded')
    expect(refused.body).toMatchObject({ ...REFUSED, used: 5, label: { en: 'Animals', de: 'Tiere' } })
  })

  test('are created together as far as there is room, or not at all', async () => {
    const many = platform.tenant('many')
    await fill(many, 3)
    const create = Array.from({ length: 4 }, () => ({ name: 'Rex' }))
    const whole = await bulk(many, { create, atomic: true })
    expectProblem(whole, 403, 'limit_exceeded')
    expect(await live(many)).toBe(3)
    const { body } = await bulk(many, { create })
    expect(statuses(body.items)).toEqual([201, 201, 403, 403])
    expect(body.items[2].problem).toMatchObject({ code: 'limit_exceeded', used: 5, value: 5 })
    expect(await live(many)).toBe(5)
  })

  test('do not count in the trash, and come back only where there is room', async () => {
    const trash = platform.tenant('trash')
    const [first, second] = await fill(trash)
    await trash.admin.delete(`${ANIMALS}/${first}`)
    await trash.admin.delete(`${ANIMALS}/${second}`)
    await made(trash)
    const { body } = await bulk(trash, { restore: [{ id: first }, { id: second }] })
    expect(statuses(body.items)).toEqual([200, 403])
    expectProblem(await trash.admin.post(`${ANIMALS}/${second}/restore`), 403, 'limit_exceeded')
    expect(await live(trash)).toBe(5)
  })

  test('come back along with what they belong to only where there is room for all, in other plugins too', async () => {
    const along = platform.tenant('along')
    const { body: kennel } = await along.admin.post('/shelter/kennels', { name: 'West' })
    const ids = [await made(along, { kennelId: kennel.id }), await made(along, { kennelId: kennel.id })]
    await along.admin.post('/foster/stays', { home: 'Meyer', animalId: ids[0] })
    await along.admin.delete(`/shelter/kennels/${kennel.id}`)
    expect(await live(along)).toBe(0)
    const others = await fill(along, 4)
    const back = () => along.admin.post(`/shelter/kennels/${kennel.id}/restore`)
    const refused = await back()
    expectProblem(refused, 403, 'limit_exceeded')
    expect(refused.body).toMatchObject({ ...REFUSED, used: 4 })
    expect(await live(along)).toBe(4)
    await along.admin.delete(`${ANIMALS}/${others[0]}`)
    const stays: string[] = []
    for (let each = 0; each < 2; each += 1)
      stays.push((await along.admin.post('/foster/stays', { home: 'Kaya', animalId: others[1] })).body.id)
    const full = await back()
    expectProblem(full, 403, 'limit_exceeded')
    expect(full.body).toMatchObject({ limit: 'foster.stays', used: 2, value: 2, upgradeTo: 'custom' })
    await along.admin.delete(`/foster/stays/${stays[0]}`)
    expect((await back()).status).toBe(200)
    expect(await live(along)).toBe(5)
  })

  test('K-TIER-02: of ten that are created at the same time on two nodes where one place is left, one is', async () => {
    const race = platform.tenant('race')
    await fill(race, 4)
    const second = await platform.anotherNode()
    try {
      const elsewhere = second.tenant('race')
      await elsewhere.admin.get('/shell')
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, each) => add(each % 2 === 0 ? race : elsewhere)),
      )
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 403)).toHaveLength(9)
    } finally {
      await second.stop()
    }
    expect(await live(race)).toBe(5)
  })

  test('are counted as children too: those that go make room for those that come', async () => {
    const { admin } = platform.tenant('family')
    const bowls = (...names: string[]) => names.map((name) => ({ name }))
    expectProblem(
      await admin.post('/shelter/kennels', { name: 'A', bowls: bowls('1', '2', '3', '4') }),
      403,
      'limit_exceeded',
    )
    const { body: kennel, status } = await admin.post('/shelter/kennels', {
      name: 'A',
      bowls: bowls('1', '2', '3'),
    })
    expect(status).toBe(201)
    const path = `/shelter/kennels/${kennel.id}`
    const more = await admin.patch(
      path,
      { bowls: [...kennel.bowls.map(({ id }: { id: string }) => ({ id })), { name: '4' }] },
      { version: kennel.version },
    )
    expectProblem(more, 403, 'limit_exceeded')
    const other = await admin.patch(path, { bowls: bowls('5', '6') }, { version: kennel.version })
    expect(other.status, other.text).toBe(200)
    expect((await admin.post('/shelter/kennels', { name: 'B', bowls: bowls('7') })).status).toBe(201)
    expectProblem(
      await admin.post('/shelter/kennels', { name: 'C', bowls: bowls('8') }),
      403,
      'limit_exceeded',
    )
  })

  test('K-TIER-02: are imported as far as there is room; the other rows say why they are not', async () => {
    const brought = platform.tenant('brought')
    await fill(brought, 3)
    const file = `Name\n${['One', 'Two', 'Three', 'Four'].join('\n')}\n`
    const done = await bring(brought.admin, file, { mode: 'create' }, 'run', { path: ANIMALS })
    expect(done.counts).toMatchObject({ created: 2, refused: 2 })
    const rows = await rowsOf(brought.admin, done, '?outcome=refused', ANIMALS)
    expect(rows.map(({ errors }) => errors[0]?.code)).toEqual(['limit_exceeded', 'limit_exceeded'])
    expect(await live(brought)).toBe(5)
  })

  test('are promised by the check of an import as far as there is room, in however many batches it is carried out', async () => {
    const tried = platform.tenant('tried')
    await fill(tried, 2)
    const chips = Array.from({ length: 250 }, (_, each) => {
      // The first hundred rows leave room, and the next ones repeat what one of them has.
      if (each === 0) return 'Rex,first'
      if (each < 100) return `,${each}`
      return each === 100 ? 'Rex,first' : `Rex,${each}`
    })
    const file = `Name,Chip\n${chips.join('\n')}\n`
    const checked = await bring(tried.admin, file, { mode: 'create' }, 'check', { path: ANIMALS })
    expect(checked.counts).toMatchObject({ created: 3, refused: 247 })
    const reasons = (await rowsOf(tried.admin, checked, '?outcome=refused&after=101', ANIMALS)).map(
      ({ row, errors }) => [row, errors[0]?.code],
    )
    expect(reasons.slice(0, 3)).toEqual([
      [102, 'unique'],
      [105, 'limit_exceeded'],
      [106, 'limit_exceeded'],
    ])
    expect(await live(tried)).toBe(2)
    const done = await bring(tried.admin, file, { mode: 'create' }, 'run', { path: ANIMALS })
    expect(done.counts).toEqual(checked.counts)
    expect(await live(tried)).toBe(5)
  })

  test('K-TIER-10: may be more where an operator wants it, at once on every node, and stay after that has ended', async () => {
    const set = platform.tenant('set')
    await fill(set)
    const path = '/tenants/set/limits/shelter.animals'
    const second = await platform.anotherNode()
    try {
      expect((await add(second.tenant('set'))).status).toBe(403)
      const wish = { value: 6, reason: 'A litter', until: '2099-01-01T00:00:00Z' }
      expect((await asOperator(platform, 'PUT', path, wish)).status).toBe(200)
      await expect.poll(async () => (await add(second.tenant('set'))).status).toBe(201)
      expect((await add(set)).body).toMatchObject({ used: 6, value: 6 })
      await set.sql(`UPDATE plinth.limit_override SET ends_at = now() - interval '1 second'`)
      await platform.platform.root.cradle.bus.publish({ topic: 'tenant', tenantId: set.id })
      expect((await add(set)).body).toMatchObject({ used: 6, value: 5 })
      expect(await live(set)).toBe(6)
    } finally {
      await second.stop()
    }
  })

  test('never exceed their limit, in whatever order they come and go', async () => {
    const any = platform.tenant('any')
    let names = 0
    const deed = fc.oneof(
      fc.record({ kind: fc.constant('create' as const), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({
        kind: fc.constant('many' as const),
        count: fc.integer({ min: 1, max: 7 }),
        atomic: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('delete' as const), at: fc.nat(20) }),
      fc.record({ kind: fc.constant('restore' as const), at: fc.nat(20) }),
      fc.record({
        kind: fc.constant('swap' as const),
        at: fc.nat(20),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({ kind: fc.constant('import' as const), count: fc.integer({ min: 1, max: 7 }) }),
    )
    const idsIn = async (path: string): Promise<string[]> =>
      (await any.admin.get(`${path}?limit=50`)).body.items.map(({ id }: { id: string }) => id)
    const pick = (ids: readonly string[], at: number) => ids[at % Math.max(1, ids.length)]
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
        for (const each of deeds) {
          const before = await live(any)
          const fresh = (count: number) => Array.from({ length: count }, () => ({ name: `N${(names += 1)}` }))
          if (each.kind === 'create') await Promise.all(fresh(each.count).map((values) => add(any, values)))
          if (each.kind === 'many') {
            const { body } = await bulk(any, { create: fresh(each.count), atomic: each.atomic })
            const fits = before + each.count <= 5
            if (each.atomic) expect(body.code).toBe(fits ? undefined : 'limit_exceeded')
            else expect(body.refused).toBe(Math.max(0, before + each.count - 5))
          }
          if (each.kind === 'delete') {
            const id = pick(await idsIn(ANIMALS), each.at)
            if (id) await any.admin.delete(`${ANIMALS}/${id}`)
          }
          if (each.kind === 'restore') {
            const id = pick(await idsIn(`${ANIMALS}/trash`), each.at)
            if (id)
              expect((await any.admin.post(`${ANIMALS}/${id}/restore`)).status).toBe(before < 5 ? 200 : 403)
          }
          if (each.kind === 'swap') {
            const id = pick(await idsIn(ANIMALS), each.at)
            if (id) await bulk(any, { delete: [{ id }], create: fresh(each.count) })
          }
          if (each.kind === 'import')
            await bring(
              any.admin,
              `Name\n${fresh(each.count)
                .map(({ name }) => name)
                .join('\n')}\n`,
              { mode: 'create' },
              'run',
              {
                path: ANIMALS,
              },
            )
          expect(await live(any)).toBeLessThanOrEqual(5)
        }
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
