import type { Mapping } from './mapping.ts'
import type { Profile } from './profiles.ts'

/** What a tenant says about a provider, whatever its protocol. */
interface CommonSettings {
  /** Whether those who come for the first time become members. */
  readonly onboarding: boolean
  /** Mail domains it vouches for, in small letters. Where there are any, only their addresses become members. */
  readonly domains: readonly string[]
  /** Claim or attribute with groups or roles, dots leading into objects; null: none. */
  readonly rolesClaim: string | null
  readonly mapping: readonly Mapping[]
  /** Roles of those for whom no mapping is found. */
  readonly defaultRoles: readonly string[]
  /** Whether a second factor used there counts here. */
  readonly trustsSecondFactor: boolean
}

export interface OpenIdSettings extends CommonSettings {
  readonly profile: Profile
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Value of the claim that names the company, where the profile has one. */
  readonly company: string | null
  /** Of Apple: team and key the secret is signed for. */
  readonly teamId: string | null
  readonly keyId: string | null
}

interface Stored {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  /** Sealed. */
  readonly secret: Buffer | null
  readonly version: number
}

export interface OpenIdProvider extends Stored {
  readonly kind: 'openid'
  readonly settings: OpenIdSettings
}

/** Someone a tenant trusts to say who people are. */
export type Provider = OpenIdProvider
