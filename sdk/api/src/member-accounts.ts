import type { Text } from './text.ts'

/** A member as those see them who manage members. `GET /api/v1/members/directory` */
export interface MemberAccountDocument {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly status: 'active' | 'inactive'
  /** Role ids; `member` is everyone's. */
  readonly roles: readonly string[]
  readonly locale: string | null
  readonly createdAt: string
  readonly lastSignInAt: string | null
}

/** A role, and whether who asks may give it. `GET /api/v1/members/assignable-roles` */
export interface AssignableRole {
  readonly id: string
  /** Null where it has no words of its own, as `admin`. */
  readonly label: Text | null
  readonly mayGive: boolean
}

/** As whom a provider knows a member. `GET /api/v1/members/<id>/identities` */
export interface MemberIdentityDocument {
  readonly provider: { readonly id: string; readonly label: string }
  /** Their name there, which stays the same. */
  readonly subject: string
  readonly createdAt: string
  readonly lastSignInAt: string
}

/** A link to another password that was made for a member, who chooses it. */
export interface PasswordLinkDocument {
  readonly expiresAt: string
  /** Where no mail is sent, this once. */
  readonly link?: string
}

/** An invitation that nobody has accepted yet. `GET|POST /api/v1/members/invitations` */
export interface InvitationDocument {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly locale: string | null
  readonly createdAt: string
  readonly sentAt: string
  readonly expiresAt: string
  /** Shown once, and only where the platform sends no mail. */
  readonly link?: string
}
