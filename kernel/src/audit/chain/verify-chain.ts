import type { KeyObject } from 'node:crypto'
import { entryMac, type Database } from '../../data/index.ts'
import { BLOCK_COLUMNS, blockHash, mayAdopt, type Block, type Head } from './block.ts'
import type { Checkpoint, Checkpoints } from './checkpoints.ts'
import { SECURITY } from '../list-audit.ts'
import { BROKEN } from './chain-state.ts'
import { ENTRY_COLUMNS, isCut, portionOf, type EntryRow } from './entry-row.ts'

/**
 * What is wrong with a chain. Of entries: not as they were signed, gone, or there without the platform having written them into a block or left
 * them waiting for one, or in a second block as well. Of blocks: one missing, one that does not follow the one before, one that is not as it was made. Of the end: shorter
 * than a checkpoint says, or another one than it says; or the checkpoint itself is not the platform's.
 */
export type ChainFaultKind =
  | 'entryRewritten'
  | 'entryRemoved'
  | 'entryInserted'
  | 'entryRepeated'
  | 'blockMissing'
  | 'blockOutOfOrder'
  | 'blockRewritten'
  | 'tailRemoved'
  | 'chainReplaced'
  | 'checkpointForged'

export interface ChainFault {
  readonly kind: ChainFaultKind
  /** Number of the block, where it is about one. */
  readonly block: number | null
  /** Id of the entry, where it is about one. */
  readonly entry: string | null
}

export interface Verification {
  readonly intact: boolean
  readonly blocks: number
  /** Entries in blocks. */
  readonly entries: number
  /** Of these, those from before there was a chain: they were taken in as they stood then. */
  readonly adopted: number
  /** Entries that wait for their block. */
  readonly waiting: number
  readonly head: Head | null
  /** How many checkpoints the chain was held against, and the latest of them. */
  readonly checkpoints: number
  readonly checkpoint: Pick<Checkpoint, 'seq' | 'at'> | null
  /** The first ones, in the order of the chain. */
  readonly faults: readonly ChainFault[]
}

export interface VerifyNeeds {
  readonly database: Database
  readonly key: KeyObject
  readonly checkpoints: Checkpoints
}

/** More are not named: the first says where to look. */
const MOST_FAULTS = 20
const PAGE = 20
/** Looking for entries that are in no block compares all of them, and may take as long as this. */
const SEARCH_MS = 10 * 60_000

/** What was told of entries that got no block, as a fault. */
const TOLD: ReadonlyMap<string, ChainFaultKind> = new Map([
  ['missing', 'entryRemoved'],
  ['forged', 'entryRewritten'],
])
/** Most entries about faults that are looked at. */
const MOST_TOLD = 1_000

type LooseEntry = { readonly waits: string | null; readonly fault: string | null } & EntryRow

/** Recomputes a tenant's whole chain, and holds it against the entries there are and against the checkpoints. */
export async function verifyChain(needs: VerifyNeeds, tenantId: string): Promise<Verification> {
  const run = new ChainRun(needs, tenantId)
  await run.readCheckpoints()
  await run.walk()
  const waiting = await run.findLoose()
  await run.findRepeated()
  await run.recall()
  return run.result(waiting)
}

class ChainRun {
  readonly #needs: VerifyNeeds
  readonly #tenantId: string
  readonly #faults: ChainFault[] = []
  /** Those not yet met in the chain, by number. */
  readonly #expected = new Map<number, Checkpoint[]>()
  #checkpoints = 0
  #latest: Checkpoint | undefined
  #last: Block | undefined
  #blocks = 0
  #entries = 0
  #adopted = 0

  constructor(needs: VerifyNeeds, tenantId: string) {
    this.#needs = needs
    this.#tenantId = tenantId
  }

  async readCheckpoints(): Promise<void> {
    for await (const checkpoint of this.#needs.checkpoints.of(this.#tenantId)) {
      this.#checkpoints += 1
      if (!this.#latest || checkpoint.seq > this.#latest.seq) this.#latest = checkpoint
      const same = this.#expected.get(checkpoint.seq)
      if (same) same.push(checkpoint)
      else this.#expected.set(checkpoint.seq, [checkpoint])
    }
  }

  async walk(): Promise<void> {
    for (;;) {
      const page = await this.#needs.database.query<Block & Record<string, unknown>>(
        { tenantId: this.#tenantId },
        {
          text: `SELECT ${BLOCK_COLUMNS} FROM plinth.audit_block b WHERE b.tenant_id = $1 AND b.seq > $2 ORDER BY b.seq LIMIT ${PAGE}`,
          values: [this.#tenantId, this.#last?.seq ?? 0],
        },
      )
      for (const block of page) await this.#check(block)
      if (page.length < PAGE) break
    }
    for (const [seq, checkpoints] of [...this.#expected].toSorted(([left], [right]) => left - right))
      for (const checkpoint of checkpoints) this.#miss(seq, checkpoint, 'tailRemoved')
  }

  async #check(block: Block): Promise<void> {
    const { seq, previous, hash, adopts } = block
    const before = this.#last
    if (seq !== (before?.seq ?? 0) + 1) this.#add('blockMissing', (before?.seq ?? 0) + 1)
    else if (previous !== (before?.hash ?? '')) this.#add('blockOutOfOrder', seq)
    const macs = await this.#checkEntries(block)
    const isOwn = !macs || hash === blockHash(this.#needs.key, this.#tenantId, block, macs)
    if (!isOwn || (adopts && !mayAdopt(before))) this.#add('blockRewritten', seq)
    for (const checkpoint of this.#expected.get(seq) ?? [])
      if (checkpoint.hash !== hash) this.#miss(seq, checkpoint, 'chainReplaced')
    this.#expected.delete(seq)
    this.#blocks += 1
    this.#entries += block.entries.length
    if (adopts) this.#adopted += block.entries.length
    this.#last = block
  }

  /** Holds a block against its entries. Answers what proves each of them, as the hash of the block was made of it, unless one is gone. */
  async #checkEntries({ seq, entries, macs }: Block): Promise<string[] | undefined> {
    const found = await this.#macsOf(entries)
    const proofs: string[] = []
    entries.forEach((id, index) => {
      const entry = found.get(id)
      if (!entry) return this.#add('entryRemoved', seq, id)
      if (entry.own !== (macs ? macs[index] : entry.stored)) this.#add('entryRewritten', seq, id)
      proofs.push((macs ? macs[index] : entry.stored) ?? entry.own)
    })
    return proofs.length === entries.length ? proofs : undefined
  }

  /** What should prove each of the entries, and what is said to. */
  async #macsOf(ids: readonly string[]): Promise<Map<string, { own: string; stored: string | null }>> {
    const { database, key } = this.#needs
    const found = new Map<string, { own: string; stored: string | null }>()
    for (let wanted = ids; wanted.length > 0;) {
      const rows = await database.query<EntryRow & Record<string, unknown>>(
        { tenantId: this.#tenantId },
        {
          name: 'plinth_chain_entries',
          text: portionOf('unnest($2::uuid[]) w(id) JOIN plinth.audit a ON a.tenant_id = $1 AND a.id = w.id'),
          values: [this.#tenantId, wanted],
        },
      )
      for (const row of rows) found.set(row.id, { own: entryMac(key, this.#tenantId, row), stored: row.mac })
      const last = rows.at(-1)?.id
      wanted = last !== undefined && isCut(rows) ? wanted.filter((id) => id > last) : []
    }
    return found
  }

  /** Entries that are neither in a block nor sound and waiting for one. Answers how many wait. */
  async findLoose(): Promise<number> {
    const { database } = this.#needs
    return database.transaction({ tenantId: this.#tenantId }, async (transaction) => {
      transaction.later({ text: `SET LOCAL statement_timeout = ${SEARCH_MS}` })
      // One statement, so that no block can be made in between.
      transaction.later({
        text: `DECLARE loose NO SCROLL CURSOR FOR SELECT p.id AS waits, p.fault, ${ENTRY_COLUMNS} FROM (SELECT * FROM plinth.audit WHERE tenant_id = $1) a
          LEFT JOIN (SELECT unnest(b.entries) AS id FROM plinth.audit_block b WHERE b.tenant_id = $1) s ON s.id = a.id
          FULL JOIN (SELECT id, fault FROM plinth.audit_pending WHERE tenant_id = $1) p ON p.id = a.id
          WHERE s.id IS NULL ORDER BY coalesce(a.id, p.id)`,
        values: [this.#tenantId],
      })
      let waiting = 0
      for (;;) {
        const loose = await transaction.run<LooseEntry>({ text: `FETCH ${PAGE} FROM loose` })
        for (const each of loose) if (this.#isWaiting(each)) waiting += 1
        if (loose.length < PAGE) return waiting
      }
    })
  }

  #isWaiting({ waits, fault, ...row }: LooseEntry): boolean {
    const isSigned = row.id !== null && row.mac === entryMac(this.#needs.key, this.#tenantId, row)
    const isOld = row.id !== null && row.mac === null && mayAdopt(this.#last)
    if ((waits !== null && isSigned && fault === null) || isOld) return true
    if (row.id === null) this.#add('entryRemoved', null, waits)
    else if (waits !== null && row.mac !== null) this.#add('entryRewritten', null, row.id)
    else this.#add('entryInserted', null, row.id)
    return false
  }

  /** Entries that a block has which stand in one before it already: somebody has made them wait once more. */
  async findRepeated(): Promise<void> {
    const { database } = this.#needs
    const repeated = await database.transaction({ tenantId: this.#tenantId }, (transaction) => {
      transaction.later({ text: `SET LOCAL statement_timeout = ${SEARCH_MS}` })
      return transaction.run<{ id: string; seq: number }>({
        text: `SELECT e.id, max(e.seq)::int AS seq FROM (SELECT unnest(b.entries) AS id, b.seq FROM plinth.audit_block b WHERE b.tenant_id = $1) e
          GROUP BY e.id HAVING count(*) > 1 ORDER BY 2, 1 LIMIT ${MOST_FAULTS}`,
        values: [this.#tenantId],
      })
    })
    for (const { id, seq } of repeated) this.#add('entryRepeated', seq, id)
  }

  /** What was found when blocks were made, and told of in the log itself: it stays true when every other trace of it has been removed. */
  async recall(): Promise<void> {
    const { database, key } = this.#needs
    const rows = await database.query<EntryRow & Record<string, unknown>>(
      { tenantId: this.#tenantId },
      {
        name: 'plinth_chain_told',
        text: `SELECT ${ENTRY_COLUMNS} FROM plinth.audit a WHERE a.tenant_id = $1 AND ${SECURITY} AND a.action = $2 ORDER BY a.id LIMIT ${MOST_TOLD}`,
        values: [this.#tenantId, BROKEN.action],
      },
    )
    const named = new Set(this.#faults.map(({ entry }) => entry))
    for (const row of rows) {
      const { fault } = JSON.parse(row.after ?? '{}') as { fault?: string }
      const kind = fault === undefined ? undefined : TOLD.get(fault)
      if (!kind || named.has(row.subjectId) || row.mac !== entryMac(key, this.#tenantId, row)) continue
      named.add(row.subjectId)
      this.#add(kind, null, row.subjectId)
    }
  }

  result(waiting: number): Verification {
    const last = this.#last
    return {
      intact: this.#faults.length === 0,
      blocks: this.#blocks,
      entries: this.#entries,
      adopted: this.#adopted,
      waiting,
      head: last ? { seq: last.seq, hash: last.hash, at: last.at } : null,
      checkpoints: this.#checkpoints,
      checkpoint: this.#latest ? { seq: this.#latest.seq, at: this.#latest.at } : null,
      faults: this.#faults,
    }
  }

  /** A checkpoint the chain does not agree with: either has been tampered with. */
  #miss(seq: number, checkpoint: Checkpoint, kind: ChainFaultKind): void {
    this.#add(checkpoint.isSigned() ? kind : 'checkpointForged', seq)
  }

  #add(kind: ChainFaultKind, block: number | null, entry: string | null = null): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ kind, block, entry })
  }
}
