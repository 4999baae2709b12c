import type { PolicySection } from './section.ts'

/** What members learn of others. */
export interface DisclosurePolicy {
  /** Whether those who are refused something are told who could permit it. */
  readonly administrators: boolean
}

export const disclosureSection: PolicySection<DisclosurePolicy> = {
  defaults: { administrators: true },
  properties: { administrators: { type: 'boolean' } },
}
