import {
  newId,
  storeEntry,
  storeNotes,
  type Bus,
  type Database,
  type Origin,
  type Transaction,
} from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { MemberProfile } from '../identity/index.ts'
import type { Facts } from './facts.ts'
import { assignMapped } from './mapped-roles.ts'
import { rolesFor } from './mapping.ts'
import type { Provider } from './provider.ts'

/** Told when someone has become a member by signing on: the member's id, and data `{ email, name, givenName, familyName }`. */
export const MEMBER_ONBOARDED = 'platform.member.onboarded'

interface Known extends MemberProfile {
  readonly status: string
}

interface Welcome {
  readonly member: MemberProfile
  /** Whether they have become a member just now. */
  readonly isNew: boolean
}

export interface WelcomeNeeds {
  readonly database: Database
  readonly bus: Bus
}

/**
 * Finds the member a provider speaks of, or makes them one, and gives them the roles that follow from what it says. One transaction.
 *
 * @param consumers who wants to hear of new members
 * @throws Failure `not_onboarded` | `account_exists` | `member_inactive`
 */
export async function welcome(
  { database, bus }: WelcomeNeeds,
  tenantId: string,
  provider: Provider,
  facts: Facts,
  { origin, consumers }: { readonly origin: Origin; readonly consumers: readonly string[] },
): Promise<Welcome> {
  const answer = await database.transaction({ tenantId }, async (transaction) => {
    // Two first visits of one person at the same time are one first and one second.
    await transaction.run({
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`${tenantId} ${provider.id} ${facts.subject}`],
    })
    const known = await findKnown(transaction, tenantId, provider, facts)
    if (known && known.status !== 'active') throw new Failure('member_inactive')
    const member = known ?? (await takeIn(transaction, tenantId, provider, facts, { origin, consumers }))
    await transaction.run({
      text: `INSERT INTO plinth.sign_on_identity (tenant_id, provider_id, subject, member_id) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, provider_id, subject) DO UPDATE SET last_sign_in_at = now()`,
      values: [tenantId, provider.id, facts.subject, member.id],
    })
    const roles = rolesFor(facts.groups, provider.settings)
    const { before, after } = await assignMapped(transaction, tenantId, {
      memberId: member.id,
      source: provider.id,
      roles,
    })
    const isSame = before.length === after.length && before.every((role) => after.includes(role))
    if (!isSame)
      transaction.later(
        storeEntry(tenantId, origin, {
          action: 'member.rolesMapped',
          subjectType: 'platform.member',
          subjectId: member.id,
          before: { roles: before },
          after: { roles: after, provider: provider.id },
        }),
      )
    return { member, isNew: known === undefined, isSame }
  })
  if (!answer.isSame) await bus.publish({ topic: 'identity', tenantId })
  if (answer.isNew && consumers.length > 0) bus.knock(tenantId)
  const { id, name, email, locale } = answer.member
  return { member: { id, name, email, locale }, isNew: answer.isNew }
}

const PROFILE = 'm.id, m.name, m.email, m.locale, m.status'

/** Who has come from there before; else the member with the address, if the provider vouches for it. */
async function findKnown(
  transaction: Transaction,
  tenantId: string,
  provider: Provider,
  facts: Facts,
): Promise<Known | undefined> {
  const [known] = await transaction.run<Known & Record<string, unknown>>({
    text: `SELECT ${PROFILE} FROM plinth.sign_on_identity i JOIN plinth.member m ON m.tenant_id = i.tenant_id AND m.id = i.member_id
           WHERE i.tenant_id = $1 AND i.provider_id = $2::uuid AND i.subject = $3`,
    values: [tenantId, provider.id, facts.subject],
  })
  if (known || facts.email === undefined) return known
  const [local] = await transaction.run<Known & Record<string, unknown>>({
    text: `SELECT ${PROFILE} FROM plinth.member m WHERE m.tenant_id = $1 AND m.email = $2`,
    values: [tenantId, facts.email],
  })
  if (local && !(facts.emailVerified === true && vouchesFor(provider, facts.email)))
    throw new Failure('account_exists')
  return local
}

async function takeIn(
  transaction: Transaction,
  tenantId: string,
  provider: Provider,
  facts: Facts,
  { origin, consumers }: { readonly origin: Origin; readonly consumers: readonly string[] },
): Promise<MemberProfile> {
  const { onboarding, domains } = provider.settings
  const { email } = facts
  if (!onboarding || email === undefined || facts.emailVerified === false) throw new Failure('not_onboarded')
  if (domains.length > 0 && !vouchesFor(provider, email)) throw new Failure('not_onboarded')
  const name =
    facts.name ?? ([facts.givenName, facts.familyName].filter(Boolean).join(' ') || email.split('@')[0]!)
  const member = { id: newId(), name, email, locale: null }
  const rows = await transaction.run({
    text: `INSERT INTO plinth.member (tenant_id, id, email, name, roles) VALUES ($1, $2, $3, $4, '{}')
           ON CONFLICT (tenant_id, email) DO NOTHING RETURNING id`,
    values: [tenantId, member.id, email, name],
  })
  if (rows.length === 0) throw new Failure('account_exists')
  transaction.later(
    storeEntry(tenantId, origin, {
      action: 'member.onboarded',
      subjectType: 'platform.member',
      subjectId: member.id,
      after: { email, name, provider: provider.id },
    }),
  )
  const event = {
    id: newId(),
    type: MEMBER_ONBOARDED,
    time: new Date(),
    actorId: member.id,
    subject: member.id,
    data: { email, name, givenName: facts.givenName ?? null, familyName: facts.familyName ?? null },
  }
  const deliveries = consumers.map((consumer) => ({ eventId: event.id, consumer }))
  transaction.later(storeNotes(tenantId, { audit: [], events: [event], deliveries })!)
  return member
}

function vouchesFor({ settings }: Provider, email: string): boolean {
  return settings.domains.includes(email.slice(email.lastIndexOf('@') + 1))
}
