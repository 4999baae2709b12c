import type { Statement } from '../data/index.ts'
import type { Identity } from './identity.ts'
import { passedOnColumn, readPassedOn } from './passed-on.ts'
import type { OutdatedPassword, Proof, Wait } from './proof.ts'
import type { SecondMethod } from './second-factor/second-method.ts'
import { VIEW_COLUMNS, VIEW_JOIN, type ViewRow } from './session-views.ts'

/** A session with its member, and whom they see the workspace as. */
export interface SessionRow extends ViewRow {
  readonly member_id: string
  readonly name: string
  readonly email: string
  readonly locale: string | null
  readonly roles: string[]
  readonly passed_on: unknown
  readonly csrf: string
  readonly expires_at: Date
  readonly method: Proof['method']
  readonly waits: Wait | null
  readonly enrol_by: Date | null
  readonly proven_at: Date
  readonly takes_mail: boolean
  readonly second: SecondMethod | null
  readonly outdated: OutdatedPassword['reason'] | null
  readonly lacks_factor: boolean
  readonly id: string
  readonly seen_at: Date
}

const LACKS_FACTOR = `(coalesce(s.second, '') NOT IN ('totp', 'passkey', 'provider') AND NOT EXISTS (SELECT FROM plinth.second_factor f
  WHERE f.tenant_id = s.tenant_id AND f.member_id = s.member_id AND f.confirmed_at IS NOT NULL AND f.kind <> 'email'))`

/**
 * Asks for a session that has not ended, of a member who is still with us.
 *
 * @param digest of its token
 * @param limits hours after which every session ends, and minutes without use; 0: those do not matter
 */
export function sessionStatement(
  tenantId: string,
  digest: Buffer,
  { totalHours, idleMinutes }: { readonly totalHours: number; readonly idleMinutes: number },
): Statement {
  return {
    name: 'plinth_session',
    text: `SELECT s.id, s.member_id, s.csrf, least(s.expires_at, s.created_at + make_interval(hours => $3)) AS expires_at, s.seen_at,
           s.method, s.waits, s.enrol_by, s.proven_at, s.takes_mail, s.second, s.outdated, ${LACKS_FACTOR} AS lacks_factor, m.name, m.email, m.locale, m.roles,
           ${passedOnColumn('m')} AS passed_on, ${VIEW_COLUMNS} FROM plinth.session s
         JOIN plinth.member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id ${VIEW_JOIN}
         WHERE s.tenant_id = $1 AND s.token_hash = $2 AND s.expires_at > now() AND m.status = 'active'
           AND s.created_at > now() - make_interval(hours => $3) AND ($4::int = 0 OR s.seen_at > now() - make_interval(mins => $4))`,
    values: [tenantId, digest, totalHours, idleMinutes],
  }
}

/** Who has the session, in their own name. */
export function identityOf(tenantId: string, row: SessionRow): Identity {
  return {
    tenantId,
    actor: { kind: 'member', id: row.member_id, name: row.name },
    member: { id: row.member_id, name: row.name, email: row.email, locale: row.locale },
    roles: row.roles,
    ...readPassedOn(row.passed_on),
    permissions: [],
    csrf: row.csrf,
    expiresAt: new Date(row.expires_at),
    sessionId: row.id,
    method: row.method,
    provenAt: new Date(row.proven_at),
    ...(row.waits ? { waits: row.waits } : {}),
    ...(row.takes_mail ? { takesMail: true } : {}),
    ...(row.second ? { second: row.second } : {}),
    ...(row.outdated ? { outdated: row.outdated } : {}),
    ...(row.lacks_factor ? { lacksFactor: true } : {}),
    ...(row.enrol_by ? { enrolBy: new Date(row.enrol_by) } : {}),
  }
}
