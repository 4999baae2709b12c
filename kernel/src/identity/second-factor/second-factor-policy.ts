/** What a workspace demands beyond the first proof of who someone is. */
export interface SecondFactorPolicy {
  /** Who must have a second factor. Administrators always must. */
  readonly required: 'administrators' | 'everyone'
  /** Days someone who must have one may still sign in without, counted from the first sign-in in which it was missing. */
  readonly graceDays: number
  /** Minutes after which sensitive things ask once more who is there. */
  readonly confirmMinutes: number
}

export const SECOND_FACTOR_DEFAULTS: SecondFactorPolicy = {
  required: 'administrators',
  graceDays: 7,
  confirmMinutes: 15,
}
