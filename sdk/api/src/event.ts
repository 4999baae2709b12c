import type { Text } from './text.ts'

/** An event a plugin emits by itself. `created`, `updated` and `deleted` of each entity, and `restored` of those with `softDelete`, need no declaration. */
export interface EventDeclaration {
  /** `<plugin>.<entity>.<past tense>` */
  readonly type: string
  readonly label: Text
}

export interface SubscriptionDeclaration {
  /** Event type, exact. Its plugin must be this one or stand in `requires` or `uses`. */
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
