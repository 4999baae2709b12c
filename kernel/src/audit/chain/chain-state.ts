import type { KeyObject } from 'node:crypto'
import { entryMac, type Database } from '../../data/index.ts'
import type { Head } from './block.ts'
import { ENTRY_COLUMNS, type EntryRow } from './entry-row.ts'

/** How far the chain of a tenant is, without looking whether it is sound. */
export interface ChainState {
  readonly head: Head | null
  /** Entries that wait for their block: at most a thousand are counted. */
  readonly waiting: number
  /** Entries that got no block because they were not as they had been signed, or gone. */
  readonly refused: number
  /** When it was last verified, and whether it was intact. */
  readonly verified: { readonly at: string; readonly intact: boolean } | null
}

/** What verifications are noted under. */
export const CHAIN_SUBJECT = { action: 'audit.verified', subjectType: 'platform.audit', subjectId: 'chain' }

/** What is noted of an entry that is not as it was signed, or gone. */
export const BROKEN = { action: 'audit.broken', subjectType: 'platform.audit' }

/** As many entries about verifications are looked at: somebody else may have written the latest. */
const LATEST = 5

export async function chainState(database: Database, key: KeyObject, tenantId: string): Promise<ChainState> {
  const scope = { tenantId }
  const { action, subjectType, subjectId } = CHAIN_SUBJECT
  const [[row], verifications] = await Promise.all([
    database.query<{ state: Omit<ChainState, 'verified'> }>(scope, {
      name: 'plinth_chain_state',
      text: `SELECT json_build_object(
        'head', (SELECT json_build_object('seq', b.seq, 'hash', b.hash, 'at', b.at) FROM plinth.audit_block b WHERE b.tenant_id = $1 ORDER BY b.seq DESC LIMIT 1),
        'waiting', (SELECT count(*) FROM (SELECT FROM plinth.audit_pending p WHERE p.tenant_id = $1 AND p.fault IS NULL LIMIT 1000) w),
        'refused', (SELECT count(*) FROM plinth.audit_pending p WHERE p.tenant_id = $1 AND p.fault IS NOT NULL)) AS state`,
      values: [tenantId],
    }),
    database.query<EntryRow & Record<string, unknown>>(scope, {
      name: 'plinth_chain_verified',
      text: `SELECT ${ENTRY_COLUMNS} FROM plinth.audit a WHERE a.tenant_id = $1 AND a.subject_type = $3 AND a.subject_id = $4 AND a.action = $2
        ORDER BY a.id DESC LIMIT ${LATEST}`,
      values: [tenantId, action, subjectType, subjectId],
    }),
  ])
  const latest = verifications.find((entry) => entry.mac === entryMac(key, tenantId, entry))
  return { ...row!.state, verified: latest ? verdictOf(latest) : null }
}

function verdictOf({ at, after }: EntryRow): ChainState['verified'] {
  const { intact } = JSON.parse(after ?? '{}') as { intact?: boolean }
  return { at: at.toISOString(), intact: intact === true }
}
