import type { LimitDocument, Text, Tier } from '@plinth/sdk'
import { common, fmt, pick, type ApiProblem } from '@plinth/ui'
import { t } from './texts.ts'

/** How much of a limit is used: "4 of 5". */
export function usedWords({ used, value }: Pick<LimitDocument, 'used' | 'value'>): string {
  return value === null
    ? t('limit.unlimited', { used: fmt.num(used) })
    : t('limit.of', { used: fmt.num(used), value: fmt.num(value) })
}

/** Which tier has more; undefined where none has. */
export function nextWords(next: LimitDocument['next']): string | undefined {
  if (!next) return undefined
  const tier = common(`tier.${next.tier}`)
  return next.value === null
    ? t('limit.next.unlimited', { tier })
    : t('limit.next', { tier, value: fmt.num(next.value) })
}

/** Who has set a limit in place of that of the tier, until when, and why; undefined where nobody has. */
export function overrideWords({ because }: Pick<LimitDocument, 'because'>): string | undefined {
  if (because.kind === 'tier') return undefined
  const { reason, until } = because
  return until === null
    ? t('limit.forGood', { reason })
    : t('limit.until', { reason, time: fmt.datetime(until) })
}

/** That a limit is reached, and which tier has more. */
export function reachedWords({ label, used, value, next }: Omit<LimitDocument, 'because' | 'id'>): string {
  const words = t('limit.reached', {
    label: pick(label),
    used: fmt.num(used),
    value: fmt.num(value ?? used),
  })
  return [words, nextWords(next)].filter(Boolean).join(' ')
}

/** Why one more was refused. */
export function limitRefusal({ problem }: ApiProblem): string {
  const { label, used, value, upgradeTo, upgradeValue } = problem
  if (typeof used !== 'number' || typeof value !== 'number') return t('limit.reached.plain')
  const next = upgradeTo ? { tier: upgradeTo as Tier, value: (upgradeValue ?? null) as number | null } : null
  return reachedWords({ label: label as Text, used, value, next })
}

/** Whether there is no room for one more. */
export function isFull({ used, value }: Pick<LimitDocument, 'used' | 'value'>): boolean {
  return value !== null && used >= value
}
