export { ApiKeys, DEFAULT_PER_MINUTE, type KeyChanges } from './api-keys.ts'
export type { Identity, Machine, MemberProfile } from './identity.ts'
export { Members, type NewMember } from './members.ts'
export { Rates, type Room } from './rates.ts'
export { Usage } from './usage.ts'
export {
  Sessions,
  SESSION_HOURS,
  type Demand,
  type OpenedSession,
  type Proof,
  type Wait,
} from './sessions.ts'
export type { SecondMethod } from './second-factor/second-method.ts'
export { SECOND_FACTOR_DEFAULTS, type SecondFactorPolicy } from './second-factor/second-factor-policy.ts'
export {
  methodsOf,
  SecondFactors,
  type CodeMethod,
  type OwnedFactors,
} from './second-factor/second-factors.ts'
