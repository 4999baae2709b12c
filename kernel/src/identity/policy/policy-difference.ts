import type { PolicyDifference } from '@plinth/sdk'
import { POLICY_SECTION_NAMES, POLICY_SECTIONS, type SecurityPolicy } from './sections.ts'

type Settings = Readonly<Record<string, unknown>>

/** Settings by section, whoever says them: a part of a policy, or one of an earlier day. */
export type PolicyPart = Readonly<Record<string, Settings | undefined>>

/** Every setting there is whose value in `part` is another than in `policy`. What is not there, or no longer, is left alone. */
export function policyDifferences(policy: SecurityPolicy, part: PolicyPart): PolicyDifference[] {
  return POLICY_SECTION_NAMES.flatMap((section) =>
    Object.keys(POLICY_SECTIONS[section].properties).flatMap((setting) => {
      const before = (policy[section] as unknown as Settings)[setting]
      const after = part[section]?.[setting]
      if (after === undefined || JSON.stringify(after) === JSON.stringify(before)) return []
      return [{ section, setting, before, after }]
    }),
  )
}

/** The policy that stored settings make, with defaults for all they do not say. */
export function wholePolicy(stored: PolicyPart): SecurityPolicy {
  return Object.fromEntries(
    POLICY_SECTION_NAMES.map((name) => [name, { ...POLICY_SECTIONS[name].defaults, ...stored[name] }]),
  ) as unknown as SecurityPolicy
}

/** By section, one side of differences. */
export function partOf(
  differences: readonly PolicyDifference[],
  side: 'before' | 'after',
): Record<string, Record<string, unknown>> {
  const part: Record<string, Record<string, unknown>> = {}
  for (const { section, setting, ...values } of differences) (part[section] ??= {})[setting] = values[side]
  return part
}
