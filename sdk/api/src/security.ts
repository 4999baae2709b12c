/** A setting of the policy that has become another. */
export interface PolicyDifference {
  readonly section: string
  readonly setting: string
  readonly before: unknown
  readonly after: unknown
}

/** What a workspace asked of those who sign in, from a moment on. */
export interface PolicyVersionDocument {
  readonly number: number
  readonly at: string
  /** Who made it; null: Plinth, or somebody who is gone. */
  readonly by: { readonly id: string; readonly name: string } | null
  /** `begun`: as it was before its first change. */
  readonly reason: 'begun' | 'changed' | 'restored' | 'baselineAdopted'
  readonly changes: readonly PolicyDifference[]
}

/** What is recommended, and what of the policy is weaker. */
export interface SecurityBaselineDocument {
  /** Of the recommendations, as year and month. */
  readonly version: string
  /** Before: as it is; after: as it would be. */
  readonly gaps: readonly PolicyDifference[]
}

export type FindingSeverity = 'high' | 'medium' | 'low'

/** A weakness of a workspace, and where it is mended. */
export interface SecurityFinding {
  readonly code: string
  readonly severity: FindingSeverity
  /** Page of the admin console. */
  readonly page: 'members' | 'api-access' | 'sign-on' | 'security' | 'audit'
  readonly count: number
  /** What it is about, at most twenty. */
  readonly items: readonly { readonly id: string; readonly label: string }[]
}

export interface SecurityReportDocument {
  readonly at: string
  /** From when on events were counted. */
  readonly since: string
  /** The worst first; none: nothing was found. */
  readonly findings: readonly SecurityFinding[]
  /** How often each kind of security event happened, the most frequent first. */
  readonly events: readonly { readonly action: string; readonly count: number }[]
}
