import type { EntityDeclaration, Manifest } from '@plinth/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootFirst, type Succession } from './succession.ts'
import type { TestDatabase, TestPlatform } from './support/index.ts'
import { bootVersion, manifestFolder, operate } from './versions.ts'

const label = { en: 'X' }
const version = (number: string, most: number): Manifest => {
  const common = { label, labelPlural: label, display: 'name' } as const
  const name = { type: 'string', label, required: true, maxLength: most } as const
  const box: EntityDeclaration = {
    ...common,
    softDelete: true,
    collection: 'boxes',
    fields: { name },
    children: { tools: { entity: 'tool', field: 'boxId' } },
  }
  const boxId = { type: 'ref', entity: 'box', label, required: true, onDelete: 'cascade' } as const
  const tool: EntityDeclaration = { ...common, collection: 'tools', fields: { name, boxId } }
  return {
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
    entities: { box, tool },
  }
}

describe('records in the trash that the next version does not accept', () => {
  let database: TestDatabase
  let succession: Succession
  let old: TestPlatform
  let node: TestPlatform
  const ids: Record<string, string> = {}

  const put = async (slug: string, key: string, name: string, tools: string[], gone: boolean) => {
    const { admin } = old.tenant(slug)
    const { status, body, text } = await admin.post('/shed/boxes', {
      name,
      tools: tools.map((each) => ({ name: each })),
    })
    expect(status, text).toBe(201)
    ids[key] = body.id
    for (const [index, tool] of body.tools.entries()) ids[`${key} ${index}`] = tool.id
    if (gone) await admin.delete(`/shed/boxes/${body.id}`)
  }

  beforeAll(async () => {
    succession = await bootFirst(
      [manifestFolder(version('1.0.0', 20)), manifestFolder(version('2.0.0', 5))],
      {
        tenants: [{ slug: 'one' }, { slug: 'many' }, { slug: 'none' }],
        config: { operatorToken: OPERATOR_TOKEN },
      },
    )
    ;({ database, old } = succession)
    await put('one', 'live', 'much too long', ['fits'], false)
    await put('one', 'fits', 'fits', [], true)
    await put('one', 'gone', 'gone and too long', ['fits'], true)
    await put('many', 'first', 'gone and too long', ['a long tool', 'fits'], true)
    await put('many', 'second', 'fits', ['another long tool'], true)
    await put('none', 'own', 'much too long', [], false)
    node = await bootVersion(database, succession.next, old)
  }, 120_000)

  afterAll(async () => {
    await node?.stop()
    await succession?.end()
  })

  const failures = async () => {
    const { body } = await operate(node, 'GET')
    return new Map<string, any>(body.items[0].failed.map((each: { tenant: string }) => [each.tenant, each]))
  }
  const marks = (records: { entity: string; record: string; trash?: true }[]) =>
    records.map(({ entity, record, trash }) => `${entity} ${record}${trash ? ' trash' : ''}`).toSorted()

  test('are named as being there, for operators and in the console', async () => {
    const failed = await failures()
    expect(marks(failed.get('one').records)).toEqual(
      [`box ${ids['live']}`, `box ${ids['gone']} trash`].toSorted(),
    )
    expect(failed.get('one').error).toContain(`box ${ids['gone']} (in the trash) /name: `)
    expect(failed.get('one').error).toContain(`box ${ids['live']} /name: `)
    expect(failed.get('one').error).toMatch(/ One of these records lies in the trash\.$/)
    const { body } = await node.tenant('one').admin.get('/plugins')
    const [{ upgrade }] = body.items.filter(({ id }: { id: string }) => id === 'shed')
    expect(marks(upgrade.errors)).toEqual(marks(failed.get('one').records))
  })

  test('so are those that went there with the record they belong to', async () => {
    const many = (await failures()).get('many')
    expect(marks(many.records)).toEqual(
      [
        `box ${ids['first']} trash`,
        `tool ${ids['first 0']} trash`,
        `tool ${ids['second 0']} trash`,
      ].toSorted(),
    )
    expect(many.error).toMatch(/ 3 of these records lie in the trash\.$/)
  })

  test('where there are none, nothing is said of the trash', async () => {
    const none = (await failures()).get('none')
    expect(marks(none.records)).toEqual([`box ${ids['own']}`])
    expect(none.error).not.toContain('trash')
  })

  test('removed for good or restored and put right, they are no hindrance any more', async () => {
    const { admin } = old.tenant('one')
    expect((await admin.delete(`/shed/boxes/trash/${ids['gone']}`)).status).toBe(204)
    const live = (await admin.get(`/shed/boxes/${ids['live']}`)).body
    await admin.patch(`/shed/boxes/${live.id}`, { name: 'short' }, { version: live.version })
    const many = old.tenant('many').admin
    for (const key of ['first', 'second']) {
      const { body } = await many.post(`/shed/boxes/${ids[key]}/restore`)
      const tools = [{ id: ids[`${key} 0`], name: 'short' }]
      const answer = await many.patch(
        `/shed/boxes/${ids[key]}`,
        { name: 'short', tools },
        { version: body.version },
      )
      expect(answer.status, answer.text).toBe(200)
    }
    for (const slug of ['one', 'many'])
      expect((await node.tenant(slug).admin.post('/plugins/shed/retry')).status).toBe(200)
    await node.platform.root.cradle.upgrades.run()
    expect([...(await failures()).keys()]).toEqual(['none'])
  })
})
