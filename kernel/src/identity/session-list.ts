import type { SessionEntry } from '@plinth/sdk'
import { storeEntry, type Bus, type Database, type Origin } from '../data/index.ts'
import { viewEntry } from './session-views.ts'

/** Which of a member's sessions: one, or all but one. */
export type SessionChoice = { readonly only: string } | { readonly except: string | null }

interface Row {
  readonly id: string
  readonly method: string
  readonly second: string | null
  readonly user_agent: string | null
  readonly address: string | null
  readonly created_at: Date
  readonly seen_at: Date
  readonly expires_at: Date
}

/** Where a member is signed in, device by device, and how that is ended. */
export class SessionList {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** Sessions that have not ended, the one used last first. @param current id of the session that asks */
  async of(tenantId: string, memberId: string, current: string | undefined): Promise<SessionEntry[]> {
    const rows = await this.#database.query<Row & Record<string, unknown>>(
      { tenantId },
      {
        text: `SELECT id, method, second, user_agent, address, created_at, seen_at, expires_at FROM plinth.session
          WHERE tenant_id = $1 AND member_id = $2::uuid AND waits IS NULL AND expires_at > now() ORDER BY seen_at DESC, id LIMIT 100`,
        values: [tenantId, memberId],
      },
    )
    return rows.map((row) => ({
      id: row.id,
      isCurrent: row.id === current,
      method: row.method,
      second: row.second,
      agent: row.user_agent,
      address: row.address,
      createdAt: new Date(row.created_at).toISOString(),
      seenAt: new Date(row.seen_at).toISOString(),
      expiresAt: new Date(row.expires_at).toISOString(),
    }))
  }

  /** Ends sessions of a member; they are refused from the next request on, on every node. How many there were. */
  async end(tenantId: string, memberId: string, choice: SessionChoice, origin: Origin): Promise<number> {
    const [condition, id] =
      'only' in choice ? ['id = $3::uuid', choice.only] : ['id IS DISTINCT FROM $3::uuid', choice.except]
    const ended = await this.#database.transaction({ tenantId }, async (transaction) => {
      const rows = await transaction.run<{ id: string; viewed_id: string | null }>({
        text: `DELETE FROM plinth.session WHERE tenant_id = $1 AND member_id = $2::uuid AND ${condition} RETURNING id, viewed_id`,
        values: [tenantId, memberId, id],
      })
      for (const row of rows) {
        if (row.viewed_id !== null)
          transaction.later(storeEntry(tenantId, origin, viewEntry('ended', row.viewed_id)))
        transaction.later(
          storeEntry(tenantId, origin, {
            action: 'session.revoked',
            subjectType: 'platform.session',
            subjectId: row.id,
            after: { member: memberId },
          }),
        )
      }
      return rows.length
    })
    if (ended > 0) await this.#bus.publish({ topic: 'identity', tenantId })
    return ended
  }
}
