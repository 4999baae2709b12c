import { asClass } from 'awilix'
import { AccountLinks, Credentials, Invitations, MailCodes, MemberAccounts } from './accounts/index.ts'
import { Attempts } from './data/index.ts'
import {
  AccessTokens,
  ApiKeys,
  AuthenticatorApps,
  Grants,
  Members,
  OAuthClients,
  OAuthTokens,
  Passkeys,
  Policies,
  Rates,
  SecondFactors,
  SessionList,
  SessionViews,
  Sessions,
  SigningKeys,
  SignInMemory,
  Usage,
} from './identity/index.ts'

/** Who people and programs are, and what lets them in: each is made of the others that its constructor names. */
export const identityServices = {
  attempts: asClass(Attempts).singleton(),
  policies: asClass(Policies).singleton(),
  members: asClass(Members).singleton(),
  credentials: asClass(Credentials).singleton(),
  accountLinks: asClass(AccountLinks).singleton(),
  invitations: asClass(Invitations).singleton(),
  memberAccounts: asClass(MemberAccounts).singleton(),
  sessions: asClass(Sessions).singleton(),
  sessionViews: asClass(SessionViews).singleton(),
  sessionList: asClass(SessionList).singleton(),
  secondFactors: asClass(SecondFactors).singleton(),
  authenticatorApps: asClass(AuthenticatorApps).singleton(),
  mailCodes: asClass(MailCodes).singleton(),
  signInMemory: asClass(SignInMemory).singleton(),
  passkeys: asClass(Passkeys).singleton(),
  apiKeys: asClass(ApiKeys).singleton(),
  clients: asClass(OAuthClients).singleton(),
  signingKeys: asClass(SigningKeys).singleton(),
  accessTokens: asClass(AccessTokens).singleton(),
  oauthTokens: asClass(OAuthTokens).singleton(),
  grants: asClass(Grants).singleton(),
  rates: asClass(Rates).singleton(),
  usage: asClass(Usage).singleton(),
} as const
