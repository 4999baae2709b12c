export { ApiKeys, DEFAULT_PER_MINUTE, type KeyChanges } from './api-keys.ts'
export type { Identity, Machine, MemberProfile } from './identity.ts'
export { addressKey, Members, type NewMember, type ProvenMember } from './members.ts'
export { Rates, type Room } from './rates.ts'
export { Usage } from './usage.ts'
export { Sessions, type Demand, type OpenedSession, type Proof, type Wait } from './sessions.ts'
export type { SecondMethod } from './second-factor/second-method.ts'
export { AuthenticatorApps } from './second-factor/authenticator-apps.ts'
export { methodsOf, SecondFactors, type OwnedFactors, type Owner } from './second-factor/second-factors.ts'
export { passwordFaults } from './password-rules.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export { Policies } from './policy/policies.ts'
export {
  POLICY_SECTION_NAMES,
  POLICY_SECTIONS,
  type PolicySectionName,
  type SecurityPolicy,
} from './policy/sections.ts'
export { Passkeys } from './second-factor/passkeys.ts'
export { relyingParty, type RelyingParty } from './second-factor/relying-party.ts'
export { ACCESS_SECONDS, AccessTokens } from './oauth/access-tokens.ts'
export { clientDocument, clientIdentity, type ClientRow } from './oauth/client-rows.ts'
export { OAuthClients, type ClientChanges, type ClientWish } from './oauth/oauth-clients.ts'
export { Grants, type Grant, type Renewed } from './oauth/grants.ts'
export { isChallenge } from './oauth/pkce.ts'
export { OAuthTokens } from './oauth/oauth-tokens.ts'
export { SigningKeys } from './oauth/signing-keys.ts'
export { SessionList } from './session-list.ts'
export { SessionViews } from './session-views.ts'
