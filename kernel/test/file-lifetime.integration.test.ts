import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileReference } from '@plinth/sdk'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Files, sweepFiles } from '../src/files/index.ts'
import type { DiskStorage } from '../src/storage/index.ts'
import { bootFixtures } from './boot-fixtures.ts'
import { expectProblem } from './expect-problem.ts'
import { fetched, PNG, uploaded } from './file-client.ts'

const platform = await bootFixtures({
  plugins: ['cabinet'],
  tenants: [{ slug: 'acme' }, { slug: 'beta' }],
  roles: ['web'],
})
afterAll(() => platform.stop())
const acme = platform.tenant('acme')
const { admin } = acme
const { cradle } = platform.platform.root
const FOLDERS = '/cabinet/folders'
const COVER = `${FOLDERS}/files/cover`

const cover = (client = admin): Promise<FileReference> => uploaded(client, COVER, PNG, 'cover.png')
async function folder(values: object = {}) {
  const { body, status, text } = await admin.post(FOLDERS, { name: 'Letters', ...values })
  expect(status, text).toBe(201)
  return body
}

/** Ids of the objects of a tenant. */
async function objects({ id } = acme): Promise<string[]> {
  return readdir(join(platform.database.filesFolder, id)).catch(() => [])
}

async function stateOf({ id }: FileReference): Promise<string | undefined> {
  const [row] = await acme.sql<{ state: string }>('SELECT state FROM plinth.file WHERE id = $1', [id])
  return row?.state
}

const age = (hours: number) =>
  acme.sql(`UPDATE plinth.file SET changed_at = changed_at - make_interval(hours => $1)`, [hours])

async function sweep(storage = cradle.storage): Promise<number> {
  const { server, database } = await acme.home()
  return sweepFiles({ database: cradle.database, storage }, { server, database })
}

describe('the bytes of a file', () => {
  beforeEach(async () => {
    await age(100)
    await sweep()
  })

  test('lie under ids alone', async () => {
    const file = await cover()
    expect(await objects()).toContain(file.id)
  })

  test('wait a day for a record that takes them', async () => {
    const file = await cover()
    await age(23)
    expect(await sweep()).toBe(0)
    const kept = await cover()
    await age(2)
    expect(await sweep()).toBe(1)
    expect(await objects()).not.toContain(file.id)
    expectProblem(await admin.post(FOLDERS, { name: 'x', cover: file }), 422, 'reference_unknown')
    await folder({ cover: kept })
    await age(100)
    expect(await sweep()).toBe(0)
    expect(await objects()).toContain(kept.id)
  })

  test('go a day after they are replaced, and not before the change is certain', async () => {
    const [first, second] = [await cover(), await cover()]
    const { id } = await folder({ cover: first })
    const refused = await admin.patch(`${FOLDERS}/${id}`, { cover: second, name: '' }, { version: 1 })
    expect(refused.status).toBe(422)
    expect(await stateOf(first)).toBe('attached')
    await admin.patch(`${FOLDERS}/${id}`, { cover: second }, { version: 1 })
    expect(await stateOf(first)).toBe('released')
    expect(await sweep()).toBe(0)
    expect((await fetched(admin, `${FOLDERS}/${id}/files/cover`)).status).toBe(200)
    await age(25)
    expect(await sweep()).toBe(1)
    expect(await objects()).toEqual(expect.arrayContaining([second.id]))
    expect(await objects()).not.toContain(first.id)
  })

  test('go when the field is emptied', async () => {
    const file = await cover()
    const { id } = await folder({ cover: file })
    const { body } = await admin.patch(`${FOLDERS}/${id}`, { cover: null }, { version: 1 })
    expect(body.cover).toBeNull()
    expect(await stateOf(file)).toBe('released')
    expectProblem(await admin.get(`${FOLDERS}/${id}/files/cover`), 404, 'not_found')
  })

  test('stay while their record is in the trash, come back with it, and go when it is purged', async () => {
    const file = await cover()
    const { id } = await folder({ cover: file })
    await admin.delete(`${FOLDERS}/${id}`)
    expectProblem(await admin.get(`${FOLDERS}/${id}/files/cover`), 404, 'not_found')
    await age(100)
    expect(await sweep()).toBe(0)
    const { body } = await admin.post(`${FOLDERS}/${id}/restore`)
    expect(body.cover).toEqual(file)
    expect((await fetched(admin, `${FOLDERS}/${id}/files/cover`)).bytes).toEqual(PNG)
    await admin.delete(`${FOLDERS}/${id}`)
    expect((await admin.delete(`${FOLDERS}/trash/${id}`)).status).toBe(204)
    await age(25)
    expect(await sweep()).toBe(1)
    expect(await objects()).not.toContain(file.id)
  })

  test('of children go with them, alone or along a foreign key', async () => {
    const scan = () => uploaded(admin, '/cabinet/pages/files/scan', PNG, 's.png')
    const [one, two] = [await scan(), await scan()]
    const page = (file: FileReference) => ({ title: file.id, scan: file })
    const { id, pages } = await folder({ pages: [page(one), page(two)] })
    await admin.patch(`${FOLDERS}/${id}`, { pages: [{ id: pages[1].id }] }, { version: 1 })
    expect([await stateOf(one), await stateOf(two)]).toEqual(['released', 'attached'])
    await admin.delete(`${FOLDERS}/${id}`)
    await admin.delete(`${FOLDERS}/trash/${id}`)
    expect(await stateOf(two)).toBe('released')
  })

  test('that arrived while no one was left to say so are swept', async () => {
    // As if the node had died after the bytes, and before anything else.
    const never = new Promise<never>(() => {})
    const stopping = new Files({
      database: cradle.database,
      storage: {
        ...methods(cradle.storage),
        put: async (key, bytes) => {
          await cradle.storage.put(key, bytes)
          return never
        },
      },
    })
    const { member } = await admin.session()
    const before = new Set(await objects())
    async function* one() {
      yield PNG
    }
    const purpose = { place: 'cabinet_folder.cover', maxBytes: 1_000, accept: undefined }
    void stopping.receive(acme.id, { kind: 'member', id: member.id, name: 'x' }, purpose, 'x', one())
    await expect.poll(async () => (await objects()).filter((id) => !before.has(id)).length).toBe(1)
    await age(25)
    expect(await sweep()).toBe(1)
    expect((await objects()).filter((id) => !before.has(id))).toEqual([])
  })

  test('are removed by the next sweep when one dies in between', async () => {
    const files = [await cover(), await cover(), await cover()]
    await age(25)
    let deleted = 0
    const dying = {
      ...methods(cradle.storage),
      async delete(key: Parameters<DiskStorage['delete']>[0]) {
        await cradle.storage.delete(key)
        deleted += 1
        if (deleted === 2) throw new Error('died')
      },
    }
    await expect(sweep(dying as DiskStorage)).rejects.toThrow('died')
    expect(await sweep()).toBe(files.length)
    const left = await objects()
    expect(files.filter(({ id }) => left.includes(id))).toEqual([])
  })

  test('that are lost are reported as that, and their record can still be read and changed', async () => {
    const file = await cover()
    const { id } = await folder({ cover: file })
    await cradle.storage.delete({ tenant: acme.id, id: file.id })
    expectProblem(await admin.get(`${FOLDERS}/${id}/files/cover`), 500, 'file_lost')
    expect((await admin.patch(`${FOLDERS}/${id}`, { cover: await cover() }, { version: 1 })).status).toBe(200)
  })
})

/** The methods of a storage, to change some of them. */
function methods(storage: typeof cradle.storage): typeof cradle.storage {
  return {
    put: (...given) => storage.put(...given),
    get: (...given) => storage.get(...given),
    find: (...given) => storage.find(...given),
    delete: (...given) => storage.delete(...given),
    list: (...given) => storage.list(...given),
  }
}

test('a plugin that is off shows no files, and has them when it is on again', async () => {
  const file = await cover()
  const { id } = await folder({ cover: file })
  await acme.switch('disable', 'cabinet')
  expectProblem(await admin.get(`${FOLDERS}/${id}/files/cover`), 404, 'not_found')
  await age(100)
  await sweep()
  await acme.switch('enable', 'cabinet')
  expect((await fetched(admin, `${FOLDERS}/${id}/files/cover`)).bytes).toEqual(PNG)
})

test('the database itself lets no row take a file that is not for it', async () => {
  const { id } = await folder()
  const file = await cover()
  const foreign = await cover(platform.tenant('beta').admin)
  const steal = (reference: FileReference) =>
    acme.sql(
      `UPDATE shared.cabinet_folder SET cover = $2 WHERE id = $1 AND set_config('plinth.tenant', $3, true) IS NOT NULL`,
      [id, JSON.stringify(reference), acme.id],
    )
  await acme.sql(`UPDATE plinth.file SET place = 'cabinet_folder.list' WHERE id = $1`, [file.id])
  await expect(steal(file)).rejects.toThrow('no such file')
  await expect(steal(foreign)).rejects.toThrow('no such file')
})
