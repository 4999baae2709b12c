import type { DelegationDocument } from '@plinth/sdk'
import type { Config } from '../config/index.ts'
import { newId, storeEntry, type Bus, type Database, type Origin, type Transaction } from '../data/index.ts'
import { Failure, invalid } from '../errors.ts'
import type { Mail } from '../mail/index.ts'
import { workspaceUrl, type Tenant } from '../tenancy/index.ts'
import { checkPassable, type Giver } from './role-giving.ts'

interface DelegationNeeds {
  readonly config: Config
  readonly database: Database
  readonly bus: Bus
  readonly mail: Mail
}

/** What somebody wants to pass on. */
export interface DelegationWish {
  readonly receiver: string
  readonly roles: readonly string[]
  readonly reason: string
  /** Undefined: at once. */
  readonly from: Date | undefined
  readonly until: Date
}

/** One as it is stored: its roles have no words. */
export interface Delegation extends Omit<DelegationDocument, 'roles'> {
  readonly roles: readonly string[]
}

interface Row extends Omit<Delegation, 'giver' | 'receiver' | 'from' | 'until' | 'endedAt'> {
  readonly giver_id: string
  readonly giver: string
  readonly receiver_id: string
  readonly receiver: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly ended_at: Date | null
}

interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string | null
}

/** One person passes on to so many at a time. */
const MOST_OPEN = 50

const SELECT = `SELECT d.id, d.giver_id, g.name AS giver, d.receiver_id, r.name AS receiver, d.roles, d.reason, d.starts_at, d.ends_at, d.ended_at,
    CASE WHEN d.ended_at IS NOT NULL THEN 'ended' WHEN d.ends_at <= now() THEN 'over' WHEN d.starts_at > now() THEN 'planned' ELSE 'active' END AS state
  FROM plinth.delegation d JOIN plinth.member g ON g.tenant_id = d.tenant_id AND g.id = d.giver_id
    JOIN plinth.member r ON r.tenant_id = d.tenant_id AND r.id = d.receiver_id
  WHERE d.tenant_id = $1 AND coalesce(d.ended_at, d.ends_at) > now() - interval '30 days'`

/** What members pass on to others for a while. Rights follow from it as the clock says; see `grantsPassedOn`. */
export class Delegations {
  readonly #needs: DelegationNeeds

  constructor({ config, database, bus, mail }: DelegationNeeds) {
    this.#needs = { config, database, bus, mail }
  }

  /** Those that are open, and those that ended in the last 30 days. @param memberId only of this giver or receiver */
  async list(tenantId: string, memberId?: string): Promise<Delegation[]> {
    const rows = await this.#needs.database.query<Row & Record<string, unknown>>(
      { tenantId },
      {
        text: `${SELECT} AND ($2::uuid IS NULL OR $2::uuid IN (d.giver_id, d.receiver_id)) ORDER BY d.ends_at DESC, d.id LIMIT 200`,
        values: [tenantId, memberId ?? null],
      },
    )
    return rows.map(documentOf)
  }

  /**
   * Passes roles on for a while. Both are told by mail, where there is any.
   *
   * @throws Failure `own_account` | `validation_failed` | `permission_missing` where a role holds more than the giver
   */
  async give(tenant: Tenant, wish: DelegationWish, giver: Giver, origin: Origin): Promise<Delegation> {
    const { receiver, roles, reason, from = new Date(), until } = wish
    if (receiver === giver.memberId) throw new Failure('own_account')
    checkPassable(giver, roles)
    const id = newId()
    const made = await this.#needs.database.transaction({ tenantId: tenant.id }, async (transaction) => {
      const people = await transaction.run<Person & { open: number }>({
        text: `SELECT id, name, email, locale, (SELECT count(*)::int FROM plinth.delegation d
            WHERE d.tenant_id = $1 AND d.giver_id = $2::uuid AND d.ended_at IS NULL AND d.ends_at > now()) AS open
          FROM plinth.member WHERE tenant_id = $1 AND id IN ($2::uuid, $3::uuid) AND status = 'active' ORDER BY id FOR SHARE`,
        values: [tenant.id, giver.memberId, receiver],
      })
      const [mine, theirs] = [giver.memberId, receiver].map((who) => people.find((each) => each.id === who))
      if (!mine || !theirs) throw invalid('/member', 'unknown', 'There is no such active member.')
      if (mine.open >= MOST_OPEN) throw invalid('/member', 'limit', `At most ${MOST_OPEN} at a time.`)
      const [row] = await transaction.run<Row>({
        text: `WITH d AS (INSERT INTO plinth.delegation (tenant_id, id, giver_id, receiver_id, roles, reason, starts_at, ends_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *)
          SELECT d.*, CASE WHEN d.starts_at > now() THEN 'planned' ELSE 'active' END AS state FROM d`,
        values: [tenant.id, id, mine.id, theirs.id, roles, reason, from, until],
      })
      const after = { giver: mine.id, receiver: theirs.id, roles, reason, from, until }
      transaction.later(storeEntry(tenant.id, origin, entryOf('created', id, after)))
      this.#tell(transaction, tenant, [mine, theirs], { roles, reason, from, until })
      return documentOf({ ...row!, giver: mine.name, receiver: theirs.name })
    })
    await this.#published(tenant.id)
    return made
  }

  /**
   * Ends one before its time, from the next request on.
   *
   * @param memberId who has given or got it; undefined: whoever it was
   * @throws Failure `not_found` where there is none that is open
   */
  async end(tenant: Tenant, id: string, memberId: string | undefined, origin: Origin): Promise<void> {
    await this.#needs.database.transaction({ tenantId: tenant.id }, async (transaction) => {
      const [row] = await transaction.run<{ giver_id: string; receiver_id: string; roles: string[] }>({
        text: `UPDATE plinth.delegation SET ended_at = now() WHERE tenant_id = $1 AND id = $2::uuid AND ended_at IS NULL AND ends_at > now()
          AND ($3::uuid IS NULL OR $3::uuid IN (giver_id, receiver_id)) RETURNING giver_id, receiver_id, roles`,
        values: [tenant.id, id, memberId ?? null],
      })
      if (!row) throw new Failure('not_found')
      const people = await transaction.run<Person>({
        text: `SELECT id, name, email, locale FROM plinth.member WHERE tenant_id = $1 AND id IN ($2, $3)`,
        values: [tenant.id, row.giver_id, row.receiver_id],
      })
      const [mine, theirs] = [row.giver_id, row.receiver_id].map((who) =>
        people.find((each) => each.id === who)!,
      )
      const after = { giver: row.giver_id, receiver: row.receiver_id, roles: row.roles }
      transaction.later(storeEntry(tenant.id, origin, entryOf('withdrawn', id, after)))
      this.#tell(transaction, tenant, [mine!, theirs!])
    })
    await this.#published(tenant.id)
  }

  /** Both get the same letter: who, what and until when, or that it is over. */
  #tell(
    transaction: Transaction,
    tenant: Tenant,
    people: readonly [giver: Person, receiver: Person],
    what?: Pick<DelegationWish, 'roles' | 'reason' | 'until'> & { readonly from: Date },
  ): void {
    const { mail, config } = this.#needs
    if (!mail.isOffered) return
    const [giver, receiver] = people.map(({ name }) => name)
    const url = `${workspaceUrl(config, tenant.slug)}/account`
    const base = { workspace: tenant.name, giver: giver!, receiver: receiver!, url }
    for (const { email: to, locale } of people)
      transaction.later(
        what
          ? mail.queue(tenant.id, {
              to,
              locale,
              template: 'delegation-made',
              values: {
                ...base,
                reason: what.reason,
                from: momentOf(what.from, locale, tenant.timeZone),
                until: momentOf(what.until, locale, tenant.timeZone),
              },
            })
          : mail.queue(tenant.id, { to, locale, template: 'delegation-ended', values: base }),
      )
  }

  async #published(tenantId: string): Promise<void> {
    await this.#needs.bus.publish({ topic: 'identity', tenantId })
    if (this.#needs.mail.isOffered) await this.#needs.mail.wake(tenantId)
  }
}

function entryOf(verb: 'created' | 'withdrawn', id: string, after: object) {
  return { action: `delegation.${verb}`, subjectType: 'platform.delegation', subjectId: id, after }
}

function documentOf(row: Row): Delegation {
  const { id, roles, reason, state } = row
  return {
    id,
    giver: { id: row.giver_id, label: row.giver },
    receiver: { id: row.receiver_id, label: row.receiver },
    roles,
    reason,
    from: new Date(row.starts_at).toISOString(),
    until: new Date(row.ends_at).toISOString(),
    endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
    state,
  }
}

function momentOf(moment: Date, locale: string | null, timeZone: string): string {
  const language = locale?.startsWith('de') ? 'de' : 'en-GB'
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(moment)
}
