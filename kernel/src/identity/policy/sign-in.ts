import type { PolicySection } from './section.ts'

export interface SignInPolicy {
  /** Whether members may sign in by a link in mail, in place of the password. Where the platform sends no mail there are none. */
  readonly links: boolean
}

/** Off after NIST SP 800-63B: who reads somebody's mail, and be it unnoticed, would be in. */
export const signInSection: PolicySection<SignInPolicy> = {
  defaults: { links: false },
  properties: { links: { type: 'boolean' } },
  warnings: ({ links }) => (links ? [{ setting: 'links', code: 'mailbox' }] : []),
}
