import { createHash } from 'node:crypto'
import type { Database } from './database.ts'

/** How often something may be tried. */
export interface AttemptLimit {
  readonly max: number
  /** Length of the window, from the first attempt in it. */
  readonly seconds: number
}

/**
 * Counts attempts, over all nodes: of signing in, of guessing codes, of asking for mail. What is counted is stored as a digest, since it
 * tends to be an address; what is counted no longer goes when the next attempt comes.
 */
export class Attempts {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /**
   * Counts one more attempt at `what`.
   *
   * @returns seconds to wait, or 0 when it is allowed
   */
  async take(tenantId: string, what: string, { max, seconds }: AttemptLimit): Promise<number> {
    const [row] = await this.#database.query<{ count: number; rest: number }>(
      { tenantId },
      {
        name: 'plinth_attempt',
        text: `WITH old AS (DELETE FROM plinth.attempt WHERE tenant_id = $1 AND what <> $2 AND ends_at < now())
          INSERT INTO plinth.attempt AS a (tenant_id, what, count, ends_at) VALUES ($1, $2, 1, now() + make_interval(secs => $3))
          ON CONFLICT (tenant_id, what) DO UPDATE SET count = CASE WHEN a.ends_at <= now() THEN 1 ELSE a.count + 1 END,
            ends_at = CASE WHEN a.ends_at <= now() THEN excluded.ends_at ELSE a.ends_at END
          RETURNING count, ceil(extract(epoch FROM ends_at - now()))::int AS rest`,
        values: [tenantId, digest(what), seconds],
      },
    )
    return row!.count > max ? Math.max(row!.rest, 1) : 0
  }

  /** How often these were attempted in the windows that are open now. */
  async made(tenantId: string, what: readonly string[]): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>(
      { tenantId },
      {
        name: 'plinth_attempts_made',
        text: `SELECT coalesce(sum(count), 0)::int AS count FROM plinth.attempt WHERE tenant_id = $1 AND what = ANY($2) AND ends_at > now()`,
        values: [tenantId, what.map(digest)],
      },
    )
    return row!.count
  }

  /**
   * Takes some of what may be done in a window, before it is done: for what happens too often to be counted one by one.
   *
   * @returns how many of `amount` it was, how many are left for others, and milliseconds until the window ends
   */
  async draw(
    tenantId: string,
    what: string,
    { max, seconds }: AttemptLimit,
    amount: number,
  ): Promise<{ readonly granted: number; readonly left: number; readonly rest: number }> {
    const [row] = await this.#database.query<{ count: number; rest: number }>(
      { tenantId },
      {
        name: 'plinth_attempt_draw',
        text: `WITH old AS (DELETE FROM plinth.attempt WHERE tenant_id = $1 AND what <> $2 AND ends_at < now())
          INSERT INTO plinth.attempt AS a (tenant_id, what, count, ends_at) VALUES ($1, $2, $4, now() + make_interval(secs => $3))
          ON CONFLICT (tenant_id, what) DO UPDATE SET count = CASE WHEN a.ends_at <= now() THEN excluded.count ELSE a.count + excluded.count END,
            ends_at = CASE WHEN a.ends_at <= now() THEN excluded.ends_at ELSE a.ends_at END
          RETURNING count, ceil(extract(epoch FROM ends_at - now()) * 1000)::int AS rest`,
        values: [tenantId, digest(what), seconds, amount],
      },
    )
    const { count, rest } = row!
    const before = count - amount
    return { granted: Math.min(Math.max(max - before, 0), amount), left: Math.max(max - count, 0), rest }
  }

  /** Takes back one attempt: it has succeeded, and many may do so from one place. */
  async giveBack(tenantId: string, what: string): Promise<void> {
    await this.#database.query(
      { tenantId },
      {
        name: 'plinth_attempt_back',
        text: 'UPDATE plinth.attempt SET count = greatest(count - 1, 0) WHERE tenant_id = $1 AND what = $2',
        values: [tenantId, digest(what)],
      },
    )
  }

  /** Forgets the attempts at `what`: one has succeeded. */
  async clear(tenantId: string, what: string): Promise<void> {
    await this.#database.query(
      { tenantId },
      {
        name: 'plinth_attempt_clear',
        text: 'DELETE FROM plinth.attempt WHERE tenant_id = $1 AND what = $2',
        values: [tenantId, digest(what)],
      },
    )
  }
}

function digest(what: string): string {
  return createHash('sha256').update(what).digest('base64url')
}
