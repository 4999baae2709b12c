import type { ApiKeys } from './api-keys.ts'
import type { Identity, Machine } from './identity.ts'
import type { Members } from './members.ts'
import type { OAuthTokens } from './oauth/oauth-tokens.ts'

/** In whose name work goes on after the request that began it: with no more rights than that had, and no longer than it could come again. */
export type Mandate =
  | { readonly kind: 'member' | 'key'; readonly id: string }
  | {
      readonly kind: 'client' | 'grant'
      readonly id: string
      readonly token: NonNullable<Machine['token']>
    }

/** What whoever makes a request gives to the work it begins. Undefined: they act for themselves, but are nobody who stays. */
export function mandateOf({ member, machine }: Identity): Mandate | undefined {
  if (member) return { kind: 'member', id: member.id }
  if (!machine) return undefined
  const { kind, id, token } = machine
  if (kind === 'key') return { kind, id }
  return token && { kind, id, token }
}

/** Who holds a mandate, as of now; undefined when it has been taken away. */
export function actingBy(
  { members, apiKeys, oauthTokens }: MandateNeeds,
  tenantId: string,
  mandate: Mandate,
): Promise<Identity | undefined> {
  switch (mandate.kind) {
    case 'member':
      return members.actingAs(tenantId, mandate.id)
    case 'key':
      return apiKeys.actingAs(tenantId, mandate.id)
    default:
      return oauthTokens.actingAs(tenantId, mandate.kind, mandate.id, mandate.token)
  }
}

/** Those who know who there is. */
export interface MandateNeeds {
  readonly members: Members
  readonly apiKeys: ApiKeys
  readonly oauthTokens: OAuthTokens
}
