import type {
  AssignableRole,
  InvitationDocument,
  MemberAccountDocument,
  MemberIdentityDocument,
  PasswordLinkDocument,
} from '@plinth/sdk'
import { api, type CallOptions } from '@plinth/ui'

const ROOT = '/api/v1/members'

export interface MemberPage {
  readonly items: readonly MemberAccountDocument[]
  readonly next: string | null
}

/** What someone is invited with. */
export interface InvitationInput {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly locale: string
}

export interface MemberChanges {
  readonly name?: string
  readonly roles?: readonly string[]
  readonly status?: MemberAccountDocument['status']
}

export function fetchMembers(
  q: string,
  cursor: string | null,
  options: CallOptions = {},
): Promise<MemberPage> {
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) })
  return api.get(`${ROOT}/directory?${query}`, options)
}

export function fetchMember(id: string): Promise<MemberAccountDocument> {
  return api.get(`${ROOT}/${encodeURIComponent(id)}`)
}

export function changeMember(id: string, changes: MemberChanges): Promise<MemberAccountDocument> {
  return api.patch(`${ROOT}/${id}`, changes)
}

export function makePasswordLink(id: string): Promise<PasswordLinkDocument> {
  return api.post(`${ROOT}/${id}/password-link`, {})
}

export async function fetchIdentities(id: string): Promise<readonly MemberIdentityDocument[]> {
  return (await api.get<{ items: readonly MemberIdentityDocument[] }>(`${ROOT}/${id}/identities`)).items
}

export function unlinkIdentity(id: string, provider: string): Promise<void> {
  return api.delete(`${ROOT}/${id}/identities/${provider}`)
}

export async function fetchRoles(): Promise<readonly AssignableRole[]> {
  return (await api.get<{ items: readonly AssignableRole[] }>(`${ROOT}/assignable-roles`)).items
}

export async function fetchInvitations(options: CallOptions = {}): Promise<readonly InvitationDocument[]> {
  return (await api.get<{ items: readonly InvitationDocument[] }>(`${ROOT}/invitations`, options)).items
}

export function invite(input: InvitationInput): Promise<InvitationDocument> {
  return api.post(`${ROOT}/invitations`, input)
}

export function resendInvitation(id: string): Promise<InvitationDocument> {
  return api.post(`${ROOT}/invitations/${id}/resend`, {})
}

export function withdrawInvitation(id: string): Promise<void> {
  return api.delete(`${ROOT}/invitations/${id}`)
}
