import type { SessionDocument } from './shell.ts'
import type { Text } from './text.ts'

/** Of OpenID Connect; `saml` is the other protocol. */
export type SignOnProfile =
  | 'generic'
  | 'okta'
  | 'azure'
  | 'google-workspace'
  | 'auth0'
  | 'apple'
  | 'google'
  | 'saml'

/** A provider as anyone may know it, who is about to sign in. */
export interface SignOnChoice {
  readonly id: string
  readonly name: string
  readonly profile: SignOnProfile
}

/** People who have `value` among their groups get `role`. */
export interface SignOnMapping {
  readonly value: string
  readonly role: string
}

/** What is known of a provider, whatever its protocol. */
interface ProviderDocument {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  /** Whether those who come for the first time become members. */
  readonly onboarding: boolean
  /** Mail domains it vouches for. */
  readonly domains: readonly string[]
  /** Claim or attribute with groups. */
  readonly rolesClaim: string | null
  readonly mapping: readonly SignOnMapping[]
  readonly defaultRoles: readonly string[]
  readonly trustsSecondFactor: boolean
  /** Whether sessions it has opened end when it is put out of use or removed. */
  readonly endsSessions: boolean
  readonly issuer: string
  /** To be entered at the provider. */
  readonly redirectUri: string
  readonly version: number
}

export interface OpenIdProviderDocument extends ProviderDocument {
  readonly kind: 'openid'
  readonly profile: Exclude<SignOnProfile, 'saml'>
  readonly clientId: string
  /** The secret itself is never shown again. */
  readonly hasSecret: boolean
  readonly scopes: readonly string[]
  /** The company at a provider of many companies. */
  readonly company: string | null
  readonly teamId: string | null
  readonly keyId: string | null
}

/** A key somebody signs with. */
export interface SignOnCertificate {
  /** SHA-256 of it, in pairs of hexadecimal digits with colons. */
  readonly fingerprint: string
  readonly endsAt: string
}

export interface SamlProviderDocument extends ProviderDocument {
  readonly kind: 'saml'
  readonly profile: 'saml'
  /** Where its metadata is read at each sign-in; null: what was entered holds. */
  readonly metadataUrl: string | null
  /** Of metadata that was entered: where browsers are sent to, and the keys it signs with. */
  readonly entryPoint: string | null
  readonly certificates: readonly SignOnCertificate[]
  /** Attribute with the mail address; null: one of those that are known. */
  readonly emailAttribute: string | null
  /** Whether people may begin there. */
  readonly beginsThere: boolean
  /** Who the workspace is for it; its own metadata is found at this address. */
  readonly entityId: string
  /** Of the key requests are signed with. */
  readonly certificate: SignOnCertificate
  /** Whether its assertions may be encrypted; they need not be. */
  readonly encryption: boolean
  /** Of the keys they may be encrypted for. The first stands in our metadata, the one before it is good as well. */
  readonly encryptionCertificates: readonly SignOnCertificate[]
}

/** `GET /api/v1/sign-on/providers` */
export type SignOnProviderDocument = OpenIdProviderDocument | SamlProviderDocument

/** `GET /api/v1/sign-on/roles` */
export interface SignOnRole {
  readonly id: string
  readonly label: Text
}

/** Why a provider is not reached or not taken for what it should be: `reason` of a problem `provider_unreachable`, for those who look after it. */
export type UnreachableReason =
  | 'without_tls'
  | 'protocol_unknown'
  | 'address_private'
  | 'host_unknown'
  | 'connection_refused'
  | 'timed_out'
  | 'certificate_refused'
  | 'answer_too_long'
  | 'connection_failed'
  | 'answer_refused'
  | 'status_refused'
  | 'sign_in_address_missing'
  | 'provider_other'
  | MetadataFault

/** What is wrong with the metadata of a provider of SAML. */
type MetadataFault =
  | 'metadata_missing'
  | 'metadata_unreadable'
  | 'metadata_of_several'
  | 'metadata_nameless'
  | 'metadata_without_redirect'
  | 'metadata_without_certificate'
  | 'metadata_certificates_too_many'
  | 'metadata_certificate_unreadable'
  | 'metadata_key_unsuitable'

/** `POST /api/v1/sign-on/providers/<id>/test`: what the provider says of itself. */
export interface SignOnTestDocument {
  readonly issuer: string
  readonly authorizationEndpoint: string
  /** Of OpenID Connect. */
  readonly tokenEndpoint?: string
  readonly algorithms?: readonly string[]
  /** Of SAML. */
  readonly certificates?: readonly SignOnCertificate[]
}

/** `POST /api/v1/auth/callback` */
export interface SignedOnDocument {
  readonly session: SessionDocument
  /** Where in the workspace to go on. */
  readonly returnTo: string
  /** Nobody was let in: the session there was counts as proven anew. */
  readonly confirmed?: true
}

/** A token with which a provider keeps members in step. The token itself is shown once, when it is made. */
export interface ScimTokenDocument {
  readonly id: string
  /** Its first characters. */
  readonly hint: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
}

/** `GET /api/v1/sign-on/providers/<id>/provisioning`: what a provider keeps in step by SCIM. */
export interface ProvisioningDocument {
  /** To be entered at the provider. */
  readonly baseUrl: string
  readonly tokens: readonly ScimTokenDocument[]
  readonly users: { readonly total: number; readonly active: number }
  /** The first 200, with the roles that follow by the mapping. */
  readonly groups: readonly {
    readonly id: string
    readonly name: string
    readonly members: number
    readonly roles: readonly string[]
  }[]
}
