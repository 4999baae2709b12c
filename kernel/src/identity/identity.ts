import type { Actor } from '@plinth/sdk'

export interface MemberProfile {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly locale: string | null
}

/** Who a request comes from, proven by a session or an API key. */
export interface Identity {
  readonly tenantId: string
  readonly actor: Actor
  /** Present for members. */
  readonly member?: MemberProfile
  /** Role ids of a member; empty for keys. */
  readonly roles: readonly string[]
  /** Permissions of a key, wildcards allowed; empty for members. */
  readonly permissions: readonly string[]
  /** Token every changing request of this session must carry; absent for keys, which no browser sends by itself. */
  readonly csrf?: string
  readonly expiresAt: Date | undefined
}
