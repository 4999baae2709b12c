import { disclosureSection, type DisclosurePolicy } from './disclosure.ts'
import { adaptiveSection, type AdaptivePolicy } from './adaptive.ts'
import { lockoutSection, type LockoutPolicy } from './lockout.ts'
import { passwordSection, type PasswordPolicy } from './password.ts'
import type { PolicySection } from './section.ts'
import { secondFactorSection, type SecondFactorPolicy } from './second-factor.ts'
import { sessionSection, type SessionPolicy } from './session.ts'
import { signInSection, type SignInPolicy } from './sign-in.ts'

/** What a tenant asks of those who sign in. A further part is a file beside this one, and a line in each of the two lists here. */
export interface SecurityPolicy {
  readonly password: PasswordPolicy
  readonly lockout: LockoutPolicy
  readonly session: SessionPolicy
  readonly secondFactor: SecondFactorPolicy
  readonly signIn: SignInPolicy
  readonly disclosure: DisclosurePolicy
  readonly adaptive: AdaptivePolicy
}

export type PolicySectionName = keyof SecurityPolicy

export const POLICY_SECTIONS: { readonly [S in PolicySectionName]: PolicySection<SecurityPolicy[S]> } = {
  password: passwordSection,
  lockout: lockoutSection,
  session: sessionSection,
  secondFactor: secondFactorSection,
  signIn: signInSection,
  disclosure: disclosureSection,
  adaptive: adaptiveSection,
}

export const POLICY_SECTION_NAMES = Object.keys(POLICY_SECTIONS) as PolicySectionName[]
