import type { Database } from '../data/index.ts'
import { SECURITY } from './list-audit.ts'

/** Kinds of events that are told apart. */
const KINDS = 50
/** Clocks of nodes differ, and ids are made before entries are stored. */
const SKEW_MS = 60_000

/** How often each kind of security event happened since a moment, the most frequent first. */
export async function securityCounts(
  database: Database,
  tenantId: string,
  since: Date,
): Promise<{ action: string; count: number }[]> {
  return database.query<{ action: string; count: number }>(
    { tenantId },
    {
      name: 'plinth_security_counts',
      text: `SELECT a.action, count(*)::int AS count FROM plinth.audit a WHERE a.tenant_id = $1 AND ${SECURITY}
        AND a.id >= $2::uuid AND a.at >= $3::timestamptz GROUP BY a.action ORDER BY count DESC, a.action LIMIT ${KINDS}`,
      values: [tenantId, earliestId(since.getTime() - SKEW_MS), since.toISOString()],
    },
  )
}

/** Ids are in the order of time, and so is the index. */
function earliestId(ms: number): string {
  const time = Math.max(ms, 0).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}
