import type { Text } from './text.ts'
import type { Tier } from './tier.ts'

/** A value for each tier; null: unlimited. */
export type LimitTiers = Readonly<Record<Tier, number | null>>

/** How many records of an entity a tenant may have. */
export interface LimitDeclaration {
  /** kebab-case, unique within the plugin. */
  readonly id: string
  readonly label: Text
  /** Entity of this plugin whose records count, those in the trash not. */
  readonly counts: string
  readonly tiers: LimitTiers
}

/** A limit as it is for one tenant now. Answer of `GET /api/v1/limits`, and part of plans and explanations. */
export interface LimitDocument {
  /** `members`, or `<plugin>.<id>`. */
  readonly id: string
  readonly label: Text
  readonly used: number
  /** null: unlimited. */
  readonly value: number | null
  /** What the value follows from: the tier, or what an operator has set, until the moment it ends (null: for good). */
  readonly because:
    | { readonly kind: 'tier'; readonly tier: Tier }
    | { readonly kind: 'override'; readonly reason: string; readonly until: string | null }
  /** The lowest tier with more room, and its value. null: there is none, or nothing is limited. */
  readonly next: { readonly tier: Tier; readonly value: number | null } | null
}
