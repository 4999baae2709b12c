/** Why a sign-in is unlike the others of its member. */
export type RiskReason =
  | 'newDevice'
  | 'newNetwork'
  | 'newCountry'
  | 'unusualTime'
  | 'failures'
  | 'manyFailures'
  | 'longAway'

/** What follows: nothing, one more proof, or being refused. */
export type RiskOutcome = 'none' | 'stepUp' | 'deny'

/** What is known of a sign-in. Undefined: nothing can be said, which counts for nothing. */
export interface SignInSituation {
  /** Whether the member has never signed in before: then there is nothing to compare with. */
  readonly isFirst: boolean
  readonly knowsDevice: boolean
  readonly knowsNetwork: boolean | undefined
  readonly knowsCountry: boolean | undefined
  readonly isUsualTime: boolean | undefined
  /** Wrong passwords and codes within a day, before the right one. */
  readonly failures: number
  /** Whether the member has signed in before, and nothing of it is remembered any more. */
  readonly isForgotten: boolean
}

export interface Risk {
  /** 0 to 100. */
  readonly score: number
  readonly reasons: readonly RiskReason[]
  readonly outcome: RiskOutcome
}

export interface RiskThresholds {
  readonly stepUpFrom: number
  readonly denyFrom: number
}

const POINTS = { newDevice: 30, newNetwork: 20, newCountry: 30, unusualTime: 10, longAway: 10 } as const

/** Wrong attempts count half on a device that is known: strangers who guess must not lock out whom they guess at. */
const FAILURE_POINTS = { failures: 20, manyFailures: 40 } as const
const SOME = 3
const MANY = 10

/** Judges a sign-in by how much it differs from those before. */
export function judgeRisk(situation: SignInSituation, { stepUpFrom, denyFrom }: RiskThresholds): Risk {
  if (situation.isFirst) return { score: 0, reasons: [], outcome: 'none' }
  const plain = [
    ...(situation.knowsDevice ? [] : (['newDevice'] as const)),
    ...(situation.knowsNetwork === false ? (['newNetwork'] as const) : []),
    ...(situation.knowsCountry === false ? (['newCountry'] as const) : []),
    ...(situation.isUsualTime === false ? (['unusualTime'] as const) : []),
    ...(situation.isForgotten ? (['longAway'] as const) : []),
  ]
  const failed =
    situation.failures >= MANY ? 'manyFailures' : situation.failures >= SOME ? 'failures' : undefined
  const points =
    plain.reduce((sum, reason) => sum + POINTS[reason], 0) +
    (failed ? FAILURE_POINTS[failed] / (situation.knowsDevice ? 2 : 1) : 0)
  const score = Math.min(points, 100)
  const outcome = score >= denyFrom ? 'deny' : score >= stepUpFrom ? 'stepUp' : 'none'
  return { score, reasons: failed ? [...plain, failed] : plain, outcome }
}
