import { createHash } from 'node:crypto'
import type { Actor, ImportSettings, ImportStatus } from '@plinth/sdk'
import { newId, type Bus, type Database } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Mandate } from '../identity/index.ts'
import { IMPORTS_PER_ACTOR } from './file-limits.ts'
import { LEASE_SECONDS, type Claim } from './import-claims.ts'
import { IMPORT_COLUMNS, type ImportRecord } from './import-record.ts'
import type { TableFormat } from './read-table.ts'
import { piecesOf, type StoredFile } from './stored-file.ts'
import type { ImportSeal, ImportSeals } from './import-seal.ts'

/** Bytes of a piece of a file. */
const CHUNK = 1_048_576

/** Imports of a tenant: uploaded files with what is to be done with them. Everyone sees their own alone. */
export class Imports {
  readonly #database: Database
  readonly #bus: Bus
  readonly #seals: ImportSeals

  constructor({ database, bus, importSeals }: { database: Database; bus: Bus; importSeals: ImportSeals }) {
    this.#seals = importSeals
    this.#database = database
    this.#bus = bus
  }

  /** Takes a file in, piece by piece. It becomes an import with `describe`. */
  async receive(
    tenantId: string,
    entity: string,
    actor: Actor,
    name: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ id: string; file: StoredFile; hash: string }> {
    const id = newId()
    const hash = createHash('sha256').update(JSON.stringify([entity, name]))
    const seal = this.#seals.isNeeded(entity) ? await this.#seals.of(tenantId) : undefined
    let begun = false
    let size = 0
    const store = async (n: number, chunk: Buffer): Promise<void> => {
      const begin = begun
        ? ''
        : `WITH old AS (DELETE FROM plinth.import WHERE tenant_id = $1 AND id IN (SELECT id FROM plinth.import WHERE tenant_id = $1 AND actor_kind = $5
              AND actor_id = $6::uuid AND status NOT IN ('checking','running') ORDER BY id DESC OFFSET ${IMPORTS_PER_ACTOR - 1})),
            new AS (INSERT INTO plinth.import (tenant_id, id, entity, actor_kind, actor_id, name, chunk_size, sealed)
              VALUES ($1, $2, $7, $5, $6, $8, ${CHUNK}, $9)) `
      const extra = begun ? [] : [actor.kind, actor.id, entity, name, seal !== undefined]
      await this.#run(
        tenantId,
        `${begin}INSERT INTO plinth.import_chunk (tenant_id, import_id, n, bytes) VALUES ($1, $2, $3, $4)`,
        [id, n, seal ? seal.bytes(id, n, chunk) : chunk, ...extra],
      )
      begun = true
      size += chunk.length
      hash.update(chunk)
    }
    let n = 0
    try {
      for await (const chunk of piecesOf(bytes, CHUNK)) {
        await store(n, chunk)
        n += 1
      }
    } catch (error) {
      if (begun) await this.remove(tenantId, id)
      throw error
    }
    const digest = hash.digest('base64url')
    return {
      id,
      file: this.#file(tenantId, id, size, CHUNK, seal !== undefined),
      hash: seal ? seal.hash(digest) : digest,
    }
  }

  /**
   * Notes that a file came with an idempotency key. Where the key came before, with the same file, that import counts and this one goes.
   *
   * @returns the import that came before
   * @throws Failure `idempotency_mismatch` | `idempotency_in_progress`
   */
  async claimKey(
    tenantId: string,
    actor: Actor,
    { id, hash }: { readonly id: string; readonly hash: string },
    key: string,
  ): Promise<ImportRecord | undefined> {
    const values = [id, key, hash, actor.kind, actor.id]
    const [row] = await this.#run<ImportRecord & { hash: string | null }>(
      tenantId,
      `WITH before AS (SELECT request_hash AS hash, ${IMPORT_COLUMNS} FROM plinth.import WHERE tenant_id = $1 AND actor_kind = $5 AND actor_id = $6::uuid
          AND request_key = $3),
        mine AS (UPDATE plinth.import SET request_key = $3, request_hash = $4 WHERE tenant_id = $1 AND id = $2 AND NOT EXISTS (SELECT FROM before)),
        gone AS (DELETE FROM plinth.import WHERE tenant_id = $1 AND id = $2 AND EXISTS (SELECT FROM before))
      SELECT * FROM before`,
      values,
    ).catch((error: unknown) => {
      if ((error as { code?: string }).code === '23505') throw new Failure('idempotency_in_progress')
      throw error
    })
    if (!row) return undefined
    const { hash: known, ...record } = row
    if (known !== hash) throw new Failure('idempotency_mismatch')
    if (record.settings === null) throw new Failure('idempotency_in_progress')
    return this.#seals.open(tenantId, record)
  }

  /** Stores what was found out about a file, or is wanted of it; undefined when it is being worked on. */
  async describe(
    tenantId: string,
    id: string,
    found: {
      readonly size: number
      readonly format: TableFormat
      readonly facts: ImportRecord['facts']
      readonly settings: ImportSettings
    },
  ): Promise<ImportRecord | undefined> {
    const [before] = await this.#run<{ sealed: boolean }>(
      tenantId,
      'SELECT sealed FROM plinth.import WHERE tenant_id = $1 AND id = $2',
      [id],
    )
    const facts = before?.sealed ? (await this.#seals.of(tenantId)).facts(id, found.facts) : found.facts
    const [record] = await this.#run<ImportRecord>(
      tenantId,
      `UPDATE plinth.import SET size = $3, format = $4, facts = $5, settings = $6, status = 'ready', reason = NULL, total = NULL, next_row = 0,
          done = 0, counts = '{}'
        WHERE tenant_id = $1 AND id = $2 AND status IN ('receiving','ready','checked') RETURNING ${IMPORT_COLUMNS}`,
      [id, found.size, JSON.stringify(found.format), JSON.stringify(facts), JSON.stringify(found.settings)],
    )
    return this.#seals.open(tenantId, record)
  }

  /** The import of this actor, if there is one. */
  async find(tenantId: string, entity: string, actor: Actor, id: string): Promise<ImportRecord | undefined> {
    const [record] = await this.#run<ImportRecord>(
      tenantId,
      `SELECT ${IMPORT_COLUMNS} FROM plinth.import WHERE tenant_id = $1 AND id = $2::uuid AND entity = $3 AND actor_kind = $4 AND actor_id = $5::uuid
        AND status <> 'receiving'`,
      [id, entity, actor.kind, actor.id],
    )
    return this.#seals.open(tenantId, record)
  }

  /** All imports of this actor, the latest first. */
  async list(tenantId: string, entity: string, actor: Actor): Promise<ImportRecord[]> {
    const records = await this.#run<ImportRecord>(
      tenantId,
      `SELECT ${IMPORT_COLUMNS} FROM plinth.import WHERE tenant_id = $1 AND entity = $2 AND actor_kind = $3 AND actor_id = $4::uuid
        AND status <> 'receiving' ORDER BY id DESC`,
      [entity, actor.kind, actor.id],
    )
    return Promise.all(records.map((record) => this.#seals.open(tenantId, record)))
  }

  /**
   * Sets a check or run going, from one of some states.
   *
   * @param mandate in whose name, also where somebody else's stood before
   * @returns whether it was in one of them
   */
  async begin(
    tenantId: string,
    id: string,
    status: 'checking' | 'running',
    from: readonly ImportStatus[],
    afresh: boolean,
    mandate: Mandate,
  ): Promise<boolean> {
    const clear = afresh
      ? `, gone AS (DELETE FROM plinth.import_row r USING moved m WHERE r.tenant_id = $1 AND r.import_id = m.id)`
      : ''
    const rows = await this.#run(
      tenantId,
      `WITH moved AS (UPDATE plinth.import SET status = $3, mandate = $5, reason = NULL, lease_until = now(), lease_token = NULL, attempts = 0
          ${afresh ? `, next_row = 0, done = 0, counts = '{}'` : ''} WHERE tenant_id = $1 AND id = $2 AND status = ANY($4) RETURNING id)${clear}
        SELECT id FROM moved`,
      [id, status, from, JSON.stringify(mandate)],
    )
    if (rows.length > 0) await this.#bus.publish({ topic: 'work', tenantId })
    return rows.length > 0
  }

  /** The import of a claim, as long as it is one. A rehearsal begins at its first row, whoever has tried it before. */
  async claimed({ tenantId, id, token }: Claim): Promise<ImportRecord | undefined> {
    const [record] = await this.#run<ImportRecord>(
      tenantId,
      `WITH claimed AS (UPDATE plinth.import SET next_row = CASE status WHEN 'checking' THEN 0 ELSE next_row END,
          done = CASE status WHEN 'checking' THEN 0 ELSE done END, counts = CASE status WHEN 'checking' THEN '{}' ELSE counts END
          WHERE tenant_id = $1 AND id = $2::uuid AND lease_token = $3::uuid AND status IN ('checking','running') RETURNING *),
        gone AS (DELETE FROM plinth.import_row r USING claimed c WHERE c.status = 'checking' AND r.tenant_id = $1 AND r.import_id = c.id)
        SELECT ${IMPORT_COLUMNS} FROM claimed`,
      [id, token],
    )
    return this.#seals.open(tenantId, record)
  }

  /** Holds a claim on. @returns whether it still is one */
  async keep({ tenantId, id, token }: Claim): Promise<boolean> {
    const rows = await this.#run(
      tenantId,
      `UPDATE plinth.import SET lease_until = now() + interval '${LEASE_SECONDS} seconds'
        WHERE tenant_id = $1 AND id = $2::uuid AND lease_token = $3::uuid AND status IN ('checking','running') RETURNING id`,
      [id, token],
    )
    return rows.length > 0
  }

  async setTotal({ tenantId, id, token }: Claim, total: number): Promise<void> {
    await this.#run(
      tenantId,
      'UPDATE plinth.import SET total = $4 WHERE tenant_id = $1 AND id = $2::uuid AND lease_token = $3::uuid',
      [id, token, total],
    )
  }

  /** Moves to another state from one of some. */
  async move(
    tenantId: string,
    id: string,
    status: ImportStatus,
    from: readonly ImportStatus[],
    reason: ImportRecord['reason'] = null,
  ): Promise<boolean> {
    const rows = await this.#run(
      tenantId,
      `UPDATE plinth.import SET status = $3, reason = $5 WHERE tenant_id = $1 AND id = $2 AND status = ANY($4) RETURNING id`,
      [id, status, from, reason === null ? null : JSON.stringify(reason)],
    )
    if (rows.length > 0) await this.#bus.publish({ topic: 'progress', tenantId })
    return rows.length > 0
  }

  /** Removes an import that is not being worked on, with its file. What it has imported stays. */
  async remove(tenantId: string, id: string): Promise<boolean> {
    const rows = await this.#run(
      tenantId,
      `DELETE FROM plinth.import WHERE tenant_id = $1 AND id = $2 AND status NOT IN ('checking','running') RETURNING id`,
      [id],
    )
    return rows.length > 0
  }

  /** Rows with what became of them, as JSON, in their order. */
  async rows(
    tenantId: string,
    id: string,
    { outcome, after, limit }: { outcome: string | undefined; after: number; limit: number },
  ): Promise<string> {
    const [row] = await this.#run<{ items: string }>(
      tenantId,
      `SELECT coalesce(json_agg(s), '[]')::text AS items FROM (SELECT n AS row, outcome, record_id AS "recordId", coalesce(errors, '[]') AS errors
        FROM plinth.import_row WHERE tenant_id = $1 AND import_id = $2 AND n > $3 AND ($4::text IS NULL OR outcome = $4) ORDER BY n LIMIT $5) s`,
      [id, after, outcome ?? null, limit],
    )
    return row!.items
  }

  file(tenantId: string, { id, size, chunkSize, sealed }: ImportRecord): StoredFile {
    return this.#file(tenantId, id, size, chunkSize, sealed)
  }

  #file(tenantId: string, id: string, size: number, chunkSize: number, sealed: boolean): StoredFile {
    let seal: Promise<ImportSeal> | undefined
    const open = async (n: number, bytes: Buffer): Promise<Buffer> =>
      sealed ? (await (seal ??= this.#seals.of(tenantId))).opened(id, n, bytes) : bytes
    // Readers go through a file piece by piece, and a few steps back.
    const kept = new Map<number, Promise<Buffer>>()
    return {
      size,
      chunkSize,
      chunk: async (n) => {
        let chunk = kept.get(n)
        if (!chunk) {
          chunk = this.#run<{ bytes: Buffer }>(
            tenantId,
            'SELECT bytes FROM plinth.import_chunk WHERE tenant_id = $1 AND import_id = $2 AND n = $3',
            [id, n],
          ).then(([row]) => (row ? open(n, row.bytes) : Buffer.alloc(0)))
          kept.set(n, chunk)
          if (kept.size > 3) kept.delete(kept.keys().next().value!)
        }
        return chunk
      },
    }
  }

  #run<R = Record<string, unknown>>(
    tenantId: string,
    text: string,
    values: readonly unknown[],
  ): Promise<R[]> {
    return this.#database.query<R>({ tenantId }, { text, values: [tenantId, ...values] })
  }
}
