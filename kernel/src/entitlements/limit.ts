import { tierIncludes, TIERS, type LimitDocument, type LimitTiers, type Text, type Tier } from '@plinth/sdk'
import type { LimitRuling } from '../data/index.ts'
import { Failure } from '../errors.ts'

/** How many of something a tenant may have: by tier, unless an operator has set something else. */
export interface Limit {
  /** `members`, or of a plugin `<plugin>.<id>`. */
  readonly id: string
  readonly label: Text
  readonly tiers: LimitTiers
}

/** What an operator has set for one tenant. */
export interface LimitOverride {
  /** null: unlimited. */
  readonly value: number | null
  readonly reason: string
  /** ISO moment from which the tier counts again; null: for good. */
  readonly until: string | null
}

type ResolvedLimit = Pick<LimitDocument, 'value' | 'because'>

/** The value that counts now, and why: an override that has not ended, else the tier's. */
export function resolveLimit(
  { tiers }: Pick<Limit, 'tiers'>,
  tier: Tier,
  override: LimitOverride | undefined,
  now = Date.now(),
): ResolvedLimit {
  if (override && (override.until === null || Date.parse(override.until) > now))
    return {
      value: override.value,
      because: { kind: 'override', reason: override.reason, until: override.until },
    }
  return { value: tiers[tier], because: { kind: 'tier', tier } }
}

/** The lowest tier above that has room for more than `count`. */
export function tierWithRoom(
  { tiers }: Pick<Limit, 'tiers'>,
  tier: Tier,
  count: number,
): NonNullable<LimitDocument['next']> | undefined {
  const found = TIERS.find(
    (each) => each !== tier && tierIncludes(each, tier) && (tiers[each] === null || tiers[each] > count),
  )
  return found && { tier: found, value: tiers[found] }
}

/** A limit as those see it who look after a workspace. */
export function describeLimit(
  limit: Limit,
  tier: Tier,
  override: LimitOverride | undefined,
  used: number,
): LimitDocument {
  const resolved = resolveLimit(limit, tier, override)
  const { value } = resolved
  const next = value === null ? undefined : tierWithRoom(limit, tier, Math.max(value, used))
  return { id: limit.id, label: limit.label, used, ...resolved, next: next ?? null }
}

/** The refusal of one more. */
export function limitExceeded(limit: Limit, tier: Tier, used: number, value: number): Failure {
  const next = tierWithRoom(limit, tier, used)
  const more = next ? ` The tier ${next.tier} has ${next.value ?? 'no limit'}.` : ''
  return new Failure('limit_exceeded', {
    detail: `The limit is reached: ${used} of ${value} (${limit.label.en}).${more}`,
    extensions: {
      limit: limit.id,
      label: limit.label,
      used,
      value,
      ...(next ? { upgradeTo: next.tier, upgradeValue: next.value } : {}),
    },
  })
}

/** A limit as changes of a tenant have to keep it. */
export function limitFor(limit: Limit, tier: Tier, override: LimitOverride | undefined): LimitRuling {
  const { value } = resolveLimit(limit, tier, override)
  return { value, exceeded: (used) => limitExceeded(limit, tier, used, value ?? used) }
}
