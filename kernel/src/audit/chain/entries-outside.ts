import type { Database } from '../../data/index.ts'

/** An entry that is in no block. */
export interface OutsideEntry {
  readonly id: string
  /** Whether the entry itself is in the log. */
  readonly there: boolean
  /** Whether it waits for a block. */
  readonly waits: boolean
  /** Why it will not get into one. */
  readonly fault: string | null
}

/** Blocks in which an entry of the last seconds is looked for first. */
const LATEST = 60
const ALL = 2 ** 52

/** Those of a tenant's entries that are in none of the blocks, all in one look, so that no block is made meanwhile. */
export function entriesOutside(
  database: Database,
  tenantId: string,
  ids: readonly string[],
  blocks: 'latest' | 'all',
): Promise<OutsideEntry[]> {
  return database.query<OutsideEntry & Record<string, unknown>>(
    { tenantId },
    {
      name: 'plinth_chain_outside',
      text: `SELECT w.id, a.id IS NOT NULL AS there, p.id IS NOT NULL AS waits, p.fault FROM unnest($2::uuid[]) w(id)
        LEFT JOIN plinth.audit a ON a.tenant_id = $1 AND a.id = w.id
        LEFT JOIN plinth.audit_pending p ON p.tenant_id = $1 AND p.id = w.id
        WHERE w.id NOT IN (SELECT unnest(b.entries) FROM plinth.audit_block b WHERE b.tenant_id = $1
          AND b.seq > (SELECT max(e.seq) FROM plinth.audit_block e WHERE e.tenant_id = $1) - $3::bigint)`,
      values: [tenantId, ids, blocks === 'latest' ? LATEST : ALL],
    },
  )
}
