import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { ByteRange, ObjectKey, Storage, StoredObject } from './storage.ts'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Objects as files, `<folder>/<tenant>/<id>`. Several nodes share the folder or none of them finds what another one stored. Bytes go to a
 * file beside the object first, which takes its place when they are safe on the disk.
 */
export class DiskStorage implements Storage {
  readonly #folder: string

  /** @param folder made when the first object comes */
  constructor(folder: string) {
    this.#folder = folder
  }

  async put(key: ObjectKey, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#path(key)
    const folder = join(this.#folder, key.tenant)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const part = `${path}.part`
    const file = await open(part, 'w', 0o600)
    try {
      for await (const piece of bytes) await writeAll(file, piece)
      await file.sync()
    } catch (error) {
      await file.close()
      await rm(part, { force: true })
      throw error
    }
    await file.close()
    await rename(part, path)
    await syncFolder(folder)
  }

  async get(key: ObjectKey, range?: ByteRange): Promise<Readable | undefined> {
    const path = this.#path(key)
    try {
      const file = await open(path, 'r')
      return createReadStream(path, { fd: file, ...range })
    } catch (error) {
      return absent(error)
    }
  }

  async find(key: ObjectKey): Promise<StoredObject | undefined> {
    try {
      const { size, mtime } = await stat(this.#path(key))
      return { id: key.id, size, changedAt: mtime }
    } catch (error) {
      return absent(error)
    }
  }

  async delete(key: ObjectKey): Promise<void> {
    const path = this.#path(key)
    await rm(path, { force: true })
    await rm(`${path}.part`, { force: true })
  }

  async *list(tenant: string): AsyncGenerator<StoredObject> {
    const folder = await opendir(join(this.#folder, checked(tenant))).catch(absent)
    for await (const { name } of folder ?? []) {
      const found = ID.test(name) ? await this.find({ tenant, id: name }) : undefined
      if (found) yield found
    }
  }

  #path({ tenant, id }: ObjectKey): string {
    return join(this.#folder, checked(tenant), checked(id))
  }
}

/** A path is made of ids alone, whoever asks. */
function checked(id: string): string {
  if (!ID.test(id)) throw new Error('An object is named by ids')
  return id
}

async function writeAll(file: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength;)
    at += (await file.write(bytes, at, bytes.byteLength - at)).bytesWritten
}

/** A new name is safe only when its folder is. Not every system can do that to a folder. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function absent(error: unknown): undefined {
  if ((error as { code?: string }).code !== 'ENOENT') throw error
  return undefined
}
