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
  /** Year and month; with a number where it is not the first of its month. */
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

const anythingBut = (
  section: keyof SecurityPolicy,
  setting: string,
  refused: unknown,
  value: unknown,
): Recommendation => ({ section, setting, value, isEnough: (given: unknown) => given !== refused })

const NOVEMBER: Baseline = {
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
}

/** With codes by mail, which the standard does not take at all, and with unusual sign-ins. */
const LATER_IN_NOVEMBER: Baseline = {
  version: '2026-11.2',
  recommendations: [
    ...NOVEMBER.recommendations,
    exactly('secondFactor', 'emailCodes', 'nobody'),
    // Enforcing is for who has observed for a while: it keeps out people whose devices are not known yet.
    anythingBut('adaptive', 'mode', 'off', 'observe'),
    atMost('adaptive', 'stepUpFrom', 40),
    atMost('adaptive', 'denyFrom', 90),
  ],
}

/**
 * What is recommended, the latest last; after NIST SP 800-63B-4 at its second level. Who adopted one keeps it when there is another, and is
 * shown what is new. One that was released is never changed.
 */
const BASELINES: readonly [Baseline, ...Baseline[]] = [NOVEMBER, LATER_IN_NOVEMBER]

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
