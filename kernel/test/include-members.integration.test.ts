import { afterAll, expect, test } from 'vitest'
import { bootFixtures } from './boot-fixtures.ts'

const ENTRIES = '/almanac/entries'
const PAGES = '/almanac/pages'

const platform = await bootFixtures({ plugins: ['almanac'] })
afterAll(() => platform.stop())

const acme = platform.tenant('acme')
const { admin } = acme
const mara = await acme.addMember(['almanac.reader'])
const named = async (name: string) =>
  acme.sql('UPDATE plinth.member SET name = $2 WHERE id = $1', [mara.id, name])
await named('Mara Lindner')
const { body: entry } = await admin.post(ENTRIES, { ownerId: mara.id })
const { body: page } = await admin.post(PAGES, { title: 'First', entryId: entry.id, reader: mara.id })
await admin.post(ENTRIES, {})
const label = { id: mara.id, label: 'Mara Lindner' }

test('a member comes along with their name, as a record that is referred to does', async () => {
  const list = await admin.get(`${ENTRIES}?include=owner&sort=createdAt`)
  expect(list.body.items).toMatchObject([
    { id: entry.id, ownerId: mara.id, owner: label },
    { ownerId: null, owner: null },
  ])
  const one = await admin.get(`${PAGES}/${page.id}?include=readerRecord,entry.owner`)
  expect(one.body).toMatchObject({ readerRecord: label, entry: { id: entry.id, owner: label } })
  expect((await mara.get(`${ENTRIES}/${entry.id}?include=owner`)).body.owner).toEqual(label)
})

test('in the one statement of the read, however many there are', async () => {
  for (const path of [ENTRIES, `${ENTRIES}/${entry.id}`]) {
    const plain = await platform.statements(() => admin.get(path))
    expect(await platform.statements(() => admin.get(`${path}?include=owner`)), path).toBe(plain)
  }
})

test('along fields a tenant has added too', async () => {
  const field = await admin.post('/custom-fields/almanac/entry', { type: 'member', label: 'Keeper' })
  expect(field.status, field.text).toBe(201)
  await admin.patch(`${ENTRIES}/${entry.id}`, { custom: { keeper: mara.id } }, { version: entry.version })
  const { body } = await admin.get(`${ENTRIES}?include=owner,custom.keeper.record&sort=createdAt`)
  expect(body.items).toMatchObject([
    { custom: { keeper: mara.id }, 'custom.keeper.record': label, owner: label },
    { 'custom.keeper.record': null },
  ])
  const file = await admin.get(`${ENTRIES}/export?fields=ownerId,custom.keeper&sort=createdAt`)
  expect(file.text.split('\r\n').slice(0, 2)).toEqual([
    'ownerId,ownerId.name,custom.keeper,custom.keeper.name',
    `${mara.id},Mara Lindner,${mara.id},Mara Lindner`,
  ])
})

test('whoever may not know the members of the workspace learns no name', async () => {
  const { apiKeys } = platform.platform.root.cradle
  const keyWith = async (...permissions: string[]) =>
    acme.clientWithKey((await apiKeys.create(acme, 'program', permissions, null)).key)
  const include = 'include=owner,custom.keeper.record'
  const reader = await keyWith('trade.almanac.entry.read')
  const { body, text } = await reader.get(`${ENTRIES}/${entry.id}?${include}`)
  expect(body).toMatchObject({ ownerId: mara.id, owner: null, 'custom.keeper.record': null })
  expect(text).not.toContain('Mara')
  expect((await reader.get(`${ENTRIES}?${include}`)).text).not.toContain('Mara')
  const knowing = await keyWith('trade.almanac.entry.read', 'platform.kernel.member.read')
  expect((await knowing.get(`${ENTRIES}/${entry.id}?${include}`)).body.owner).toEqual(label)
})

test('who has left is still named, and a new name shows at once', async () => {
  await acme.sql(`UPDATE plinth.member SET status = 'inactive' WHERE id = $1`, [mara.id])
  await named('Mara Vogt')
  const { body } = await admin.get(`${ENTRIES}/${entry.id}?include=owner`)
  expect(body.owner).toEqual({ id: mara.id, label: 'Mara Vogt' })
})

test.each([
  ['a field of the member', 'include=owner.email', '/query/include'],
  ['some fields', 'include=owner(email)', '/query/include'],
  ['all of them', 'include=owner.*', '/query/include'],
  ['who created a record', 'include=createdByRecord', '/query/include'],
  ['a filter along the member', `filter=${encodeURIComponent('{"owner.email":"x"}')}`, undefined],
])('there is no more of a member to ask for than the name: not %s', async (_, query, pointer) => {
  const { status, body } = await admin.get(`${ENTRIES}?${query}`)
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'query_invalid', errors: [pointer ? { pointer } : {}] })
})

test('the API document names what comes along, and so does what screens know', async () => {
  const meta = await admin.get('/meta/almanac/entry')
  const owner = meta.body.fields.find(({ name }: { name: string }) => name === 'ownerId')
  expect(owner).toMatchObject({ type: 'member', include: 'owner' })
  const { body } = await admin.get('/openapi.json')
  const { parameters } = body.paths['/almanac/entries'].get
  const include = parameters.find(({ name }: { name: string }) => name === 'include')
  expect(include.schema.items.anyOf[0].enum).toContain('owner')
  const schema = Object.values<any>(body.components.schemas).find((each) => each.properties?.owner)
  expect(schema.properties.owner.anyOf).toEqual([
    { $ref: '#/components/schemas/Reference' },
    { type: 'null' },
  ])
})
