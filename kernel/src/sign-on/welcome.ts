import { newId, storeEntries, type Bus, type Database, type Origin, type Transaction } from '../data/index.ts'
import { admitMember, MEMBER_LIMIT } from '../entitlements/index.ts'
import { Failure } from '../errors.ts'
import type { MemberProfile } from '../identity/index.ts'
import type { Facts } from './facts.ts'
import { assignMapped, lockMapped, rolesMapped } from './mapped-roles.ts'
import { rolesFor } from './mapping.ts'
import { takesIn, tellOnboarded, vouchesFor } from './onboarding.ts'
import type { Provider } from './provider.ts'

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
 * @throws Failure `not_onboarded` | `account_exists` | `identity_differs` | `member_inactive` | `limit_exceeded` | `not_found` where the provider is out of use by now
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
    lockMapped(transaction, tenantId)
    const known = await findKnown(transaction, tenantId, provider, facts)
    if (known && known.status !== 'active') throw new Failure('member_inactive')
    const member = known ?? (await takeIn(transaction, tenantId, provider, facts, { origin, consumers }))
    const kept = await transaction.run({
      text: `INSERT INTO plinth.sign_on_identity (tenant_id, provider_id, subject, member_id)
               SELECT $1, p.id, $3, $4::uuid FROM plinth.sign_on_provider p WHERE p.tenant_id = $1 AND p.id = $2::uuid AND p.enabled
             ON CONFLICT (tenant_id, provider_id, subject) DO UPDATE SET last_sign_in_at = now() RETURNING member_id`,
      values: [tenantId, provider.id, facts.subject, member.id],
    })
    if (kept.length === 0) throw new Failure('not_found')
    const changes = await assignMapped(transaction, tenantId, {
      provider: provider.id,
      source: provider.id,
      members: [member.id],
      rolesOf: ({ settings }) => rolesFor(facts.groups, settings),
    })
    const entries = changes.map((change) => rolesMapped(change, provider.id))
    if (entries.length > 0) transaction.later(storeEntries(tenantId, origin, entries)!)
    const isSame = entries.length === 0
    return { member, isNew: known === undefined, isSame }
  })
  if (!answer.isSame) await bus.publish({ topic: 'identity', tenantId })
  if (answer.isNew && consumers.length > 0) bus.knock(tenantId)
  const { id, name, email, locale } = answer.member
  return { member: { id, name, email, locale }, isNew: answer.isNew }
}

const PROFILE = 'm.id, m.name, m.email, m.locale, m.status'

/**
 * Who has come from there before, or whom the provider keeps in step under this name; else the member with the address, if the provider
 * vouches for it or keeps them in step, says the address is theirs, and has not spoken of them under another name: addresses are given to
 * somebody else in the end, and names are not.
 */
async function findKnown(
  transaction: Transaction,
  tenantId: string,
  provider: Provider,
  facts: Facts,
): Promise<Known | undefined> {
  const [known] = await transaction.run<Known & Record<string, unknown>>({
    text: `SELECT ${PROFILE} FROM (
             SELECT member_id, 0 AS rank FROM plinth.sign_on_identity WHERE tenant_id = $1 AND provider_id = $2::uuid AND subject = $3
             UNION ALL SELECT member_id, 1 FROM plinth.scim_user
               WHERE tenant_id = $1 AND provider_id = $2::uuid AND external_id = $3 AND NOT deleted) k
           JOIN plinth.member m ON m.tenant_id = $1 AND m.id = k.member_id ORDER BY k.rank, m.id LIMIT 1`,
    values: [tenantId, provider.id, facts.subject],
  })
  if (known || facts.email === undefined) return known
  const [local] = await transaction.run<Known & Record<string, unknown>>({
    text: `SELECT ${PROFILE}, EXISTS (SELECT FROM plinth.scim_user u WHERE u.tenant_id = m.tenant_id AND u.member_id = m.id
             AND u.provider_id = $3::uuid AND NOT u.deleted) AS provisioned,
             EXISTS (SELECT FROM plinth.sign_on_identity i WHERE i.tenant_id = m.tenant_id AND i.member_id = m.id
             AND i.provider_id = $3::uuid) AS linked
           FROM plinth.member m WHERE m.tenant_id = $1 AND m.email = $2`,
    values: [tenantId, facts.email, provider.id],
  })
  if (local && !(facts.emailVerified === true && (local['provisioned'] || vouchesFor(provider, facts.email))))
    throw new Failure('account_exists')
  if (local?.['linked']) throw new Failure('identity_differs')
  return local
}

async function takeIn(
  transaction: Transaction,
  tenantId: string,
  provider: Provider,
  facts: Facts,
  { origin, consumers }: { readonly origin: Origin; readonly consumers: readonly string[] },
): Promise<MemberProfile> {
  const { email } = facts
  if (!provider.settings.onboarding || email === undefined || facts.emailVerified === false)
    throw new Failure('not_onboarded')
  if (!takesIn(provider, email)) throw new Failure('not_onboarded')
  const name =
    facts.name ?? ([facts.givenName, facts.familyName].filter(Boolean).join(' ') || email.split('@')[0]!)
  await admitNewcomer(transaction, tenantId, email)
  const member = { id: newId(), name, email, locale: null }
  const rows = await transaction.run({
    text: `INSERT INTO plinth.member (tenant_id, id, email, name, roles) VALUES ($1, $2, $3, $4, '{}')
           ON CONFLICT (tenant_id, email) DO NOTHING RETURNING id`,
    values: [tenantId, member.id, email, name],
  })
  if (rows.length === 0) throw new Failure('account_exists')
  const { givenName = null, familyName = null } = facts
  tellOnboarded(
    transaction,
    tenantId,
    { ...member, givenName, familyName },
    { provider: provider.id, origin, consumers },
  )
  return member
}

/** How many people there are is not for those to know who are not in yet. */
async function admitNewcomer(transaction: Transaction, tenantId: string, email: string): Promise<void> {
  try {
    await admitMember(transaction, tenantId, email)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure('limit_exceeded', {
      detail: 'The workspace has no place for another member.',
      extensions: { limit: MEMBER_LIMIT.id },
      cause: error,
    })
  }
}
