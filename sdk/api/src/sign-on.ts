import type { SessionDocument } from './shell.ts'
import type { Text } from './text.ts'

export type SignOnProfile = 'generic' | 'okta' | 'azure' | 'google-workspace' | 'auth0' | 'apple' | 'google'

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

/** `GET /api/v1/sign-on/providers` */
export interface SignOnProviderDocument {
  readonly id: string
  readonly kind: 'openid'
  readonly name: string
  readonly enabled: boolean
  readonly profile: SignOnProfile
  readonly issuer: string
  readonly clientId: string
  /** The secret itself is never shown again. */
  readonly hasSecret: boolean
  readonly scopes: readonly string[]
  /** Whether those who come for the first time become members. */
  readonly onboarding: boolean
  /** Mail domains it vouches for. */
  readonly domains: readonly string[]
  readonly rolesClaim: string | null
  readonly mapping: readonly SignOnMapping[]
  readonly defaultRoles: readonly string[]
  readonly trustsSecondFactor: boolean
  /** The company at a provider of many companies. */
  readonly company: string | null
  readonly teamId: string | null
  readonly keyId: string | null
  /** To be entered at the provider. */
  readonly redirectUri: string
  readonly version: number
}

/** `GET /api/v1/sign-on/roles` */
export interface SignOnRole {
  readonly id: string
  readonly label: Text
}

/** `POST /api/v1/sign-on/providers/<id>/test`: what the provider says of itself. */
export interface SignOnTestDocument {
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly tokenEndpoint: string
  readonly algorithms: readonly string[]
}

/** `POST /api/v1/auth/callback` */
export interface SignedOnDocument {
  readonly session: SessionDocument
  /** Where in the workspace to go on. */
  readonly returnTo: string
}
