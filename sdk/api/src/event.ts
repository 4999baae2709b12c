import type { Text } from './text.ts'

/** An event a plugin emits by itself. `created`, `updated` and `deleted` of each entity, and `restored` of those with `softDelete`, need no declaration. */
export interface EventDeclaration {
  /** `<plugin>.<entity>.<past tense>` */
  readonly type: string
  readonly label: Text
}

export interface SubscriptionDeclaration {
  /** Event type, exact. Its plugin must be this one, stand in `requires` or `uses`, or be `platform`. */
  readonly event: string
  /** Name of the handler in `definePlugin(manifest, { subscribers })`. */
  readonly handler: string
}

/** A fact that has happened, as stored with the change and delivered at least once. Be idempotent by `id`. */
export interface PlinthEvent {
  readonly id: string
  readonly type: string
  readonly time: string
  /** Id of the acting member, or null for the system. */
  readonly actor: string | null
  /** Id of the record concerned. */
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Data of `platform.member.onboarded`: someone has signed in for the first time by way of a provider. Its subject is the member. */
export interface MemberOnboarded {
  readonly email: string
  readonly name: string
  readonly givenName: string | null
  readonly familyName: string | null
}
