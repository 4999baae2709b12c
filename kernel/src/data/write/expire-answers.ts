import type { Database } from '../database.ts'

/** How long a request can be repeated and gets the answer of the first time. */
export const ANSWERS_KEPT_DAYS = 30

/** Removed at a time: a long backlog must not become a long transaction. */
const BATCH = 5_000

/** Forgets stored answers that are too old. @returns how many */
export async function expireAnswers(database: Database): Promise<number> {
  let removed = 0
  for (;;) {
    const rows = await database.queryPlatform({
      name: 'plinth_expire_answers',
      text: `DELETE FROM plinth.idempotency WHERE (tenant_id, actor, key) IN (
          SELECT tenant_id, actor, key FROM plinth.idempotency WHERE created_at < now() - make_interval(days => ${ANSWERS_KEPT_DAYS}) LIMIT ${BATCH})
        RETURNING 1`,
    })
    removed += rows.length
    if (rows.length < BATCH) return removed
  }
}
