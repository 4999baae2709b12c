import type { EntityOperation } from './entity.ts'
import type { SignOnChoice } from './sign-on.ts'
import type { Text } from './text.ts'
import type { Tier } from './tier.ts'

/** `GET /api/v1/tenant`: what anyone may know before signing in. */
export interface TenantDocument {
  readonly slug: string
  readonly name: string
  readonly locale: string
  /** IANA name of the time zone whose days and years count here, e.g. `Europe/Berlin`. */
  readonly timeZone: string
  /** Hue of the accent colour, 0 to 360. */
  readonly hue: number
  /** What the sign-in page offers; in answers of `GET /api/v1/tenant`. */
  readonly signIn?: readonly SignInWay[]
  /** Providers people can sign in with. */
  readonly signOn?: readonly SignOnChoice[]
  /** Demonstration sign-ins; only on a demonstration platform. */
  readonly demo?: readonly { readonly email: string; readonly password: string; readonly label: Text }[]
}

/**
 * A way in: a password, another password by mail, a link in mail in place of the password, a passkey, one of the providers. Passkeys belong
 * to the workspace's own host name and are not offered at others.
 */
export type SignInWay = 'password' | 'reset' | 'link' | 'passkey' | 'provider'

/** `GET|POST /api/v1/session` */
export interface SessionDocument {
  readonly member: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly locale: string | null
  }
  /** To be sent as `X-CSRF-Token` with every changing request. */
  readonly csrf: string
  readonly expiresAt: string
  /** The workspace is seen as this member sees it, by somebody else, until then. Nothing can be changed. */
  readonly viewing?: {
    readonly viewer: { readonly id: string; readonly label: string }
    readonly until: string
  }
  /**
   * The session reaches nothing yet: a second factor is to be given, or to be set up, or a password that is no longer good is to be replaced.
   */
  readonly waits?: {
    readonly for: 'secondFactor' | 'enrolment' | 'password'
    /** What the member can give. Empty when there is nothing yet. */
    readonly methods: readonly SecondFactorMethod[]
    /** Characters the new password needs, where one is waited for. */
    readonly minLength?: number
  }
}

/** A time in which an operator of the platform may look into the workspace: `GET /api/v1/operator-accesses`. */
export interface OperatorAccessDocument {
  readonly id: string
  readonly operator: { readonly id: string | null; readonly name: string }
  readonly reason: string
  /** Whether records may be changed, too. */
  readonly write: boolean
  readonly createdAt: string
  readonly expiresAt: string
  readonly endedAt: string | null
}

/** Where a member is signed in: `GET /api/v1/sessions`. */
export interface SessionEntry {
  readonly id: string
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean
  /** How it was opened, and with which second factor. */
  readonly method: string
  readonly second: string | null
  /** What the browser calls itself. */
  readonly agent: string | null
  readonly address: string | null
  readonly createdAt: string
  readonly seenAt: string
  readonly expiresAt: string
}

export type SecondFactorMethod = 'totp' | 'passkey' | 'email' | 'backup'

/** One of a member's second factors. */
export interface SecondFactorDocument {
  readonly id: string
  readonly kind: 'totp' | 'passkey' | 'email'
  readonly name: string
  readonly createdAt: string
  readonly usedAt: string | null
}

/** `GET /api/v1/session/second-factor` */
export interface SecondFactorsDocument {
  readonly factors: readonly SecondFactorDocument[]
  /** Backup codes that are still good. */
  readonly codesLeft: number
  /** The workspace demands one. */
  readonly required: boolean
  /** Until when the member may still sign in without. */
  readonly enrolBy: string | null
  /** Whether codes by mail can be set up, and are enough where one is demanded. */
  readonly emailCodes: 'none' | 'besides' | 'enough'
}

/** `POST /api/v1/session/second-factor/email`, `…/verify/email`: a code is on its way. */
export interface MailCodeDocument {
  /** The address, masked. */
  readonly sentTo: string
  /** How long it is good for. */
  readonly minutes: number
}

/** `POST /api/v1/session/second-factor/totp` */
export interface TotpDocument {
  readonly id: string
  /** To be typed where the picture cannot be scanned. Base32. */
  readonly secret: string
  readonly uri: string
  /** The picture to scan, as SVG. */
  readonly picture: string
}

/** A new factor was set up. */
export interface FactorAddedDocument {
  /** Backup codes, shown this once; empty when there were some already. */
  readonly codes: readonly string[]
  /** Where the session had waited for it: the one that takes its place. */
  readonly session?: SessionDocument
}

export interface NavigationItem {
  readonly id: string
  readonly plugin: string
  readonly label: Text
  readonly icon: string
  /** Path below the workspace, e.g. `/app/crm/customers`. */
  readonly path: string
}

export interface ShellScreen {
  readonly plugin: string
  readonly id: string
  readonly title: Text
  readonly path: string
  /** Entity id whose detail screen this is, e.g. `crm.customer`. */
  readonly detailOf?: string
}

/** The trash of an entity, for members who may look into it: `GET <api>/trash`. */
export interface TrashMeta {
  /** Days until a record is removed for good. */
  readonly keepDays: number
  /** Whether this member may restore records: `POST <api>/<id>/restore`. */
  readonly restore: boolean
  /** Whether this member may remove records for good: `DELETE <api>/trash/<id>`, and all with `DELETE <api>/trash`. */
  readonly purge: boolean
}

export interface ShellEntity {
  /** `plugin.entity` */
  readonly id: string
  readonly label: Text
  readonly labelPlural: Text
  readonly icon: string
  /** Path of the list screen, e.g. `/app/crm/customers`. */
  readonly path: string
  /** Address of the collection, e.g. `/api/v1/crm/customers`. */
  readonly api: string
  readonly can: readonly EntityOperation[]
  /** Deleting moves records to the trash. Only for members who may look into it. */
  readonly trash?: TrashMeta
}

/** `GET /api/v1/shell`: everything the browser needs to draw the frame for this member. */
export interface ShellDocument {
  readonly tenant: TenantDocument & { readonly tier: Tier }
  readonly member: SessionDocument['member']
  readonly csrf: string
  /** Until when the member needs a second factor. */
  readonly enrolBy?: string
  /** Set while somebody else sees the workspace as this member does. */
  readonly viewing?: SessionDocument['viewing']
  /** Whether this member may see the workspace as others do: `POST /api/v1/session/view`. */
  readonly viewAs?: boolean
  readonly navigation: readonly NavigationItem[]
  readonly screens: readonly ShellScreen[]
  /** Readable entities by id. */
  readonly entities: Readonly<Record<string, ShellEntity>>
  /** Browser modules by plugin: address and subresource integrity. */
  readonly modules: Readonly<Record<string, { readonly url: string; readonly integrity: string }>>
  /** What this member may do on the page of security; absent where there is no such page for them. */
  readonly security?: {
    readonly changePolicy: boolean
    /** Whether they are told what weakens the workspace. */
    readonly report: boolean
    readonly operatorAccesses: boolean
    readonly endOperatorAccess: boolean
  }
  /** Pages of the admin console this member may open. */
  readonly console: readonly (
    | 'plugins'
    | 'custom-fields'
    | 'roles'
    | 'members'
    | 'sign-on'
    | 'security'
    | 'api-access'
    | 'audit'
    | 'reference'
  )[]
}
