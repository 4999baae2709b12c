import type { ConditionField } from './explanation.ts'
import type { RoleGrant } from './permission.ts'
import type { Text } from './text.ts'

/** `system`: of the platform; `plugin`: a template of a plugin that is on; `own`: made by the workspace. Only own ones can be changed. */
export type RoleKind = 'system' | 'plugin' | 'own'

/** What `POST /api/v1/roles` takes, and `PATCH` in parts. */
export interface RoleInput {
  /** kebab-case. Without it, one is made of the label. Cannot be changed later. */
  readonly id?: string
  /** One text for all languages, or one for each. */
  readonly label: string | Readonly<Record<string, string>>
  readonly description?: string
  /** Permissions, or prefixes that end in `.*`; at most 200. Whoever grants something must hold it for every record. */
  readonly grants?: readonly (string | RoleGrant)[]
  /** Ids of roles whose grants this one has too; at most 20. */
  readonly inherits?: readonly string[]
}

/** `GET /api/v1/roles` answers `{ items: RoleDocument[] }`. */
export interface RoleDocument {
  readonly id: string
  readonly kind: RoleKind
  /** Of a template: the plugin. */
  readonly plugin: string | null
  readonly label: Text
  readonly description: string
  readonly grants: readonly (string | RoleGrant)[]
  readonly inherits: readonly string[]
  /** Every member has it without being given it. */
  readonly everyMember: boolean
  /** Active members who have been given it. */
  readonly members: number
  /** Whether the one who asks holds all its rights, and may therefore give and change it. */
  readonly givable: boolean
  /** Positions of grants that give nothing at present: their plugin is off, or their condition no longer fits the entity. */
  readonly idle: readonly number[]
  /** To be sent as `If-Match`; null of what cannot be changed. */
  readonly version: number | null
}

/** `GET /api/v1/roles/<id>/members` */
export interface RoleMember {
  readonly id: string
  readonly label: string
  readonly email: string
  /** Ids of roles: the one given, and those between it and this one. */
  readonly via: readonly string[]
}

/** A permission in words. */
export interface PermissionDocument {
  /** `<area>.<plugin>.<entity>.<action>` */
  readonly id: string
  readonly label: Text
  /** Whether the one who asks may pass it on. */
  readonly held: boolean
}

/** A field that conditions of grants can be about, with what it takes to enter a value of it. */
export interface ConditionInput extends ConditionField {
  /** Digits after the decimal point. */
  readonly scale?: number
  /** `money`: the one currency of all amounts. */
  readonly currency?: string
}

/** The permissions about one entity of a plugin, or one matter of the platform. */
export interface PermissionSubject {
  /** `plugin.entity` */
  readonly id: string
  readonly label: Text
  /** Grants all of them: `<area>.<plugin>.<entity>.*` */
  readonly prefix: string
  /** Whether grants may have conditions: the fields they can be about. */
  readonly fields: readonly ConditionInput[]
  /** Masked fields, for which `reveal` and `replace` may be granted one by one. */
  readonly masked: readonly { readonly name: string; readonly label: Text }[]
  readonly permissions: readonly PermissionDocument[]
}

/** `GET /api/v1/access/permissions` answers `{ items: PermissionGroup[] }`: what roles can grant, by plugin. */
export interface PermissionGroup {
  /** The plugin; `kernel` for the platform. */
  readonly id: string
  readonly label: Text
  readonly icon: string
  /** Grants all of them: `<area>.<plugin>.*` */
  readonly prefix: string
  readonly subjects: readonly PermissionSubject[]
}
