import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootFirst, type Succession } from './succession.ts'
import type { TestDatabase, TestPlatform } from './support/index.ts'
import { bootVersion, operate, versionFolder } from './versions.ts'

const LEVELS = ['shared', 'schema', 'database'] as const

describe('tenants of every level', () => {
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: TestPlatform | undefined

  const plates = async (platform: TestPlatform, slug: string, path: string): Promise<unknown> => {
    const { status, body } = await platform.tenant(slug).admin.get(`${path}?sort=plate`)
    return status === 200 ? body.items : status
  }
  const columns = async (slug: string) =>
    (
      await old
        .tenant(slug)
        .sql<{ name: string }>(
          `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'shared.garage_car'::regclass AND attnum > 0 AND NOT attisdropped`,
        )
    ).map(({ name }) => name)

  beforeAll(async () => {
    succession = await bootFirst([versionFolder(1), versionFolder(2)], {
      config: { operatorToken: OPERATOR_TOKEN, spares: { schema: 1, database: 1 } },
      tenants: LEVELS.map((level) => ({ slug: level, level })),
    })
    ;({ database, old } = succession)
    for (const level of LEVELS) {
      const { admin } = old.tenant(level)
      const mail = level === 'database' ? 'by pigeon' : 'a@example.org'
      await admin.post('/garage/cars', { plate: '1', price: '1.00', seats: 2, mail })
    }
  }, 120_000)

  afterAll(async () => {
    await node?.stop()
    await succession?.end()
  })

  test('are brought along where they live, and one that fails is named and holds up no other', async () => {
    node = await bootVersion(database, succession.next, old)
    expect((await operate(node, 'GET')).body.items).toMatchObject([
      { phase: 'expanded', tenants: { done: 2, failed: 1 }, failed: [{ tenant: 'database' }] },
    ])
    for (const level of ['shared', 'schema'] as const)
      expect(await plates(node, level, '/garage/vehicles')).toMatchObject([{ seats: '2.0', wheels: 4 }])
    expect(await plates(node, 'database', '/garage/vehicles')).toBe(404)
    expect(await plates(old, 'database', '/garage/cars')).toMatchObject([{ mail: 'by pigeon' }])
    const { status, body } = await operate(node, 'POST', '/garage/contract')
    expect([status, body.tenants]).toMatchObject([409, [{ tenant: 'database', state: 'failed' }]])
    for (const level of LEVELS) expect(await columns(level)).toContain('note')
    const { id } = node.tenant('shared')
    await expect(node.platform.root.cradle.moves.start(id, 'schema')).rejects.toMatchObject({
      code: 'move_refused',
    })
  })

  test('go back together', async () => {
    await node!.stop()
    expect((await operate(old, 'POST', '/garage/revert')).body.items).toMatchObject([{ phase: 'reverted' }])
    for (const level of LEVELS) {
      expect(await plates(old, level, '/garage/cars')).toMatchObject([
        { plate: '1', seats: 2, price: '1.00' },
      ])
      expect(await columns(level)).not.toContain('wheels')
    }
  })

  test('and are completed together', async () => {
    const [car] = (await plates(old, 'database', '/garage/cars')) as { id: string; version: number }[]
    const { admin } = old.tenant('database')
    await admin.patch(`/garage/cars/${car!.id}`, { mail: 'b@example.org' }, { version: car!.version })
    node = await bootVersion(database, succession.next, old)
    expect((await operate(node, 'POST', '/garage/contract')).body.items[0]).toMatchObject({
      phase: 'contracted',
      tenants: { done: 3 },
    })
    for (const level of LEVELS) {
      expect(await columns(level)).not.toContain('note')
      expect(await plates(node, level, '/garage/vehicles')).toMatchObject([{ seats: '2.0', wheels: 4 }])
    }
  })
})
