import type { Text } from './text.ts'

/** `planned`: begins later; `over`: its time has passed; `ended`: before its time, by somebody or with one of the two leaving. */
export type DelegationState = 'planned' | 'active' | 'over' | 'ended'

export interface PassedRole {
  readonly id: string
  /** Null where it has no words of its own, as `admin`, or is no longer there. */
  readonly label: Text | null
}

/** What a member has passed on to another for a while. `GET /api/v1/delegations` */
export interface DelegationDocument {
  readonly id: string
  readonly giver: { readonly id: string; readonly label: string }
  readonly receiver: { readonly id: string; readonly label: string }
  readonly roles: readonly PassedRole[]
  readonly reason: string
  readonly from: string
  readonly until: string
  readonly endedAt: string | null
  readonly state: DelegationState
}

/** `POST /api/v1/delegations` */
export interface DelegationInput {
  /** Id of the member who gets it. */
  readonly member: string
  /** Ids of roles the giver has, or holds all rights of. */
  readonly roles: readonly string[]
  readonly reason: string
  /** Default: at once. */
  readonly from?: string
  /** At most a year after it begins. */
  readonly until: string
}

/** `GET /api/v1/delegations` */
export interface DelegationsDocument {
  /** Of the member and to them, the latest first. */
  readonly items: readonly DelegationDocument[]
  /** Roles that can be passed on; none where that is not permitted. */
  readonly roles: readonly PassedRole[]
}
