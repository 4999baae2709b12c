import type { Database, DatabaseAddress } from '../data/index.ts'

/** How long a worker has for one letter before another takes it. More than its server may take to fail. */
const LEASE_SECONDS = 180

/** Letters that were sent or given up are remembered, without content, for so long. */
const KEPT_DAYS = 30

/** When the next letter in a database falls due. */
export const NEXT_MAIL =
  'SELECT min(next_at) AS next FROM plinth.mail WHERE sent_at IS NULL AND dead_at IS NULL'

export interface DueMail {
  readonly tenantId: string
  readonly id: string
  /** This one included. */
  readonly attempts: number
}

/** Takes the letter in a database that has waited longest. A tenant that is just being moved is left alone. */
export async function claimMail(database: Database, address?: DatabaseAddress): Promise<DueMail | undefined> {
  const [row] = await database.queryPlatform<DueMail & Record<string, unknown>>(
    {
      name: 'plinth_claim_mail',
      text: `UPDATE plinth.mail m SET next_at = now() + interval '${LEASE_SECONDS} seconds', attempts = m.attempts + 1
        FROM (SELECT w.tenant_id, w.id FROM plinth.mail w JOIN plinth.tenant t ON t.id = w.tenant_id
          WHERE w.sent_at IS NULL AND w.dead_at IS NULL AND w.next_at <= now() AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())
          ORDER BY w.next_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED FOR KEY SHARE OF t SKIP LOCKED) c
        WHERE m.tenant_id = c.tenant_id AND m.id = c.id RETURNING m.tenant_id AS "tenantId", m.id, m.attempts`,
    },
    address,
  )
  return row
}

/** What a letter says, sealed; undefined when it was sent meanwhile. */
export async function readMail(database: Database, { tenantId, id }: DueMail): Promise<Buffer | undefined> {
  const [row] = await database.query<{ sealed: Buffer }>(
    { tenantId },
    {
      text: 'SELECT sealed FROM plinth.mail WHERE tenant_id = $1 AND id = $2 AND sealed IS NOT NULL',
      values: [tenantId, id],
    },
  )
  return row?.sealed
}

/** Notes what became of a letter. What it said is kept only as long as it may be tried again. */
export async function settleMail(
  database: Database,
  { tenantId, id }: DueMail,
  outcome: { readonly error: string | null; readonly againInSeconds: number | null },
): Promise<void> {
  const { error, againInSeconds } = outcome
  await database.query(
    { tenantId },
    {
      text: `UPDATE plinth.mail SET error = $3, sent_at = CASE WHEN $3::text IS NULL THEN now() END,
          dead_at = CASE WHEN $3 IS NOT NULL AND $4::int IS NULL THEN now() END,
          next_at = now() + make_interval(secs => coalesce($4, 0)), sealed = CASE WHEN $4 IS NULL THEN NULL ELSE sealed END
        WHERE tenant_id = $1 AND id = $2 AND sent_at IS NULL AND dead_at IS NULL`,
      values: [tenantId, id, error, againInSeconds],
    },
  )
}

/** Forgets letters of one database that went long ago. @returns how many */
export async function expireMail(database: Database, address?: DatabaseAddress): Promise<number> {
  const rows = await database.queryPlatform(
    {
      name: 'plinth_expire_mail',
      text: `DELETE FROM plinth.mail WHERE (tenant_id, id) IN (SELECT m.tenant_id, m.id FROM plinth.mail m JOIN plinth.tenant t ON t.id = m.tenant_id
        WHERE m.created_at < now() - make_interval(days => ${KEPT_DAYS}) AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())
        LIMIT 5000 FOR KEY SHARE OF t SKIP LOCKED) RETURNING 1`,
    },
    address,
  )
  return rows.length
}
