import { hash } from 'node:crypto'
import { BY_ITSELF, storeEntry, type Bus, type Database, type Entry, type Origin } from '../data/index.ts'
import type { Identity } from './identity.ts'
import { passedOnColumn, readPassedOn } from './passed-on.ts'

/** Nobody looks through another's eyes for longer. */
const VIEW_MINUTES = 30

/** Of whom a session sees the workspace at present, beside its own row `s`. The name is null where they are no active member any more. */
export const VIEW_COLUMNS = `s.viewed_id, s.view_until, v.name AS viewed_name, v.email AS viewed_email, v.locale AS viewed_locale, v.roles AS viewed_roles,
  ${passedOnColumn('v')} AS viewed_passed_on`
export const VIEW_JOIN = `LEFT JOIN plinth.member v ON v.tenant_id = s.tenant_id AND v.id = s.viewed_id AND v.status = 'active'`

export interface ViewRow {
  readonly viewed_id: string | null
  readonly view_until: Date | null
  readonly viewed_name: string | null
  readonly viewed_email: string | null
  readonly viewed_locale: string | null
  readonly viewed_roles: string[] | null
  readonly viewed_passed_on: unknown
}

/**
 * Who a session acts as while its member sees the workspace as a colleague does; undefined where they do not. Its token against forged
 * requests is another one: what a page wants changed that still shows the colleague's view is refused when that is over.
 */
export function viewOf(viewer: Identity, row: ViewRow): Identity | undefined {
  const { viewed_id: id, viewed_name: name, view_until: end } = row
  if (id === null || name === null || end === null) return undefined
  const until = new Date(end)
  const { sessionId, method, provenAt, expiresAt, tenantId } = viewer
  return {
    tenantId,
    actor: { kind: 'member', id, name, viewer: { id: viewer.actor.id!, name: viewer.actor.name } },
    member: { id, name, email: row.viewed_email!, locale: row.viewed_locale },
    roles: row.viewed_roles!,
    ...readPassedOn(row.viewed_passed_on),
    permissions: [],
    csrf: hash('sha256', `${viewer.csrf} ${id} ${until.getTime()}`, 'base64url').slice(0, 24),
    expiresAt,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(method === undefined ? {} : { method }),
    ...(provenAt === undefined ? {} : { provenAt }),
    viewing: { viewer, until },
  }
}

/** The entry about whose view began or ended; by whom, its origin says. */
export function viewEntry(verb: 'begun' | 'ended', memberId: string, after?: object): Entry {
  const subject = { subjectType: 'platform.member', subjectId: memberId }
  return { action: `view.${verb}`, ...subject, ...(after ? { after } : {}) }
}

/** Members who see the workspace as a colleague does: begun and ended, by session. */
export class SessionViews {
  readonly #database: Database
  readonly #bus: Bus

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#database = database
    this.#bus = bus
  }

  /** From the next request on the session sees what the member sees, until this time. */
  async begin(tenantId: string, sessionId: string, memberId: string, origin: Origin): Promise<Date> {
    const until = await this.#database.transaction({ tenantId }, async (transaction) => {
      const [row] = await transaction.run<{ view_until: Date }>({
        text: `UPDATE plinth.session SET viewed_id = $3::uuid, view_until = now() + make_interval(mins => ${VIEW_MINUTES})
          WHERE tenant_id = $1 AND id = $2::uuid RETURNING view_until`,
        values: [tenantId, sessionId, memberId],
      })
      if (!row) throw new Error('A session that asks is not there')
      const end = new Date(row.view_until)
      transaction.later(storeEntry(tenantId, origin, viewEntry('begun', memberId, { until: end })))
      return end
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
    return until
  }

  /**
   * Gives the session back to its own member, and notes it once, however many requests find that it is over.
   *
   * @param lapsed whether a view that has begun since then is left alone
   */
  async end(
    tenantId: string,
    sessionId: string,
    origin: Origin,
    { lapsed = false }: { readonly lapsed?: boolean } = {},
  ): Promise<void> {
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const [row] = await transaction.run<{ viewed_id: string }>({
        text: `WITH was AS (SELECT viewed_id FROM plinth.session WHERE tenant_id = $1 AND id = $2::uuid AND viewed_id IS NOT NULL
            AND (view_until <= now() OR NOT $3) FOR UPDATE)
          UPDATE plinth.session s SET viewed_id = NULL, view_until = NULL FROM was WHERE s.tenant_id = $1 AND s.id = $2::uuid RETURNING was.viewed_id`,
        values: [tenantId, sessionId, lapsed],
      })
      if (row) transaction.later(storeEntry(tenantId, origin, viewEntry('ended', row.viewed_id)))
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  /** Ends the views of a tenant whose time has passed and whose session has asked for nothing since. */
  async endLapsed(tenantId: string): Promise<void> {
    const rows = await this.#database.query<{ session: string; id: string; name: string }>(
      { tenantId },
      {
        text: `SELECT s.id AS session, m.id, m.name FROM plinth.session s
          JOIN plinth.member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
          WHERE s.tenant_id = $1 AND s.view_until <= now()`,
        values: [tenantId],
      },
    )
    for (const { session, id, name } of rows)
      await this.end(
        tenantId,
        session,
        { ...BY_ITSELF, actor: { kind: 'member', id, name } },
        { lapsed: true },
      )
  }
}
