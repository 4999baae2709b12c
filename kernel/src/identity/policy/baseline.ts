import type { PolicyDifference, SecurityBaselineDocument } from '@plinth/sdk'
import { policyDifferences, type PolicyPart } from './policy-difference.ts'
import type { SecurityPolicy } from './sections.ts'

interface Recommendation {
  readonly section: keyof SecurityPolicy
  readonly setting: string
  /** What it becomes where it is weaker. */
  readonly value: unknown
  readonly isEnough: (value: never) => boolean
}

interface Baseline {
  /** Year and month. */
  readonly version: string
  readonly recommendations: readonly Recommendation[]
}

const atLeast = (section: keyof SecurityPolicy, setting: string, value: number): Recommendation => ({
  section,
  setting,
  value,
  isEnough: (given: number) => given >= value,
})

const atMost = (section: keyof SecurityPolicy, setting: string, value: number): Recommendation => ({
  section,
  setting,
  value,
  isEnough: (given: number) => given <= value,
})

/** Zero stands for never. */
const within = (section: keyof SecurityPolicy, setting: string, value: number): Recommendation => ({
  section,
  setting,
  value,
  isEnough: (given: number) => given > 0 && given <= value,
})

const exactly = (section: keyof SecurityPolicy, setting: string, value: unknown): Recommendation => ({
  section,
  setting,
  value,
  isEnough: (given: unknown) => given === value,
})

/**
 * What is recommended, the latest last; after NIST SP 800-63B-4 at its second level. Who adopted one keeps it when there is another, and is
 * shown what is new. One that was released is never changed.
 */
const BASELINES: readonly [Baseline, ...Baseline[]] = [
  {
    version: '2026-11',
    recommendations: [
      atLeast('password', 'minLength', 15),
      atLeast('password', 'minScore', 70),
      exactly('password', 'maxAgeDays', 0),
      atMost('lockout', 'attempts', 10),
      atLeast('lockout', 'minutes', 15),
      atMost('session', 'totalHours', 24),
      within('session', 'idleMinutes', 60),
      exactly('signIn', 'links', false),
      exactly('secondFactor', 'required', 'everyone'),
      atMost('secondFactor', 'graceDays', 7),
      atMost('secondFactor', 'confirmMinutes', 15),
    ],
  },
]

/** The recommendations of today, and where a policy falls short of them. What is stricter stays. */
export function baselineOf(policy: SecurityPolicy): SecurityBaselineDocument {
  const { version, recommendations } = BASELINES.at(-1)!
  const gaps = recommendations.flatMap(({ section, setting, value, isEnough }): PolicyDifference[] => {
    const before = (policy[section] as unknown as Readonly<Record<string, unknown>>)[setting]
    const part: PolicyPart = { [section]: { [setting]: value } }
    return isEnough(before as never) ? [] : policyDifferences(policy, part)
  })
  return { version, gaps }
}
