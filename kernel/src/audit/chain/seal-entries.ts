import type { KeyObject } from 'node:crypto'
import { BY_ITSELF, entryMac, storeEntry, type Database, type Transaction } from '../../data/index.ts'
import { BLOCK_COLUMNS, BLOCK_ENTRIES, blockHash, mayAdopt, type Block, type Head } from './block.ts'
import { BROKEN } from './chain-state.ts'
import { ENTRY_COLUMNS, isCut, portionOf, type EntryRow } from './entry-row.ts'

/** Why an entry that waited is in no block: it does not say what was signed, or is not there any more. */
export interface SealFault {
  readonly id: string
  readonly fault: 'forged' | 'missing'
}

export interface Sealing {
  /** End of the chain now; undefined where nothing was sealed. */
  readonly head?: Head
  readonly faults: readonly SealFault[]
  /** There may be more to seal. */
  readonly more: boolean
}

const NOTHING: Sealing = { faults: [], more: false }

/** Which lock the chain of a tenant is continued under, one worker at a time. */
const CHAIN = 'uuid_hash_extended($1::uuid, 2)'

/**
 * Takes entries that wait into the next block of their tenant's chain, in one transaction. An entry that is not as it was signed, or is gone,
 * stays where it waits, is told of once in the audit log itself, and holds nothing up.
 */
export function sealEntries(database: Database, key: KeyObject, tenantId: string): Promise<Sealing> {
  return database.transaction({ tenantId }, async (transaction) => {
    const [lock] = await transaction.run<{ mine: boolean }>({
      name: 'plinth_chain_lock',
      text: `SELECT pg_try_advisory_xact_lock(${CHAIN}) AS mine`,
      values: [tenantId],
    })
    if (!lock!.mine) return NOTHING
    const [last] = await transaction.run<Block & Record<string, unknown>>({
      name: 'plinth_chain_end',
      text: `SELECT ${BLOCK_COLUMNS} FROM plinth.audit_block b WHERE b.tenant_id = $1 ORDER BY b.seq DESC LIMIT 1`,
      values: [tenantId],
    })
    const chain = new ChainEnd(transaction, { key, tenantId, last })
    const adopted = mayAdopt(last) ? await chain.adopt() : undefined
    return adopted ?? chain.seal()
  })
}

class ChainEnd {
  readonly #transaction: Transaction
  readonly #key: KeyObject
  readonly #tenantId: string
  readonly #last: Block | undefined

  constructor(
    transaction: Transaction,
    { key, tenantId, last }: { key: KeyObject; tenantId: string; last: Block | undefined },
  ) {
    this.#transaction = transaction
    this.#key = key
    this.#tenantId = tenantId
    this.#last = last
  }

  /** Seals entries that have no code because they were there before. Undefined when there are none. */
  async adopt(): Promise<Sealing | undefined> {
    const old = await this.#transaction.run<EntryRow & Record<string, unknown>>({
      name: 'plinth_chain_adopt',
      text: `SELECT ${ENTRY_COLUMNS} FROM plinth.audit a
        WHERE a.tenant_id = $1 AND a.mac IS NULL AND ($2::uuid IS NULL OR a.id > $2) ORDER BY a.id LIMIT ${BLOCK_ENTRIES}`,
      values: [this.#tenantId, this.#last?.entries.at(-1) ?? null],
    })
    return old.length === 0 ? undefined : { head: this.#append(old, true), faults: [], more: true }
  }

  /** Seals what waits. */
  async seal(): Promise<Sealing> {
    const waiting = await this.#transaction.run<{ wanted: string } & EntryRow & Record<string, unknown>>({
      name: 'plinth_chain_waiting',
      text: portionOf(`(SELECT p.id FROM plinth.audit_pending p
        WHERE p.tenant_id = $1 AND p.fault IS NULL ORDER BY p.id LIMIT ${BLOCK_ENTRIES}) w
        LEFT JOIN plinth.audit a ON a.tenant_id = $1 AND a.id = w.id`),
      values: [this.#tenantId],
    })
    const sound: EntryRow[] = []
    const faults: SealFault[] = []
    for (const row of waiting)
      if (this.#isSound(row)) sound.push(row)
      else faults.push({ id: row.wanted, fault: row.id === null ? 'missing' : 'forged' })
    for (const fault of faults) this.#setAside(fault)
    const more = waiting.length === BLOCK_ENTRIES || isCut(waiting)
    return sound.length === 0 ? { faults, more } : { head: this.#append(sound, false), faults, more }
  }

  #isSound(row: EntryRow): boolean {
    return row.id !== null && row.mac !== null && row.mac === entryMac(this.#key, this.#tenantId, row)
  }

  #append(rows: readonly EntryRow[], adopts: boolean): Head {
    const previous = this.#last?.hash ?? ''
    const entries = rows.map(({ id }) => id)
    const macs = rows.map((row) => row.mac ?? entryMac(this.#key, this.#tenantId, row))
    const block = { seq: (this.#last?.seq ?? 0) + 1, at: new Date(), adopts, entries, previous }
    const hash = blockHash(this.#key, this.#tenantId, block, macs)
    this.#transaction.later({
      name: 'plinth_chain_append',
      text: `INSERT INTO plinth.audit_block (tenant_id, seq, at, adopts, entries, macs, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        this.#tenantId,
        block.seq,
        block.at.toISOString(),
        adopts,
        entries,
        adopts ? macs : null,
        previous,
        hash,
      ],
    })
    this.#transaction.later({
      name: 'plinth_chain_sealed',
      text: 'DELETE FROM plinth.audit_pending WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
      values: [this.#tenantId, entries],
    })
    return { seq: block.seq, at: block.at, hash }
  }

  #setAside({ id, fault }: SealFault): void {
    this.#transaction.later({
      text: 'UPDATE plinth.audit_pending SET fault = $3 WHERE tenant_id = $1 AND id = $2',
      values: [this.#tenantId, id, fault],
    })
    this.#transaction.later(
      storeEntry(this.#tenantId, BY_ITSELF, { ...BROKEN, subjectId: id, after: { fault } }),
    )
  }
}
