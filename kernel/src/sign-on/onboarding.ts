import { newId, storeEntries, type Entry, type Origin, type Transaction } from '../data/index.ts'
import type { Provider } from './provider.ts'

/** Told when someone has become a member by a provider: the member's id, and data `{ email, name, givenName, familyName }`. */
export const MEMBER_ONBOARDED = 'platform.member.onboarded'

/** Someone who becomes a member. */
export interface Newcomer {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly givenName: string | null
  readonly familyName: string | null
}

/** Notes that somebody has become a member by a provider, and tells the plugins that want to hear of it. */
export function tellOnboarded(
  transaction: Transaction,
  tenantId: string,
  { id, email, name, givenName, familyName }: Newcomer,
  told: {
    readonly provider: string
    readonly origin: Origin
    readonly consumers: readonly string[]
    /** What else is noted. */
    readonly entries?: readonly Entry[]
  },
): void {
  const entry = {
    action: 'member.onboarded',
    subjectType: 'platform.member',
    subjectId: id,
    after: { email, name, provider: told.provider },
  }
  const event = {
    id: newId(),
    type: MEMBER_ONBOARDED,
    time: new Date(),
    actorId: id,
    subject: id,
    data: { email, name, givenName, familyName },
  }
  const deliveries = told.consumers.map((consumer) => ({ eventId: event.id, consumer }))
  const entries = [entry, ...(told.entries ?? [])]
  transaction.later(storeEntries(tenantId, told.origin, entries, { events: [event], deliveries })!)
}

/** Whether the provider says of addresses like this one whose they are. */
export function vouchesFor({ settings }: Pick<Provider, 'settings'>, email: string): boolean {
  return settings.domains.includes(email.slice(email.lastIndexOf('@') + 1))
}

/** Whether members may have this address by the provider: any, where it has no domains. */
export function takesIn(provider: Pick<Provider, 'settings'>, email: string): boolean {
  return provider.settings.domains.length === 0 || vouchesFor(provider, email)
}
