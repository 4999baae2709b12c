import type { AccessExplanation, MemberRights, PermissionHolders } from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

/** What is to be explained: a permission, or what it takes to see a screen. */
export interface WhyQuestion {
  readonly permission?: string | undefined
  /** Address of a screen, below that of the workspace. */
  readonly screen?: string | undefined
  /** Id of the record it is about. */
  readonly record?: string | undefined
  /** The feature it is about, as a refusal names it. */
  readonly feature?: string | undefined
  /** Id of the member it is about; without it, whoever asks. */
  readonly member?: string | undefined
}

export function fetchExplanation(
  { permission, screen, record, feature, member }: WhyQuestion,
  options: CallOptions = {},
): Promise<AccessExplanation> {
  const query = new URLSearchParams({
    ...(permission === undefined ? {} : { permission }),
    ...(screen === undefined ? {} : { path: screen }),
    ...(record === undefined ? {} : { record }),
    ...(feature === undefined ? {} : { feature }),
    ...(member === undefined ? {} : { member }),
  })
  return api.get(`/api/v1/access/explain${screen === undefined ? '' : '/screen'}?${query}`, options)
}

export function fetchRights(member: string, options: CallOptions = {}): Promise<MemberRights> {
  return api.get(`/api/v1/members/${member}/rights`, options)
}

export function fetchHolders(permission: string, options: CallOptions = {}): Promise<PermissionHolders> {
  return api.get(`/api/v1/access/holders?permission=${encodeURIComponent(permission)}`, options)
}
