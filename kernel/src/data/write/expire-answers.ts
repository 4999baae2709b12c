import type { Database } from '../database.ts'
import type { DatabaseAddress } from '../places/home.ts'

/** How long a request can be repeated and gets the answer of the first time. */
export const ANSWERS_KEPT_DAYS = 30

/** Removed at a time: a long backlog must not become a long transaction. */
const BATCH = 5_000

/** Forgets stored answers in one database that are too old. @returns how many */
export async function expireAnswers(database: Database, address?: DatabaseAddress): Promise<number> {
  let removed = 0
  for (;;) {
    const rows = await database.queryPlatform(
      {
        name: 'plinth_expire_answers',
        text: `DELETE FROM plinth.idempotency WHERE (tenant_id, actor, key) IN (
          SELECT i.tenant_id, i.actor, i.key FROM plinth.idempotency i JOIN plinth.tenant t ON t.id = i.tenant_id
          WHERE i.created_at < now() - make_interval(days => ${ANSWERS_KEPT_DAYS}) AND t.here AND (t.closed_until IS NULL OR t.closed_until < now())
          LIMIT ${BATCH} FOR KEY SHARE OF t SKIP LOCKED)
        RETURNING 1`,
      },
      address,
    )
    removed += rows.length
    if (rows.length < BATCH) return removed
  }
}
