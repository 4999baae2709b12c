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
  /** Whether sessions it has opened end when it is put out of use or removed. */
  readonly endsSessions: boolean
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

export interface SamlSettings extends CommonSettings {
  readonly profile: 'saml'
  /** Entity id of the provider; empty until its metadata is known. */
  readonly issuer: string
  /** Where its metadata is read at each sign-in; null: what was entered holds. */
  readonly metadataUrl: string | null
  /** From metadata that was entered. */
  readonly entryPoint: string | null
  /** From metadata that was entered, base64 of DER. */
  readonly certificates: readonly string[]
  /** Attribute with the mail address; null: one of those that are known. */
  readonly emailAttribute: string | null
  /** Whether people may begin there: they are then sent there again, with a request. */
  readonly beginsThere: boolean
  /** Of the key requests are signed with, base64 of DER. The key itself is part of the secret. */
  readonly certificate: string
  /** Of the keys assertions may be encrypted for, as far as that is wanted, the newest first; the keys are part of the secret. */
  readonly encryptionCertificates?: readonly string[]
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

export interface SamlProvider extends Stored {
  readonly kind: 'saml'
  readonly settings: SamlSettings
}

/** Someone a tenant trusts to say who people are. */
export type Provider = OpenIdProvider | SamlProvider
