import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Actor, FileReference } from '@plinth/sdk'
import { newId, type Database, type UnitOfWork } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { findMediaType, HEAD_BYTES, isAccepted } from '../media/index.ts'
import type { ByteRange, Storage } from '../storage/index.ts'

/** Files of one member that belong to no record yet. Older ones give way. */
const MOST_WAITING = 100

/** A file field, as an upload needs to know it. */
export interface FilePurpose {
  /** See `filePlace`. */
  readonly place: string
  /** Most bytes. */
  readonly maxBytes: number
  readonly accept: readonly string[] | undefined
}

/** A file whose bytes are stored, before anyone else hears of it. */
export interface ReceivedFile extends FileReference {
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string
}

/** A file of a record. */
export interface AttachedFile {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly sha256: string
}

/** Files of tenants: what is known of them is in the tenant's database, their bytes in the storage. */
export class Files {
  readonly #database: Database
  readonly #storage: Storage

  constructor({ database, storage }: { database: Database; storage: Storage }) {
    this.#database = database
    this.#storage = storage
  }

  /**
   * Stores the bytes of a new file while they come, and finds out what it is. It belongs to no one until `keep`.
   *
   * @throws Failure `file_too_large` | `file_type_refused` | `body_invalid`
   */
  async receive(
    tenantId: string,
    actor: Actor,
    purpose: FilePurpose,
    name: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<ReceivedFile> {
    const id = newId()
    // First the row, then the bytes: what breaks off here is found again by its row.
    await this.#run(
      tenantId,
      `WITH old AS (UPDATE plinth.file SET state = 'released' WHERE tenant_id = $1 AND id IN (SELECT id FROM plinth.file WHERE tenant_id = $1
          AND state = 'pending' AND actor_kind = $5 AND actor_id IS NOT DISTINCT FROM $6::uuid ORDER BY id DESC OFFSET ${MOST_WAITING - 1}))
        INSERT INTO plinth.file (tenant_id, id, place, name, actor_kind, actor_id) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, purpose.place, name, actor.kind, actor.id],
    )
    try {
      const measured = new Measured(bytes, purpose.maxBytes)
      await this.#storage.put({ tenant: tenantId, id }, measured)
      const type = await findMediaType(measured.head, name)
      if (!isAccepted(purpose.accept, type))
        throw new Failure('file_type_refused', {
          detail: `The file is of type ${type}. Taken are: ${purpose.accept!.join(', ')}.`,
          extensions: { mediaType: type, accept: purpose.accept },
        })
      return { id, name, type, size: measured.size, sha256: measured.digest() }
    } catch (error) {
      await this.remove(tenantId, id)
      throw error
    }
  }

  /** Has a stored file wait for its record. @throws Failure `file_lost` when it took longer than uploads are waited for */
  async keep(unit: UnitOfWork, { id, type, size, sha256 }: ReceivedFile): Promise<void> {
    const rows = await unit.run({
      text: `UPDATE plinth.file SET state = 'pending', type = $2, size = $3, sha256 = $4, changed_at = now()
        WHERE tenant_id = current_setting('plinth.tenant')::uuid AND id = $1::uuid AND state = 'receiving' RETURNING 1`,
      values: [id, type, size, sha256],
    })
    if (rows.length === 0) throw new Failure('file_lost')
  }

  /** Removes a file that no record has. */
  async remove(tenantId: string, id: string): Promise<void> {
    const rows = await this.#run(
      tenantId,
      `UPDATE plinth.file SET state = 'released' WHERE tenant_id = $1 AND id = $2 AND state IN ('receiving','pending') RETURNING 1`,
      [id],
    )
    if (rows.length === 0) return
    await this.#storage.delete({ tenant: tenantId, id })
    await this.#run(
      tenantId,
      `DELETE FROM plinth.file WHERE tenant_id = $1 AND id = $2 AND state = 'released'`,
      [id],
    )
  }

  /** What is known of the file a record has at a place; undefined when it is not that record's. */
  async find(
    tenantId: string,
    id: string,
    place: string,
    recordId: string,
  ): Promise<AttachedFile | undefined> {
    const [row] = await this.#run<Omit<AttachedFile, 'size'> & { size: string }>(
      tenantId,
      `SELECT name, type, size::text, sha256 FROM plinth.file
       WHERE tenant_id = $1 AND id = $2 AND place = $3 AND record_id = $4 AND state = 'attached'`,
      [id, place, recordId],
    )
    return row && { ...row, size: Number(row.size) }
  }

  /** The bytes of a file. @throws Failure `file_lost` */
  async open(tenantId: string, id: string, range?: ByteRange): Promise<Readable> {
    const bytes = await this.#storage.get({ tenant: tenantId, id }, range)
    if (!bytes) throw new Failure('file_lost', { cause: new Error(`No object ${tenantId}/${id}`) })
    return bytes
  }

  #run<R = Record<string, unknown>>(
    tenantId: string,
    text: string,
    values: readonly unknown[],
  ): Promise<R[]> {
    return this.#database.query<R>({ tenantId }, { text, values: [tenantId, ...values] })
  }
}

/** Bytes on their way, measured while they pass. */
class Measured implements AsyncIterable<Uint8Array> {
  size = 0
  readonly #bytes: AsyncIterable<Uint8Array>
  readonly #most: number
  readonly #hash = createHash('sha256')
  readonly #head: Uint8Array[] = []
  #headSize = 0

  constructor(bytes: AsyncIterable<Uint8Array>, most: number) {
    this.#bytes = bytes
    this.#most = most
  }

  get head(): Uint8Array {
    return Buffer.concat(this.#head)
  }

  digest(): string {
    return this.#hash.digest('hex')
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of arriving(this.#bytes)) {
      this.size += piece.byteLength
      if (this.size > this.#most)
        throw new Failure('file_too_large', { extensions: { maxBytes: this.#most } })
      this.#hash.update(piece)
      if (this.#headSize < HEAD_BYTES) {
        const part = piece.slice(0, HEAD_BYTES - this.#headSize)
        this.#head.push(part)
        this.#headSize += part.byteLength
      }
      yield piece
    }
  }
}

/** Whose sender goes away leaves half a file, which is none. */
async function* arriving(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await iterator.next().catch((error: unknown) => {
        throw new Failure('body_invalid', { detail: 'The file did not arrive as a whole.', cause: error })
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
