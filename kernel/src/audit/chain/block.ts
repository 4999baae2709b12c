import { createHmac, type KeyObject } from 'node:crypto'

/** For which purpose the vault has the key of audit logs. */
export const AUDIT_KEY = 'audit'

/** Most entries of a block: what a worker holds in memory at a time. */
export const BLOCK_ENTRIES = 500

/** A link of a tenant's chain: which entries it has, in order. */
export interface Block {
  /** Counts from 1 without a gap. */
  readonly seq: number
  readonly at: Date
  /** Its entries are from before there was a chain, and have no code of their own. */
  readonly adopts: boolean
  readonly entries: readonly string[]
  /** What proves each of them, where the entries themselves do not have it. */
  readonly macs: readonly string[] | null
  /** Hash of the block before; empty for the first. */
  readonly previous: string
  readonly hash: string
}

/** The end of a chain. */
export type Head = Pick<Block, 'seq' | 'hash' | 'at'>

const FORM = 'plinth block 1'

/**
 * The hash of a block, which only the platform can make.
 *
 * @param macs what proves each entry
 */
export function blockHash(
  key: KeyObject,
  tenantId: string,
  block: Omit<Block, 'hash' | 'macs'>,
  macs: readonly string[],
): string {
  const { seq, at, adopts, previous, entries } = block
  const content = [FORM, tenantId, seq, at.getTime(), adopts, previous, entries, macs]
  return createHmac('sha256', key).update(JSON.stringify(content)).digest('base64url')
}

/** Whether old entries may be adopted after this block: only when all before it were full of them. */
export function mayAdopt(last: Pick<Block, 'adopts' | 'entries'> | undefined): boolean {
  return last === undefined || (last.adopts && last.entries.length === BLOCK_ENTRIES)
}

export const BLOCK_COLUMNS = 'b.seq::int, b.at, b.adopts, b.entries, b.macs, b.previous, b.hash'
