import { hash, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import {
  BY_ITSELF,
  newId,
  NoticeCache,
  storeEntry,
  type Bus,
  type Database,
  type Origin,
  type Transaction,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Identity, MemberProfile } from './identity.ts'
import type { Policies } from './policy/policies.ts'
import type { Demand, Proof } from './proof.ts'
import { identityOf, sessionStatement, type SessionRow } from './session-row.ts'
import { viewEntry, viewOf, type SessionViews } from './session-views.ts'

/** A session that waits for a second factor ends after this time. */
const WAIT_MINUTES = 10

/** Use of a session is noted only so often: a note is a write. */
const NOTED_MS = 60_000

export interface OpenedSession {
  /** Goes into the cookie; only its hash is stored. */
  readonly token: string
  readonly identity: Identity
}

/** What is remembered of a session. */
interface KnownSession {
  readonly identity: Identity
  /** Whom its member sees the workspace as. */
  viewed: Identity | undefined
  /** Milliseconds without use after which it ends; 0: it does not. */
  readonly idleMs: number
  /** When it was last used, and when that was last noted for the other nodes, in milliseconds. */
  seen: number
  noted: number
}

interface SessionNeeds {
  readonly database: Database
  readonly bus: Bus
  readonly policies: Policies
  readonly sessionViews: SessionViews
}

/** Server-side sessions: the browser holds a random token, the tenant's database its hash. */
export class Sessions {
  readonly #database: Database
  readonly #bus: Bus
  readonly #policies: Policies
  readonly #views: SessionViews
  readonly #cache: NoticeCache<KnownSession>
  /** Digests of tokens as text: a buffer each would keep the garbage collector busy, and hashing anew is dearer than the look-up. */
  readonly #digests = new LRUCache<string, string>({
    max: 2_000,
    memoMethod: (token) => hash('sha256', token, 'base64url'),
  })

  constructor({ database, bus, policies, sessionViews }: SessionNeeds) {
    this.#database = database
    this.#bus = bus
    this.#policies = policies
    this.#views = sessionViews
    this.#cache = new NoticeCache(bus, 20_000)
  }

  /**
   * Opens a session. Always with a new token: one that was there before signing in never becomes valid.
   *
   * @throws Failure what the permit of the proof says | `session_missing` when the session it replaces is gone | `sign_on_failed` where the
   * provider it is opened by is out of use by now
   */
  async open(
    tenantId: string,
    proof: Proof,
    origin: Origin,
    { waits, enrolBy, takesMail = false, risk }: Demand = {},
  ): Promise<OpenedSession> {
    const { member, method, second, outdated } = proof
    const { agent, address } = origin
    const token = randomBytes(32).toString('base64url')
    const csrf = randomBytes(18).toString('base64url')
    const { totalHours } = (await this.#policies.of(tenantId)).session
    const id = newId()
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const { provider } = { ...proof, ...(await permitted(transaction, tenantId, proof, origin)) }
      const opened = await transaction.run({
        text: `WITH seen AS (UPDATE plinth.member SET last_sign_in_at = now() WHERE tenant_id = $1 AND id = $3 AND $11::text IS NULL)
             INSERT INTO plinth.session (tenant_id, token_hash, member_id, csrf, expires_at, user_agent, address, method, id, second, waits, enrol_by, takes_mail, provider, outdated)
             SELECT $1, $2, $3, $4, now() + make_interval(mins => $5), $6, $7, $8, $9, $10, $11, $12::timestamptz, $13, $14::uuid, $15
             WHERE $14::uuid IS NULL OR EXISTS (SELECT FROM plinth.sign_on_provider WHERE tenant_id = $1 AND id = $14::uuid AND enabled FOR SHARE)
             RETURNING id`,
        values: [
          tenantId,
          hashToken(token),
          member.id,
          csrf,
          waits ? WAIT_MINUTES : totalHours * 60,
          agent?.slice(0, 300) ?? null,
          address,
          method,
          id,
          second ?? null,
          waits ?? null,
          enrolBy ?? null,
          takesMail,
          provider ?? null,
          outdated?.reason ?? null,
        ],
      })
      // The provider was put out of use while somebody came by it: what it has opened was ended before this was there.
      if (opened.length === 0) throw new Failure('sign_on_failed')
      transaction.later(
        storeEntry(tenantId, asMember(origin, member), {
          action: 'session.opened',
          subjectType: 'platform.session',
          subjectId: id,
          after: {
            method,
            second: second ?? null,
            waits: waits ?? null,
            address,
            agent,
            ...(risk ? { risk } : {}),
          },
        }),
      )
    })
    if (proof.replaces !== undefined) await this.#bus.publish({ topic: 'identity', tenantId })
    const identity = await this.find(tenantId, token)
    if (!identity) throw new Error('A session that was just opened is not there')
    return { token, identity }
  }

  /** Who the token belongs to in this tenant, or whom they see it as, if it is still valid. */
  async find(tenantId: string, token: string): Promise<Identity | undefined> {
    if (token.length < 40 || token.length > 60) return undefined
    const known = await this.#cache.get(tenantId, this.#digests.memo(token), () =>
      this.#load(tenantId, hashToken(token)),
    )
    if (!known) return undefined
    const now = Date.now()
    if (known.identity.expiresAt!.getTime() <= now) return undefined
    if (known.idleMs > 0 && !(await this.#isInUse(tenantId, token, known, now))) return undefined
    if (known.viewed) {
      if (known.viewed.viewing!.until.getTime() > now) return known.viewed
      known.viewed = undefined
      await this.#endView(known.identity)
    }
    return known.identity
  }

  /** Whether there was such a session. */
  async end(tenantId: string, token: string, origin: Origin): Promise<boolean> {
    const ended = await this.#database.transaction({ tenantId }, async (transaction) => {
      const [row] = await transaction.run<{ id: string; viewed_id: string | null }>({
        text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND token_hash = $2 RETURNING id, viewed_id',
        values: [tenantId, hashToken(token)],
      })
      if (!row) return false
      if (row.viewed_id !== null)
        transaction.later(storeEntry(tenantId, origin, viewEntry('ended', row.viewed_id)))
      const subject = { subjectType: 'platform.session', subjectId: row.id }
      transaction.later(storeEntry(tenantId, origin, { action: 'session.ended', ...subject }))
      return true
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
    return ended
  }

  /** Notes that who has the session has just proven once more who they are. */
  async confirm(tenantId: string, token: string, origin: Origin): Promise<void> {
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const [row] = await transaction.run<{ id: string }>({
        text: 'UPDATE plinth.session SET proven_at = now() WHERE tenant_id = $1 AND token_hash = $2 RETURNING id',
        values: [tenantId, hashToken(token)],
      })
      if (!row) return
      const subject = { subjectType: 'platform.session', subjectId: row.id }
      transaction.later(storeEntry(tenantId, origin, { action: 'session.confirmed', ...subject }))
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  /** Has a session wait from now on, or lets it go on, as was judged while it was open. */
  async judgeAgain(
    { tenantId, sessionId }: Identity,
    { waits, enrolBy }: Demand,
    origin: Origin,
  ): Promise<void> {
    await this.#database.transaction({ tenantId }, async (transaction) => {
      const [changed] = await transaction.run({
        text: `UPDATE plinth.session SET waits = $3, enrol_by = $4,
            expires_at = CASE WHEN $3::text IS NULL THEN expires_at ELSE least(expires_at, now() + make_interval(mins => $5)) END
          WHERE tenant_id = $1 AND id = $2 AND waits IS NULL RETURNING id`,
        values: [tenantId, sessionId, waits ?? null, enrolBy ?? null, WAIT_MINUTES],
      })
      if (!changed || !waits) return
      const subject = { subjectType: 'platform.session', subjectId: sessionId! }
      transaction.later(
        storeEntry(tenantId, origin, { action: 'session.held', ...subject, after: { waits } }),
      )
    })
    await this.#bus.publish({ topic: 'identity', tenantId })
  }

  /** Whether a session that ends without use has been used, here or on another node; with this use it has. */
  async #isInUse(tenantId: string, token: string, known: KnownSession, now: number): Promise<boolean> {
    if (known.seen + known.idleMs <= now) {
      const elsewhere = await this.#load(tenantId, hashToken(token))
      if (!elsewhere) return false
      known.seen = elsewhere.seen
    }
    known.seen = Math.max(known.seen, now)
    if (known.noted + Math.min(NOTED_MS, known.idleMs / 4) > now) return true
    known.noted = now
    await this.#database.query(
      { tenantId },
      {
        name: 'plinth_session_seen',
        text: 'UPDATE plinth.session SET seen_at = now() WHERE tenant_id = $1 AND token_hash = $2',
        values: [tenantId, hashToken(token)],
      },
    )
    return true
  }

  async #load(tenantId: string, digest: Buffer): Promise<KnownSession | undefined> {
    const { totalHours, idleMinutes } = (await this.#policies.of(tenantId)).session
    const [row] = await this.#database.query<SessionRow>(
      { tenantId },
      sessionStatement(tenantId, digest, { totalHours, idleMinutes }),
    )
    if (!row) return undefined
    const seen = new Date(row.seen_at).getTime()
    const identity = identityOf(tenantId, row)
    return {
      identity,
      viewed: await this.#viewOf(identity, row),
      idleMs: idleMinutes * 60_000,
      seen,
      noted: seen,
    }
  }

  /** A view that is past its time, or of somebody who has left, is over; the log says so with the first request after that. */
  async #viewOf(identity: Identity, row: SessionRow): Promise<Identity | undefined> {
    if (row.viewed_id === null) return undefined
    const viewed = viewOf(identity, row)
    if (viewed && viewed.viewing!.until.getTime() > Date.now()) return viewed
    await this.#endView(identity)
    return undefined
  }

  async #endView({ tenantId, sessionId, actor }: Identity): Promise<void> {
    await this.#views.end(tenantId, sessionId!, { ...BY_ITSELF, actor })
  }
}

/** Uses up what lets the session be opened, so that of two who come with it one gets in. Answers what goes on from the session it replaces. */
async function permitted(
  transaction: Transaction,
  tenantId: string,
  { permit, replaces, member }: Proof,
  origin: Origin,
): Promise<{ readonly provider?: string }> {
  if (permit && (await transaction.run(permit.statement)).length === 0) throw new Failure(permit.refusal)
  if (replaces === undefined) return {}
  const [waited] = await transaction.run<{ id: string; provider: string | null }>({
    text: 'DELETE FROM plinth.session WHERE tenant_id = $1 AND token_hash = $2 RETURNING id, provider',
    values: [tenantId, hashToken(replaces)],
  })
  if (!waited) throw new Failure('session_missing')
  const subject = { subjectType: 'platform.session', subjectId: waited.id }
  transaction.later(storeEntry(tenantId, asMember(origin, member), { action: 'session.ended', ...subject }))
  return waited.provider === null ? {} : { provider: waited.provider }
}

function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** Somebody who signs in does so in their own name. */
function asMember(origin: Origin, { id, name }: MemberProfile): Origin {
  return { ...origin, actor: { kind: 'member', id, name } }
}
