import type { EntityDeclaration, Manifest } from '@plinth/sdk'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { refusals } from './cars.ts'
import { expectProblem } from './expect-problem.ts'
import { bootForTest, createTestDatabase, type TestDatabase, type TestPlatform } from './support/index.ts'
import type { SelectedPlugins } from './support/select-plugins.ts'
import { bootVersion, manifestFolder } from './versions.ts'

const label = { en: 'X' }
const FIELDS = '/custom-fields/shed/box'
const NOBODY = '00000000-0000-4000-8000-000000000000'

/** What boxes stand in is called otherwise in every version. */
const PLACES = ['shelfPlace', 'rack', 'stand'] as const

const version = (index: 0 | 1 | 2): Manifest => {
  const common = { label, labelPlural: label, display: 'name' } as const
  const fields: EntityDeclaration['fields'] = { name: { type: 'string', label, required: true } }
  const was = PLACES[index - 1]
  return {
    manifestVersion: 1,
    id: 'shed',
    version: `${index + 1}.0.0`,
    publisher: 'example',
    license: 'MIT',
    area: 'office',
    name: label,
    description: label,
    icon: 'box',
    category: label,
    engines: { plinth: '^1' },
    tier: 'free',
    entities: {
      box: { ...common, collection: 'boxes', extensible: true, fields },
      [PLACES[index]]: { ...common, collection: 'places', fields, ...(was === undefined ? {} : { was }) },
    },
  }
}

describe('fields of a workspace that refer to an entity which is renamed', () => {
  const nodes: TestPlatform[] = []
  const folders: SelectedPlugins[] = []
  let database: TestDatabase
  let place: { id: string }
  let box: { id: string; version: number }
  const start = async (index: 0 | 1 | 2): Promise<void> => {
    folders.push(await manifestFolder(version(index)))
    nodes.push(await bootVersion(database, folders.at(-1)!, nodes[0]))
  }
  const client = (index: number) => nodes[index]!.tenant('acme').admin
  const make = async (index: number, path: string, input: object) => {
    const { status, body, text } = await client(index).post(path, input)
    expect(status, text).toBe(201)
    return body
  }

  beforeAll(async () => {
    database = await createTestDatabase(inject('adminUrl'))
    folders.push(await manifestFolder(version(0)))
    nodes.push(
      await bootForTest({ database, pluginsFolder: folders[0]!.folder, tenants: [{ slug: 'acme' }] }),
    )
    for (const text of ['Place', 'First'])
      await make(0, FIELDS, { type: 'ref', label: text, target: 'shed.shelfPlace' })
    place = await make(0, '/shed/places', { name: 'By the door' })
    box = await make(0, '/shed/boxes', { name: 'Red', custom: { place: place.id, first: place.id } })
  }, 120_000)

  afterAll(async () => {
    for (const node of nodes.toReversed()) await node.stop()
    await database?.drop()
    for (const folder of folders) await folder.remove()
  })

  /** Everything a reference of a workspace does. */
  async function expectWhole(index: 1 | 2, key: string): Promise<void> {
    const admin = client(index)
    const entity = `shed.${PLACES[index]}`
    const field = `custom.${key}`
    const include = `${field}.record`
    const record = (await admin.get(`/shed/boxes/${box.id}?include=${include}`)).body
    expect(record.custom[key]).toBe(place.id)
    expect(record[include]).toEqual({ id: place.id, label: 'By the door' })
    const meta = (await admin.get('/meta/shed/box')).body
    const shown = meta.fields.find(({ name }: { name: string }) => name === field)
    expect(shown.ref).toMatchObject({ entity, include })
    const { related } = (await admin.get(`/meta/shed/${PLACES[index]}`)).body
    expect(related).toContainEqual(expect.objectContaining({ entity: 'shed.box', field }))
    const { items } = (await admin.get(FIELDS)).body
    expect(items.find(({ name }: { name: string }) => name === key)).toMatchObject({ target: entity })
    const wrong = await admin.post('/shed/boxes', { name: 'Wrong', custom: { [key]: NOBODY } })
    expectProblem(wrong, 422, 'reference_unknown')
    expect(refusals(wrong.body)).toEqual({ [`/custom/${key}`]: 'reference' })
    await make(index, '/shed/boxes', { name: 'Right', custom: { [key]: place.id } })
    expectProblem(await admin.delete(`/shed/places/${place.id}`), 409, 'still_referenced')
  }

  test('show what they lead to under its present name, and take more of it', async () => {
    await start(1)
    await expectWhole(1, 'place')
  })

  test('are changed with the name their target has now', async () => {
    const admin = client(1)
    const [field] = (await admin.get(FIELDS)).body.items
    const at = `${FIELDS}/${field.id}`
    const changed = await admin.patch(at, { label: 'Where', target: 'shed.rack' }, { version: 1 })
    expect([changed.status, changed.body.target]).toEqual([200, 'shed.rack'])
    const other = await admin.patch(at, { target: 'shed.box' }, { version: 2 })
    expect(refusals(other.body)).toEqual({ '/target': 'immutable' })
    await make(1, FIELDS, { type: 'ref', label: 'Second', target: 'shed.rack' })
    const custom = { second: place.id }
    const { status } = await admin.patch(`/shed/boxes/${box.id}`, { custom }, { version: box.version })
    expect(status).toBe(200)
  })

  test('and so after one more name, whichever version they were added in', async () => {
    await start(2)
    for (const key of ['place', 'first', 'second']) await expectWhole(2, key)
  })
})
