import { keyNumberOf } from '../crypto/index.ts'
import {
  BY_ITSELF,
  storeEntry,
  type Database,
  type Home,
  type Secrets,
  type Statement,
  type Transaction,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import { kernelStores } from './kernel-stores.ts'
import { recordStore, sealedTables, type SealedTable } from './record-store.ts'
import { claimRenewal, noteProgress, type Progress, type Renewal } from './renewal.ts'
import { headerOf, type Cell, type SealedStore } from './sealed-store.ts'

/** A key is looked for in all tables so often; what then still needs it needs people. */
const MOST_ROUNDS = 3

/** Another node is at this tenant, or it has nothing to do any more. */
class NotMine extends Error {}

export interface RenewNeeds {
  readonly database: Database
  /** The tenant's keys as they are now. */
  readonly secrets: () => Promise<Secrets>
  /** Told of every portion before it is committed. */
  readonly onPortion?: ((where: string) => void) | undefined
  /** How long a node may go on sealing with a key that is no longer the current one, in milliseconds. */
  readonly graceMs: number
}

/**
 * Brings one tenant to its new data key, portion by portion. Each portion is one transaction with what it says of its progress, so that
 * whoever goes on after a death goes on right there. It runs in the name of the tenant, behind the fences every request is behind.
 */
export class TenantRenewal {
  readonly #needs: RenewNeeds
  readonly #tenantId: string
  /** The database role each table is changed with, once it is known. */
  readonly #roles = new Map<string, string | undefined>()

  constructor(needs: RenewNeeds, tenantId: string) {
    this.#needs = needs
    this.#tenantId = tenantId
  }

  /**
   * Goes on as far as it can.
   *
   * @param goOn asked before each portion
   * @returns whether the old keys were retired
   */
  async run(goOn: () => boolean): Promise<boolean> {
    try {
      while (goOn()) {
        const step = await this.#portion()
        if (step !== 'seal') return step === 'done'
      }
    } catch (error) {
      if (!(error instanceof NotMine)) throw error
    }
    return false
  }

  /** @returns `seal` while there is more to seal; else how it ended for now */
  async #portion(): Promise<'seal' | 'retire' | 'done'> {
    const renewal = await this.#inTenant(undefined, async (transaction, home) => {
      const found = await this.#claim(transaction)
      if (found.step === 'retire') return found
      const stores = await this.#stores(transaction, home)
      const changes: Progress = { error: null }
      if (found.total === null)
        Object.assign(changes, { total: await this.#count(transaction, stores, found.number) })
      if (found.store === null) Object.assign(changes, { store: stores[0]!.name, cursor: null })
      await transaction.run(noteProgress(changes))
      return { ...found, ...changes }
    })
    if (renewal.step === 'retire') return this.#retire()
    return renewal.store === '' ? this.#endRound() : this.#sealNext(renewal)
  }

  async #sealNext({ store: name }: Renewal): Promise<'seal'> {
    const secrets = await this.#needs.secrets()
    await this.#inTenant(this.#roles.get(name!), async (transaction, home) => {
      const now = await this.#claim(transaction)
      if (now.step !== 'seal' || now.store !== name) return
      const stores = await this.#stores(transaction, home)
      const at = stores.findIndex((each) => each.name === name)
      const store = stores[at]
      const rows = store && isReachable(store) ? await transaction.run(store.next(now.cursor)) : []
      if (rows.length === 0) {
        await transaction.run(
          noteProgress({ store: stores.find((each) => each.name > name!)?.name ?? '', cursor: null }),
        )
        return
      }
      const fresh: { cursor: string; values: Record<string, string> }[] = []
      let unreadable = 0
      let cursor = now.cursor
      for (const row of rows) {
        const read = store!.read(row)
        ;({ cursor } = read)
        const { values, lost } = await sealAnew(secrets, read.cells, now.number)
        if (lost) unreadable += 1
        if (Object.keys(values).length > 0) fresh.push({ cursor: read.cursor, values })
      }
      if (fresh.length > 0) await transaction.run(store!.replace(fresh))
      await transaction.run(
        noteProgress({ cursor, done: now.done + fresh.length, unreadable: now.unreadable + unreadable }),
      )
      this.#needs.onPortion?.(`${name} ${cursor}`)
    })
    return 'seal'
  }

  /** Everything was gone through once. */
  async #endRound(): Promise<'retire' | 'done'> {
    await this.#inTenant(undefined, async (transaction) => {
      const { rounds } = await this.#claim(transaction)
      await transaction.run(noteProgress({ step: 'retire', rounds: rounds + 1 }))
    })
    return this.#retire()
  }

  /** Counts what still needs older keys, and destroys these when nothing does. */
  async #retire(): Promise<'retire' | 'done'> {
    return this.#inTenant(undefined, async (transaction, home) => {
      const renewal = await this.#claim(transaction)
      if (renewal.step !== 'retire') return 'retire'
      const keys = await transaction.run<{ number: number; settled: boolean }>({
        text: `SELECT k.number, c.created_at < now() - make_interval(secs => $1) AS settled FROM plinth.tenant_key k
          JOIN plinth.tenant_key c ON c.tenant_id = k.tenant_id AND c.purpose = 'data' AND c.number = $2
          WHERE k.tenant_id = current_setting('plinth.tenant')::uuid AND k.purpose = 'data' AND k.number <> $2 AND k.wrapped IS NOT NULL FOR UPDATE OF k`,
        values: [this.#needs.graceMs / 1000, renewal.number],
      })
      const stores = await this.#stores(transaction, home)
      const remaining = await this.#remaining(
        transaction,
        stores,
        keys.map(({ number }) => number),
      )
      const left = Object.values(remaining).reduce((sum, count) => sum + count, 0)
      if (left > 0) {
        // A node that did not know of the new key yet has come in between; or what is left does not open.
        const again = renewal.rounds < MOST_ROUNDS
        const error = again ? null : `${left} rows still need an older data key`
        await transaction.run(
          noteProgress({
            remaining,
            error,
            ...(again ? { step: 'seal', store: null, cursor: null, unreadable: 0 } : {}),
          }),
        )
        return 'retire'
      }
      // Somebody may be about to write what was sealed a moment ago.
      if (keys.some(({ settled }) => !settled)) {
        await transaction.run(noteProgress({ remaining, error: null }))
        return 'retire'
      }
      for (const statement of retire(
        this.#tenantId,
        renewal.number,
        keys.map(({ number }) => number),
      ))
        await transaction.run(statement)
      await transaction.run(noteProgress({ step: 'done', remaining, error: null }))
      this.#needs.onPortion?.('retire')
      return 'done'
    })
  }

  async #claim(transaction: Transaction): Promise<Renewal> {
    const [renewal] = await transaction.run<Renewal>(claimRenewal)
    if (!renewal) throw new NotMine()
    return renewal
  }

  /** In the order of their names, which is the order they are worked through in. */
  async #stores(transaction: Transaction, { schema }: Home): Promise<SealedStore[]> {
    const tables = await transaction.run<SealedTable>(sealedTables(schema))
    const stores = [...tables.map((table) => recordStore(schema, table)), ...kernelStores]
    for (const { name, role } of stores) this.#roles.set(name, role)
    return stores.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  }

  async #count(transaction: Transaction, stores: readonly SealedStore[], number: number): Promise<number> {
    const old = Array.from({ length: number - 1 }, (_, index) => index + 1)
    const counts = Object.values(await this.#remaining(transaction, stores, old))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async #remaining(
    transaction: Transaction,
    stores: readonly SealedStore[],
    old: readonly number[],
  ): Promise<Record<string, number>> {
    const remaining: Record<string, number> = {}
    if (old.length === 0) return remaining
    for (const store of stores) {
      const [row] = await transaction.run<{ count: number }>(store.count(old.map(headerOf)))
      if (row!.count > 0) remaining[store.name] = row!.count
    }
    return remaining
  }

  #inTenant<T>(
    role: string | undefined,
    work: (transaction: Transaction, home: Home) => Promise<T>,
  ): Promise<T> {
    const scope = { tenantId: this.#tenantId, ...(role === undefined ? {} : { role }) }
    return this.#needs.database.transaction(scope, work)
  }
}

/** A table whose plugin is gone, and its role with it, stays as it is. */
function isReachable(store: SealedStore): boolean {
  return store.name.startsWith('plinth.') || store.role !== undefined
}

/**
 * The values of a row that are not under the new key yet, sealed with it.
 *
 * @throws Failure `key_unavailable` | `unavailable` when this node does not know the new key yet
 */
async function sealAnew(
  secrets: Secrets,
  cells: readonly Cell[],
  number: number,
): Promise<{ values: Record<string, string>; lost: boolean }> {
  const header = headerOf(number).slice(2)
  const values: Record<string, string> = {}
  let lost = false
  for (const { name, sealed, place } of cells) {
    if (sealed.startsWith(header)) continue
    try {
      const fresh = secrets.sealBytes(await secrets.openBytes(Buffer.from(sealed, 'hex'), place), place)
      if (keyNumberOf(fresh) !== number) throw new Failure('unavailable')
      values[name] = fresh.toString('hex')
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'ciphertext_invalid') throw error
      lost = true
    }
  }
  return { values, lost }
}

function retire(tenantId: string, number: number, old: readonly number[]): Statement[] {
  const numbers = `{${old.join(',')}}`
  return [
    {
      text: `UPDATE plinth.tenant_key SET wrapped = NULL, kek = '', state = 'destroyed' WHERE tenant_id = $1 AND purpose = 'data' AND number = ANY ($2::int[])`,
      values: [tenantId, numbers],
    },
    storeEntry(tenantId, BY_ITSELF, {
      action: 'kernel.key.retired',
      subjectType: 'key',
      subjectId: tenantId,
      after: { numbers: old, current: number },
    }),
  ]
}
