import type { Statement } from '../data/index.ts'
import type { ProblemCode } from '../errors.ts'
import type { MemberProfile } from './identity.ts'
import type { Risk } from './risk/judge-risk.ts'
import type { SecondMethod } from './second-factor/second-method.ts'

/** Who has proven who they are, and how. */
export interface Proof {
  readonly member: MemberProfile
  readonly method: 'password' | 'passkey' | 'invitation' | 'link' | 'openid' | 'saml'
  /** Id of the provider that vouches for them. */
  readonly provider?: string
  /** The second factor that was given as well, or that the first one is at once. */
  readonly second?: SecondMethod
  /** What must still be so at the moment the session is opened. */
  readonly permit?: Permit
  /** Token of a session that has waited, and ends with the opening of this one. */
  readonly replaces?: string
  /** The password it was proven with is to be replaced before anything else but the second factor. */
  readonly outdated?: OutdatedPassword
}

/** A password that is right, and no longer good. */
export interface OutdatedPassword {
  /** It is too old, or was chosen beside a second factor that has gone. */
  readonly reason: 'age' | 'short'
  /** What it is to become, where that came along. */
  readonly replacement?: string | undefined
}

/** Run in one transaction with what it permits: a link that is used up by it, a password that is still the same. */
export interface Permit {
  /** Answers a row where it may be. */
  readonly statement: Statement
  readonly refusal: ProblemCode
}

/** What a session waits for before it reaches anything. */
export type Wait = 'secondFactor' | 'enrolment' | 'password'

/** What is still asked of someone who has proven who they are. */
export interface Demand {
  readonly waits?: Wait
  /** Until when a second factor has to be there. */
  readonly enrolBy?: Date
  /** Whether a code by mail is taken as what it waits for. */
  readonly takesMail?: boolean
  /** How it differs from sign-ins before, for the log. */
  readonly risk?: (Risk & { readonly enforced: boolean }) | undefined
}
