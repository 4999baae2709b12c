import { randomUUID } from 'node:crypto'
import type { Database } from '../data/index.ts'

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

/** Takes the import that has waited longest; of each tenant one at a time. */
export async function claimImport(database: Database): Promise<Claim | undefined> {
  const token = randomUUID()
  const [row] = await database.queryPlatform<{ tenantId: string; id: string; attempts: number }>({
    name: 'plinth_claim_import',
    text: `UPDATE plinth.import i SET lease_until = now() + interval '${LEASE_SECONDS} seconds', lease_token = $1::uuid, attempts = i.attempts + 1
      FROM (SELECT tenant_id, id FROM plinth.import w WHERE status IN ('checking','running') AND lease_until <= now() AND NOT EXISTS (SELECT FROM plinth.import o
          WHERE o.tenant_id = w.tenant_id AND o.id <> w.id AND o.status IN ('checking','running') AND o.lease_until > now())
        ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED) c
      WHERE i.tenant_id = c.tenant_id AND i.id = c.id RETURNING i.tenant_id AS "tenantId", i.id, i.attempts`,
    values: [token],
  })
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
