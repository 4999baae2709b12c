import type { Tier } from '@plinth/sdk'
import type { Statement, Transaction } from '../data/index.ts'
import { limitExceeded, resolveLimit, type Limit, type LimitOverride } from './limit.ts'

/** How many people a workspace may have: those with access, and those who are invited. */
export const MEMBER_LIMIT: Limit = {
  id: 'members',
  label: { en: 'Members', de: 'Mitglieder' },
  tiers: { free: 5, professional: 100, enterprise: 10_000, custom: null },
}

interface Count {
  readonly tier: Tier
  readonly used: number
  readonly override: LimitOverride | null
  /** Whether whoever has the address counts already. */
  readonly counted: boolean
}

/** Invitations that are still good, of people who are no members. Times are those of the clock: a transaction may have waited. */
const INVITED = `FROM plinth.invitation i WHERE i.tenant_id = $1 AND i.expires_at > clock_timestamp()
  AND NOT EXISTS (SELECT FROM plinth.member m WHERE m.tenant_id = $1 AND m.email = i.email)`

/** People that count, as an expression about the tenant `$1`. */
export const MEMBERS_USED = `((SELECT count(*) FROM plinth.member WHERE tenant_id = $1 AND status = 'active')
  + (SELECT count(*) ${INVITED}))::int`

/**
 * Lets those who would add to the members of a tenant go one after the other. To be called before rows of members or invitations are
 * locked, so that nobody waits in a circle.
 */
export function lockMembers(transaction: Pick<Transaction, 'later'>, tenantId: string): void {
  transaction.later(memberLock(tenantId))
}

/**
 * Sees that there is room for one more, until the transaction ends. Whoever is invited has a place already.
 *
 * @param email as it is stored
 * @param isLocked whether `lockMembers` was called before
 * @throws Failure `limit_exceeded`
 */
export async function admitMember(
  transaction: Pick<Transaction, 'later' | 'run'>,
  tenantId: string,
  email: string,
  isLocked = false,
): Promise<void> {
  if (!isLocked) lockMembers(transaction, tenantId)
  const [count] = await transaction.run<Count>({
    text: `SELECT t.tier, ${MEMBERS_USED} AS used, EXISTS (SELECT ${INVITED} AND i.email = $2)
          OR EXISTS (SELECT FROM plinth.member m WHERE m.tenant_id = $1 AND m.email = $2 AND m.status = 'active') AS counted,
        (SELECT json_build_object('value', o.value, 'reason', o.reason, 'until', o.ends_at) FROM plinth.limit_override o
          WHERE o.tenant_id = $1 AND o.id = '${MEMBER_LIMIT.id}') AS override
      FROM plinth.tenant t WHERE t.id = $1`,
    values: [tenantId, email],
  })
  const { tier, used, override, counted } = count!
  const { value } = resolveLimit(MEMBER_LIMIT, tier, override ?? undefined)
  if (!counted && value !== null && used >= value) throw limitExceeded(MEMBER_LIMIT, tier, used, value)
}

/** Names the lock of `lockMembers`. */
export function memberLockKey(tenantId: string): string {
  return `${tenantId} limit ${MEMBER_LIMIT.id}`
}

function memberLock(tenantId: string): Statement {
  return {
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [memberLockKey(tenantId)],
  }
}
