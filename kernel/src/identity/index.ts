export { ApiKeys, DEFAULT_PER_MINUTE, type KeyChanges } from './api-keys.ts'
export { actingBy, mandateOf, type Mandate, type MandateNeeds } from './mandate.ts'
export type { Identity, Machine, MemberProfile } from './identity.ts'
export { addressKey, Members, type NewMember, type ProfileChange, type ProvenMember } from './members.ts'
export { Rates, type Room } from './rates.ts'
export { Usage } from './usage.ts'
export type { Demand, OutdatedPassword, Permit, Proof, Wait } from './proof.ts'
export { Sessions, type OpenedSession } from './sessions.ts'
export type { SecondMethod } from './second-factor/second-method.ts'
export { AuthenticatorApps } from './second-factor/authenticator-apps.ts'
export {
  methodsOf,
  SecondFactors,
  type Enrolling,
  type OwnedFactors,
  type Owner,
} from './second-factor/second-factors.ts'
export { passwordFaults, passwordLength } from './password-rules.ts'
export { failuresOf, NEVER_TOO_MANY } from './risk/failures.ts'
export { judgeRisk, type Risk } from './risk/judge-risk.ts'
export { networkOf, placeOf } from './risk/network-of.ts'
export { SignInMemory } from './risk/sign-in-memory.ts'
export { hashPassword, verifyPassword } from './passwords.ts'
export { shortestPassword, type PasswordPolicy } from './policy/password.ts'
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
export { activeAt, nextTurn, passedOnColumn, readPassedOn, type PassedOn } from './passed-on.ts'
export { SessionViews } from './session-views.ts'
