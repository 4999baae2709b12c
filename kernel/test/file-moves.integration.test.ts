import { defineManifest, type EntityDeclaration } from '@plinth/sdk'
import { expect, inject, test } from 'vitest'
import { sweepFiles } from '../src/files/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { fetched, PNG, uploaded } from './file-client.ts'
import { ended, order } from './moving-tenant.ts'
import { OPERATOR_TOKEN } from './operator.ts'
import { bootForTest, createTestDatabase } from './support/index.ts'
import { bootVersion, manifestFolder, operate } from './versions.ts'

const FOLDERS = '/cabinet/folders'
const COVER = `${FOLDERS}/files/cover`

test('a workspace that moves keeps its files, wherever it goes', async () => {
  const node = await bootFixtures({ plugins: ['cabinet'], tenants: [{ slug: 'mover' }] })
  try {
    const mover = node.tenant('mover')
    const file = await uploaded(mover.admin, COVER, PNG, 'c.png')
    const { body } = await mover.admin.post(FOLDERS, { name: 'Travels', cover: file })
    const { database, storage } = node.platform.root.cradle
    for (const level of ['schema', 'database', 'shared'] as const) {
      const move = await ended(node, await order(node, mover, level, 'main'))
      expect(move, level).toMatchObject({ step: 'done', error: null })
      await mover.sql(`UPDATE plinth.file SET changed_at = now() - interval '100 hours'`)
      const home = await mover.home()
      await sweepFiles({ database, storage }, home)
      const read = await fetched(mover.admin, `${FOLDERS}/${body.id}/files/cover`)
      expect([read.status, read.bytes.equals(PNG)], level).toEqual([200, true])
      const fresh = await uploaded(mover.admin, COVER, PNG, 'd.png')
      expect((await mover.admin.post(FOLDERS, { name: level, cover: fresh })).status, level).toBe(201)
    }
  } finally {
    await node.stop()
  }
})

test('a field that an upgrade renames keeps its files, one that it drops gives them up', async () => {
  const title = { type: 'string', label: { en: 'Title' }, required: true } as const
  const file = { type: 'file', label: { en: 'File' } } as const
  const version = (number: string, fields: EntityDeclaration['fields']) =>
    manifestFolder(
      defineManifest({
        manifestVersion: 1,
        id: 'binder',
        version: number,
        publisher: 'example',
        license: 'MIT',
        area: 'trade',
        name: { en: 'Binder' },
        description: { en: 'Holds papers.' },
        icon: 'archive',
        category: { en: 'House' },
        engines: { plinth: '^1' },
        tier: 'free',
        entities: {
          sheet: {
            label: { en: 'Sheet' },
            labelPlural: { en: 'Sheets' },
            collection: 'sheets',
            display: 'title',
            fields,
          },
        },
      }),
    )
  const [first, second] = await Promise.all([
    version('1.0.0', { title, photo: file, scan: file }),
    version('1.1.0', { title: { ...title, maxLength: 400 }, picture: { ...file, was: 'photo' } }),
  ])
  const database = await createTestDatabase(inject('adminUrl'))
  const old = await bootForTest({
    database,
    pluginsFolder: first.folder,
    level: 'shared',
    config: { operatorToken: OPERATOR_TOKEN },
    tenants: [{ slug: 'acme' }],
  })
  const { admin: person } = old.tenant('acme')
  const photo = await uploaded(person, '/binder/sheets/files/photo', PNG, 'photo.png')
  const scan = await uploaded(person, '/binder/sheets/files/scan', PNG, 'scan.png')
  const { body } = await person.post('/binder/sheets', { title: 'One', photo, scan })
  await old.stop()
  const node = await bootVersion(database, second, old)
  try {
    const states = async () => {
      await database.sql(`UPDATE plinth.file SET changed_at = now() - interval '23 hours'`)
      const { database: access, storage } = node.platform.root.cradle
      await sweepFiles({ database: access, storage })
      const rows = await database.sql<{ name: string; state: string }>(
        'SELECT name, state FROM plinth.file ORDER BY name',
      )
      return rows.map((row) => `${row.name} ${row.state}`)
    }
    expect(await states()).toEqual(['photo.png attached', 'scan.png attached'])
    expect((await operate(node, 'POST', '/binder/contract')).status).toBe(200)
    expect(await states()).toEqual(['photo.png attached', 'scan.png released'])
    const { admin: now } = node.tenant('acme')
    expect((await now.get(`/binder/sheets/${body.id}`)).body.picture).toEqual(photo)
    expect((await fetched(now, `/binder/sheets/${body.id}/files/picture`)).bytes).toEqual(PNG)
  } finally {
    await node.stop()
    await database.drop()
    for (const place of [first, second]) await place.remove()
  }
})
