import { randomUUID } from 'node:crypto'
import type { Database, DatabaseAddress } from '../data/index.ts'

/** How long a worker may be silent before another takes over. */
export const LEASE_SECONDS = 60

/** How often work may be taken up without coming further: what ends its worker each time is not tried for ever. */
const MAX_ATTEMPTS = 5

/** An import that this worker, and no other, works on. */
export interface Claim {
  readonly tenantId: string
  readonly id: string
  /** Proves the claim with every step. */
  readonly token: string
  /** It has been taken up too often without result. */
  readonly hopeless: boolean
}

/** When the next import in a database can be taken up. */
export const NEXT_IMPORT = `SELECT min(lease_until) AS next FROM plinth.import WHERE status IN ('checking','running')`

/**
 * Takes the import in a database that has waited longest; of each tenant one at a time. A tenant that is just being moved is left alone.
 */
export async function claimImport(database: Database, address?: DatabaseAddress): Promise<Claim | undefined> {
  const token = randomUUID()
  const [row] = await database.queryPlatform<{ tenantId: string; id: string; attempts: number }>(
    {
      name: 'plinth_claim_import',
      text: `UPDATE plinth.import i SET lease_until = now() + interval '${LEASE_SECONDS} seconds', lease_token = $1::uuid, attempts = i.attempts + 1
      FROM (SELECT w.tenant_id, w.id FROM plinth.import w JOIN plinth.tenant t ON t.id = w.tenant_id
        WHERE w.status IN ('checking','running') AND w.lease_until <= now() AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())
          AND NOT EXISTS (SELECT FROM plinth.import o
          WHERE o.tenant_id = w.tenant_id AND o.id <> w.id AND o.status IN ('checking','running') AND o.lease_until > now())
        ORDER BY w.lease_until LIMIT 1 FOR UPDATE OF w SKIP LOCKED FOR KEY SHARE OF t SKIP LOCKED) c
      WHERE i.tenant_id = c.tenant_id AND i.id = c.id RETURNING i.tenant_id AS "tenantId", i.id, i.attempts`,
      values: [token],
    },
    address,
  )
  return row && { tenantId: row.tenantId, id: row.id, token, hopeless: row.attempts > MAX_ATTEMPTS }
}

/** Gives a claim back, so that another worker goes on at once. */
export async function releaseImport(database: Database, { tenantId, id, token }: Claim): Promise<void> {
  await database.query(
    { tenantId },
    {
      text: `UPDATE plinth.import SET lease_until = now(), attempts = 0 WHERE tenant_id = $1 AND id = $2 AND lease_token = $3::uuid`,
      values: [tenantId, id, token],
    },
  )
}
