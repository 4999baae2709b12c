/** The four tiers a tenant can have, lowest first. */
export const TIERS = ['free', 'professional', 'enterprise', 'custom'] as const

export type Tier = (typeof TIERS)[number]

/** Whether a tenant of tier `have` may use what needs tier `need`. */
export function tierIncludes(have: Tier, need: Tier): boolean {
  return TIERS.indexOf(have) >= TIERS.indexOf(need)
}
