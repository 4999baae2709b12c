import type { Logger } from 'pino'
import type { KeyRing, Vault } from '../crypto/index.ts'
import type { Checkpoints, Refusals, Witness } from '../audit/index.ts'
import type { Attempts, Bus, Cursors, Database, SearchSupport, TenantKeys } from '../data/index.ts'
import type { FeatureRollouts } from '../entitlements/index.ts'
import type { CustomFields } from '../custom-fields/index.ts'
import type { LimitOverrides } from '../entitlements/index.ts'
import type { Config } from '../config/index.ts'
import type {
  AccessTokens,
  ApiKeys,
  AuthenticatorApps,
  Members,
  Grants,
  OAuthClients,
  OAuthTokens,
  Passkeys,
  Policies,
  Rates,
  SecondFactors,
  SessionList,
  Sessions,
  SessionViews,
  SigningKeys,
  SignInMemory,
  Usage,
} from '../identity/index.ts'
import type {
  AccountLinks,
  Credentials,
  Delegations,
  Invitations,
  MailCodes,
  MemberAccounts,
  PasswordLinks,
} from '../accounts/index.ts'
import type {
  CrashCounter,
  PluginCatalogue,
  PluginStates,
  Switchboard,
  Upgrades,
  Workshop,
} from '../plugins/index.ts'
import type { Operators, TenantAccesses } from '../operators/index.ts'
import type { Files } from '../files/index.ts'
import type { Mail } from '../mail/index.ts'
import type { Storage } from '../storage/index.ts'
import type { Imports, ImportSeals } from '../transfer/index.ts'
import type { Moves } from '../moving/index.ts'
import type { Places, Servers } from '../places/index.ts'
import type { Roles } from '../roles/index.ts'
import type { KeyRenewals } from '../sealing/index.ts'
import type { ScimGroups, ScimTokens, ScimUsers } from '../scim/index.ts'
import type { OpenId, Providers, Saml } from '../sign-on/index.ts'
import type { Tenants } from '../tenancy/index.ts'

/** The services of the root container that the HTTP layer uses. */
export interface HttpServices {
  readonly config: Config
  readonly log: Logger
  readonly database: Database
  readonly bus: Bus
  readonly cursors: Cursors
  readonly search: SearchSupport
  readonly servers: Servers
  readonly places: Places
  readonly moves: Moves
  readonly tenants: Tenants
  readonly tenantKeys: TenantKeys
  readonly keyRing: KeyRing
  readonly keyRenewals: KeyRenewals
  readonly vault: Vault
  readonly witness: Witness
  readonly checkpoints: Checkpoints
  readonly providers: Providers
  readonly openId: OpenId
  readonly saml: Saml
  readonly scimTokens: ScimTokens
  readonly scimUsers: ScimUsers
  readonly scimGroups: ScimGroups
  readonly refusals: Refusals
  readonly attempts: Attempts
  readonly mail: Mail
  readonly policies: Policies
  readonly limitOverrides: LimitOverrides
  readonly members: Members
  readonly credentials: Credentials
  readonly accountLinks: AccountLinks
  readonly passwordLinks: PasswordLinks
  readonly invitations: Invitations
  readonly memberAccounts: MemberAccounts
  readonly delegations: Delegations
  readonly sessions: Sessions
  readonly sessionList: SessionList
  readonly sessionViews: SessionViews
  readonly secondFactors: SecondFactors
  readonly authenticatorApps: AuthenticatorApps
  readonly mailCodes: MailCodes
  readonly signInMemory: SignInMemory
  readonly passkeys: Passkeys
  readonly apiKeys: ApiKeys
  readonly clients: OAuthClients
  readonly signingKeys: SigningKeys
  readonly accessTokens: AccessTokens
  readonly oauthTokens: OAuthTokens
  readonly grants: Grants
  readonly rates: Rates
  readonly usage: Usage
  readonly operators: Operators
  readonly tenantAccesses: TenantAccesses
  readonly catalogue: PluginCatalogue
  readonly rollouts: FeatureRollouts
  readonly states: PluginStates
  readonly workshop: Workshop
  readonly switchboard: Switchboard
  readonly storage: Storage
  readonly files: Files
  readonly importSeals: ImportSeals
  readonly imports: Imports
  readonly upgrades: Upgrades
  readonly crashes: CrashCounter
  readonly customFields: CustomFields
  readonly roles: Roles
  /** Demonstration sign-ins by tenant slug; empty on a real platform. */
  readonly demo: ReadonlyMap<string, readonly DemoAccount[]>
  /** Folder of the built browser application. */
  readonly browserFolder: string
}

export interface DemoAccount {
  readonly email: string
  readonly password: string
  readonly label: { readonly en: string; readonly de: string }
}
