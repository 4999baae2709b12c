import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { DiskStorage } from './disk-storage.ts'

const folder = await mkdtemp(join(tmpdir(), 'plinth-storage-'))
afterAll(() => rm(folder, { recursive: true }))
const storage = new DiskStorage(join(folder, 'made', 'later'))
const TENANT = '0190f3a0-0000-7000-8000-000000000001'
let count = 0
const key = () => ({
  tenant: TENANT,
  id: `0190f3a0-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`,
})

async function* pieces(...parts: (Uint8Array | Error)[]) {
  for (const part of parts) {
    if (part instanceof Error) throw part
    yield part
  }
}

async function read(...given: Parameters<DiskStorage['get']>): Promise<Buffer | undefined> {
  const stream = await storage.get(...given)
  return stream && buffer(stream)
}

test('bytes come back as they were put, as a whole and in parts', async () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(parts, fc.nat(200), fc.nat(200), async (given, start, length) => {
      const whole = Buffer.concat(given)
      const object = key()
      await storage.put(object, pieces(...given))
      expect((await read(object))?.equals(whole)).toBe(true)
      expect(await storage.find(object)).toMatchObject({ id: object.id, size: whole.length })
      if (start >= whole.length) return
      const end = Math.min(start + length, whole.length - 1)
      expect((await read(object, { start, end }))?.equals(whole.subarray(start, end + 1))).toBe(true)
    }),
  )
})

test('what breaks off leaves nothing, and what was there stays', async () => {
  const object = key()
  await expect(storage.put(object, pieces(Buffer.from('half'), new Error('gone')))).rejects.toThrow('gone')
  expect(await storage.get(object)).toBeUndefined()
  await storage.put(object, pieces(Buffer.from('whole')))
  await expect(storage.put(object, pieces(new Error('gone')))).rejects.toThrow('gone')
  expect((await read(object))?.toString()).toBe('whole')
  expect((await readdir(join(folder, 'made', 'later', TENANT))).filter((name) => name.includes('.'))).toEqual(
    [],
  )
})

test('deleting removes an object and what a killed writer has left of it, and may be done twice', async () => {
  const object = key()
  await storage.put(object, pieces(Buffer.from('x')))
  const part = join(folder, 'made', 'later', TENANT, `${object.id}.part`)
  await writeFile(part, 'left')
  await storage.delete(object)
  await storage.delete(object)
  expect(await storage.find(object)).toBeUndefined()
  await expect(stat(part)).rejects.toThrow('ENOENT')
})

test('the objects of a tenant are listed, and of no other', async () => {
  const other = '0190f3a0-0000-7000-8000-000000000002'
  const [one, two] = [
    { ...key(), tenant: other },
    { ...key(), tenant: other },
  ]
  for (const object of [one, two]) await storage.put(object, pieces(Buffer.from('four')))
  const found: string[] = []
  for await (const { id, size } of storage.list(other)) found.push(`${id} ${size}`)
  expect(found.toSorted()).toEqual([`${one.id} 4`, `${two.id} 4`])
  for await (const _ of storage.list('0190f3a0-0000-7000-8000-000000000003')) throw new Error('There is none')
})

test.each(['..', '../../etc/passwd', 'a/b', '', '0190F3A0-0000-7000-8000-000000000001'])(
  'no path is made of %o',
  async (id) => {
    await expect(storage.get({ tenant: TENANT, id })).rejects.toThrow('named by ids')
    await expect(storage.put({ tenant: id, id: TENANT }, pieces())).rejects.toThrow('named by ids')
    await expect(storage.delete({ tenant: id, id: TENANT })).rejects.toThrow('named by ids')
  },
)
