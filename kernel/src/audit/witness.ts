import type { KeyObject } from 'node:crypto'
import type { Logger } from 'pino'
import type { Vault } from '../crypto/index.ts'
import { BY_ITSELF, entryMac, storeEntry, type Database, type StoredEntries } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { Lookout } from '../lookout.ts'
import { AUDIT_KEY } from './chain/block.ts'
import { BROKEN } from './chain/chain-state.ts'
import { entriesOutside, type OutsideEntry } from './chain/entries-outside.ts'
import { ENTRY_COLUMNS, type EntryRow } from './chain/entry-row.ts'

/** Nothing is missed by looking seldom: an entry is remembered until its block is there. */
const EVERY_MS = 15_000
/** Most entries a node remembers, some ten megabytes, when no worker makes blocks of them. */
const MOST = 100_000
/** Entries looked for at a time. */
const PORTION = 5_000

export interface WitnessNeeds {
  readonly database: Database
  readonly vault: Vault
  readonly log: Logger
}

/**
 * Remembers the audit entries this node has written until they are in a block. Until then only a row says that there is an entry: whoever has
 * the database could remove both, and the chain would know of neither. This node does.
 *
 * Only what is known to be committed is remembered, so what was rolled back is not missed; and a node that is gone misses nothing.
 */
export class Witness {
  readonly #database: Database
  readonly #key: KeyObject
  readonly #log: Logger
  readonly #lookout: Lookout
  readonly #entries = new Map<string, Set<string>>()
  #count = 0

  constructor({ database, vault, log }: WitnessNeeds) {
    this.#database = database
    this.#key = vault.key(AUDIT_KEY)
    this.#log = log
    this.#lookout = new Lookout({
      everyMs: EVERY_MS,
      look: () => this.look(),
      onError: (error) => log.error({ err: error }, 'audit entries are not watched'),
    })
  }

  start(): void {
    this.#database.tell((stored) => this.#remember(stored))
    this.#lookout.start()
  }

  /** Ends the look at hand. What is not in a block yet is no longer watched. */
  stop(): Promise<void> {
    this.#database.tell(() => undefined)
    return this.#lookout.stop()
  }

  /** Looks where all of them are. */
  async look(): Promise<void> {
    for (const [tenantId, ids] of this.#entries) {
      try {
        await this.#lookFor(tenantId, [...ids].slice(0, PORTION))
      } catch (error) {
        if (error instanceof Failure && error.code === 'tenant_unknown') this.#forget(tenantId, [...ids])
        else this.#log.warn({ tenantId, err: error }, 'audit entries are looked for later')
      }
    }
  }

  #remember({ tenantId, ids }: StoredEntries): void {
    const known = this.#entries.get(tenantId) ?? new Set()
    this.#entries.set(tenantId, known)
    const room = ids.slice(0, Math.max(MOST - this.#count, 0))
    for (const id of room) known.add(id)
    this.#count += room.length
    if (room.length < ids.length && room.length > 0)
      this.#log.warn({ most: MOST }, 'more audit entries wait for a block than are watched')
  }

  #forget(tenantId: string, ids: readonly string[]): void {
    const known = this.#entries.get(tenantId)
    for (const id of ids) if (known?.delete(id)) this.#count -= 1
    if (known?.size === 0) this.#entries.delete(tenantId)
  }

  async #lookFor(tenantId: string, ids: readonly string[]): Promise<void> {
    const outside = await entriesOutside(this.#database, tenantId, ids, 'latest')
    const odd = outside.filter((each) => !isWaiting(each)).map(({ id }) => id)
    // They may be in a block further back.
    const lost = odd.length === 0 ? [] : await entriesOutside(this.#database, tenantId, odd, 'all')
    for (const each of lost) if (!isWaiting(each)) await this.#tellOf(tenantId, each)
    const waiting = new Set([...outside, ...lost].filter(isWaiting).map(({ id }) => id))
    this.#forget(
      tenantId,
      ids.filter((id) => !waiting.has(id)),
    )
  }

  /**
   * Has it wait for a block again, or stand there as missing, and notes that somebody was at it. Also of one that is said to be at fault already:
   * whoever has the database may have said so, to have it passed over. Who makes the blocks says so in an entry.
   */
  async #tellOf(tenantId: string, { id, there, waits }: OutsideEntry): Promise<void> {
    if (waits && (await this.#isTold(tenantId, id))) return
    const fault = there ? (waits ? 'forged' : 'unmarked') : 'missing'
    this.#log.error({ tenantId, id, fault }, 'an audit entry is not as it was signed')
    await this.#database.transaction({ tenantId }, async (transaction) => {
      transaction.later({
        text: 'INSERT INTO plinth.audit_pending (tenant_id, id, fault) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        values: [tenantId, id, there ? null : fault],
      })
      const entry = { ...BROKEN, subjectId: id, after: { fault } }
      transaction.later(storeEntry(tenantId, BY_ITSELF, entry))
    })
  }

  async #isTold(tenantId: string, id: string): Promise<boolean> {
    const rows = await this.#database.query<EntryRow & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT ${ENTRY_COLUMNS} FROM plinth.audit a WHERE a.tenant_id = $1 AND a.subject_type = $2 AND a.subject_id = $3 AND a.action = $4 LIMIT 20`,
        values: [tenantId, BROKEN.subjectType, id, BROKEN.action],
      },
    )
    return rows.some((row) => row.mac === entryMac(this.#key, tenantId, row))
  }
}

/** Whether it goes into one of the next blocks. One that waits and is gone is found by whoever makes the block. */
function isWaiting({ waits, fault }: OutsideEntry): boolean {
  return waits && fault === null
}
