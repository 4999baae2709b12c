import type { EntityDeclaration, Manifest } from '@plinth/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootFirst, type Succession } from './succession.ts'
import type { TestDatabase, TestPlatform } from './support/index.ts'
import { bootVersion, manifestFolder, operate, rowsOf, tablesLike, versionFolder } from './versions.ts'

const SLUGS = ['ant', 'bee', 'cow'] as const
const label = { en: 'X' }

describe('back from a version that changes everything that can change', () => {
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let tables: string[]
  let rows: { row: Record<string, unknown> }[]

  beforeAll(async () => {
    succession = await bootFirst([versionFolder(1), versionFolder(2)], {
      level: 'shared',
      config: { operatorToken: OPERATOR_TOKEN },
      tenants: SLUGS.map((slug) => ({ slug })),
    })
    ;({ database, old } = succession)
    for (const slug of SLUGS) {
      const { admin } = old.tenant(slug)
      for (const [index, fuel] of ['petrol', 'diesel', 'wood', null].entries()) {
        const input = {
          plate: `${index}`,
          owner: 'Ada',
          price: `${index}9.90`,
          seats: index,
          fuel,
          note: 'old',
        }
        const { body } = await admin.post('/garage/cars', input)
        await admin.post('/garage/tyres', { name: 'front', carId: body.id })
        if (index === 1) await admin.patch(`/garage/cars/${body.id}`, { colour: 'red' }, { version: 1 })
      }
      const { body } = await admin.post('/garage/cars', { plate: 'gone', price: '1.00', fuel: 'wood' })
      await admin.delete(`/garage/cars/${body.id}`)
    }
    tables = await tablesLike(database, 'garage')
    rows = await rowsOf(database, 'garage_car')
  }, 120_000)

  afterAll(async () => {
    await succession?.end()
  })

  test('everything is as it was, to the last index and the last value, also what lay in the trash', async () => {
    const node = await bootVersion(database, succession.next, old)
    expect((await operate(node, 'GET')).body.items[0]).toMatchObject({
      phase: 'expanded',
      tenants: { done: 3 },
    })
    expect(await tablesLike(database, 'garage')).not.toEqual(tables)
    const { status, body } = await operate(node, 'POST', '/garage/revert')
    expect([status, body.detail]).toEqual([
      404,
      'Version 2.0.0 of the plugin runs; an upgrade is taken back from the version before it.',
    ])
    await node.stop()

    const reverted = await operate(old, 'POST', '/garage/revert')
    expect(reverted.status).toBe(200)
    expect(reverted.body.items[0]).toMatchObject({ phase: 'reverted', from: '1.0.0', to: '2.0.0' })
    expect(await tablesLike(database, 'garage')).toEqual(tables)
    // Both versions know the owner, so what one needs and the other lacked was given to both.
    const filled = rows.map(({ row }) => ({ row: { ...row, owner: row['owner'] ?? 'the company' } }))
    expect(await rowsOf(database, 'garage_car')).toEqual(filled)
    expect((await operate(old, 'POST', '/garage/revert')).status).toBe(404)
  })

  test('and up once more, and back with what was changed in the new version', async () => {
    const node = await bootVersion(database, succession.next, old)
    expect((await operate(node, 'GET')).body.items[0]).toMatchObject({
      phase: 'expanded',
      tenants: { done: 3 },
    })
    const { admin } = node.tenant('bee')
    const { body } = await admin.get('/garage/vehicles?filter={"plate":"2"}')
    const [vehicle] = body.items
    expect(vehicle).toMatchObject({ fuel: 'biomass', price: { amount: '29.90' } })
    const change = { price: { amount: '7.25', currency: 'EUR' }, keeper: 'Bob', wheels: 6 }
    expect(
      (await admin.patch(`/garage/vehicles/${vehicle.id}`, change, { version: vehicle.version })).status,
    ).toBe(200)
    const added = { plate: 'new', price: { amount: '1.50', currency: 'EUR' }, fuel: 'biomass', wheels: 3 }
    expect((await admin.post('/garage/vehicles', added)).status).toBe(201)
    await node.stop()

    expect((await operate(old, 'POST', '/garage/revert')).status).toBe(200)
    expect(await tablesLike(database, 'garage')).toEqual(tables)
    const list = await old.tenant('bee').admin.get('/garage/cars?sort=plate')
    expect(list.body.items).toMatchObject([
      { plate: '0' },
      { plate: '1', colour: 'red' },
      { plate: '2', owner: 'Bob', price: '7.25', fuel: 'wood', note: 'old', version: 2 },
      { plate: '3', fuel: null },
      { plate: 'new', owner: 'the company', price: '1.50', fuel: 'wood', note: null },
    ])
  })

  test('and up for good: what was in the trash is restored in its new form', async () => {
    const node = await bootVersion(database, succession.next, old)
    const { admin } = node.tenant('cow')
    const { body: trash } = await admin.get('/garage/vehicles/trash')
    expect(trash.items).toMatchObject([{ plate: 'gone', fuel: 'biomass', wheels: 4 }])
    expect((await operate(node, 'POST', '/garage/contract')).status).toBe(200)
    const { body } = await admin.post(`/garage/vehicles/${trash.items[0].id}/restore`)
    expect(body).toMatchObject({ plate: 'gone', fuel: 'biomass', price: { amount: '1.00' } })
    expect((await operate(node, 'POST', '/garage/revert')).status).toBe(404)
    await node.stop()
  })
})

describe('back from a version whose records have no place in the one before', () => {
  const version = (number: string, entity: EntityDeclaration): Manifest => ({
    manifestVersion: 1,
    id: 'shed',
    version: number,
    publisher: 'example',
    license: 'MIT',
    area: 'office',
    name: label,
    description: label,
    icon: 'hammer',
    category: label,
    engines: { plinth: '^1' },
    tier: 'free',
    entities: { tool: entity },
  })
  const tool = { label, labelPlural: label, collection: 'tools', display: 'name' }
  const name = { type: 'string', label, required: true, unique: true } as const
  const box = { type: 'string', label, required: true } as const
  const weight = { type: 'int', label, required: true, default: 1 } as const

  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: TestPlatform

  beforeAll(async () => {
    succession = await bootFirst(
      [
        manifestFolder(version('1.0.0', { ...tool, fields: { name, box } })),
        manifestFolder(version('1.1.0', { ...tool, softDelete: true, fields: { name, weight } })),
      ],
      {
        level: 'shared',
        config: { operatorToken: OPERATOR_TOKEN },
      },
    )
    ;({ database, old } = succession)
    await old.tenant('acme').admin.post('/shed/tools', { name: 'saw', box: 'red' })
    node = await bootVersion(database, succession.next, old)
  }, 120_000)

  afterAll(async () => {
    await node?.stop()
    await succession?.end()
  })

  test('is refused with the reason, and nothing is lost, until they are gone', async () => {
    const tables = await tablesLike(database, 'shed')
    const { admin } = node.tenant('acme')
    const { body: axe } = await admin.post('/shed/tools', { name: 'axe' })
    const refusal = async () => (await operate(old, 'POST', '/shed/revert')).body
    expect(await refusal()).toMatchObject({
      code: 'upgrade_incomplete',
      detail: 'Records of version 1.1.0 lack a value that version 1.0.0 needs.',
    })
    await admin.delete(`/shed/tools/${axe.id}`)
    expect(await refusal()).toMatchObject({
      code: 'upgrade_incomplete',
      detail: 'Version 1.0.0 has no trash, and what lies there would come back to life.',
    })
    expect(await tablesLike(database, 'shed')).toEqual(tables)
    expect((await admin.get('/shed/tools/trash')).body.items).toHaveLength(1)

    await admin.delete(`/shed/tools/trash/${axe.id}`)
    expect((await operate(old, 'POST', '/shed/revert')).status).toBe(200)
    const { body } = await old.tenant('acme').admin.get('/shed/tools')
    expect(body.items).toMatchObject([{ name: 'saw', box: 'red' }])
    expect((await old.tenant('acme').admin.post('/shed/tools', { name: 'saw', box: 'blue' })).status).toBe(
      409,
    )
    expect((await tablesLike(database, 'shed')).join()).not.toContain('deleted_at')
  })
})
