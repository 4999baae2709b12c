import { newKey, type KeyRing } from '../../crypto/index.ts'
import { Failure } from '../../errors.ts'
import type { Database } from '../database.ts'
import type { Statement } from '../pipeline.ts'
import type { Transaction } from '../transaction.ts'
import { BY_ITSELF, storeEntry } from '../write/entry.ts'
import { wrapPlace, type KeyPurpose, type KeyRow } from './key-rows.ts'

/** What is known about the keys of a tenant without opening any. */
export interface KeyStatus {
  readonly keys: readonly (Pick<KeyRow, 'purpose' | 'number' | 'kek' | 'state'> & {
    readonly createdAt: string
  })[]
}

/**
 * What operators do with keys while the platform runs. Each operation is one transaction per tenant, noted in the tenant's audit log, and
 * tells the other nodes.
 */
export class KeyOperations {
  readonly #database: Database
  readonly #ring: KeyRing
  readonly #changed: (tenantId: string) => Promise<void>

  /** @param changed tells all nodes that something about a tenant has changed */
  constructor(database: Database, ring: KeyRing, changed: (tenantId: string) => Promise<void>) {
    this.#database = database
    this.#ring = ring
    this.#changed = changed
  }

  async status(tenantId: string): Promise<KeyStatus> {
    const keys = await this.#database.query<KeyStatus['keys'][number]>(
      { tenantId },
      {
        text: `SELECT purpose, number, kek, state, to_json(created_at) #>> '{}' AS "createdAt" FROM plinth.tenant_key
          WHERE tenant_id = $1 ORDER BY purpose, number`,
        values: [tenantId],
      },
    )
    return { keys }
  }

  /**
   * Puts the keys of a tenant under the current key-encryption key. What they seal is not touched. Repeating it does nothing more.
   *
   * @returns how many keys were under another one
   * @throws KeyRingError when the ring lacks the key they are under
   */
  async rewrap(tenantId: string): Promise<number> {
    this.#ring.reload()
    return this.#change(tenantId, async (transaction, rows) => {
      const { current } = this.#ring
      const old = rows.filter((row) => row.wrapped !== null && row.kek !== current)
      for (const { purpose, number, kek, wrapped } of old) {
        const place = wrapPlace(tenantId, purpose, number)
        const fresh = this.#ring.wrap(this.#ring.unwrap({ kek, wrapped: wrapped! }, place), place)
        transaction.later({
          text: `UPDATE plinth.tenant_key SET kek = $4, wrapped = $5, wrapped_at = now() WHERE tenant_id = $1 AND purpose = $2 AND number = $3`,
          values: [tenantId, purpose, number, fresh.kek, fresh.wrapped],
        })
      }
      if (old.length > 0)
        transaction.later(note(tenantId, 'kernel.key.rewrapped', { kek: current, keys: old.length }))
      return old.length
    })
  }

  /**
   * Gives a tenant a new data key for everything written from now on. What was written before stays readable with the old one, until it is
   * sealed anew in the background.
   *
   * @param expected number of the key to be replaced; where it is not the present one any more, nothing happens
   * @returns number of the present key
   * @throws Failure `key_destroyed` | `not_found` when the tenant has no keys yet
   */
  async rotate(tenantId: string, expected?: number): Promise<number> {
    return this.#change(tenantId, async (transaction, rows) => {
      const data = rows.filter((row) => row.purpose === 'data')
      if (data.length === 0) throw new Failure('not_found')
      if (data.every((row) => row.wrapped === null)) throw new Failure('key_destroyed')
      const last = Math.max(...data.map((row) => row.number))
      if (expected !== undefined && expected !== last) return last
      const number = last + 1
      const { kek, wrapped } = this.#ring.wrap(newKey(), wrapPlace(tenantId, 'data', number))
      transaction.later({
        text: `UPDATE plinth.tenant_key SET state = 'old' WHERE tenant_id = $1 AND purpose = 'data' AND state = 'current'`,
        values: [tenantId],
      })
      transaction.later({
        text: `INSERT INTO plinth.tenant_key (tenant_id, purpose, number, kek, wrapped, state) VALUES ($1, 'data', $2, $3, $4, 'current')`,
        values: [tenantId, number, kek, wrapped],
      })
      transaction.later({
        text: `INSERT INTO plinth.key_renewal (tenant_id, number) VALUES ($1, $2) ON CONFLICT (tenant_id) DO UPDATE SET number = $2, step = 'seal', store = NULL,
          cursor = NULL, done = 0, total = NULL, unreadable = 0, remaining = NULL, rounds = 0, error = NULL, started_at = now(), changed_at = now(), finished_at = NULL`,
        values: [tenantId, number],
      })
      transaction.later(note(tenantId, 'kernel.key.rotated', { number }))
      return number
    })
  }

  /** Destroys all keys of a tenant: what they sealed can never be read again, wherever it is. */
  async destroy(tenantId: string): Promise<void> {
    await this.#change(tenantId, async (transaction, rows) => {
      transaction.later({
        text: `INSERT INTO plinth.tenant_key (tenant_id, purpose, number, kek, state) VALUES ($1, 'data', 1, '', 'destroyed'), ($1, 'index', 1, '', 'destroyed')
          ON CONFLICT DO NOTHING`,
        values: [tenantId],
      })
      transaction.later({
        text: `UPDATE plinth.tenant_key SET wrapped = NULL, kek = '', state = 'destroyed' WHERE tenant_id = $1`,
        values: [tenantId],
      })
      transaction.later({
        text: `UPDATE plinth.key_renewal SET step = 'done', changed_at = now(), finished_at = now() WHERE tenant_id = $1 AND step <> 'done'`,
        values: [tenantId],
      })
      const keks = [...new Set(rows.map(({ kek }) => kek).filter((kek) => kek !== ''))]
      transaction.later(note(tenantId, 'kernel.key.destroyed', { keks }))
    })
  }

  async #change<T>(
    tenantId: string,
    task: (transaction: Transaction, rows: readonly KeyRow[]) => Promise<T>,
  ): Promise<T> {
    const answer = await this.#database.transaction({ tenantId }, async (transaction) => {
      const rows = await transaction.run<KeyRow & { readonly purpose: KeyPurpose }>({
        text: 'SELECT purpose, number, kek, wrapped, state FROM plinth.tenant_key WHERE tenant_id = $1 ORDER BY purpose, number FOR UPDATE',
        values: [tenantId],
      })
      return task(transaction, rows)
    })
    await this.#changed(tenantId)
    return answer
  }
}

function note(tenantId: string, action: string, after: object): Statement {
  return storeEntry(tenantId, BY_ITSELF, { action, subjectType: 'key', subjectId: tenantId, after })
}
