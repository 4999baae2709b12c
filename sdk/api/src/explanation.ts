import type { EnumValue } from './entity.ts'
import type { FeatureState } from './feature.ts'
import type { LimitDocument } from './limit.ts'
import type { RoleGrant } from './permission.ts'
import type { Text } from './text.ts'

/** Where in a plugin's manifest something is declared. */
export interface ManifestSource {
  readonly plugin: string
  /** JSON pointer into the manifest. */
  readonly pointer: string
}

/** What a colleague has passed on: by which delegation, and until when. */
export interface GrantDelegation {
  readonly id: string
  readonly giver: { readonly id: string; readonly label: string }
  readonly until: string
}

/** A grant somebody has, and how they came by it. */
export interface ExplainedGrant extends RoleGrant {
  /** Ids of roles: the one given first, the one with the grant last; none for what a program was given. */
  readonly via: readonly string[]
  /** Passed on by somebody else; `$actor.id` in its condition stands for them. */
  readonly delegation?: GrantDelegation
  /** Of a plugin's role: the line that says so. */
  readonly source?: ManifestSource
  /** Whether the record that was asked for meets its condition. */
  readonly met?: boolean
}

/** Why something is allowed or refused. */
export type AccessReason =
  | 'granted'
  | 'not_granted'
  | 'condition_unmet'
  | 'tier_required'
  | 'plugin_disabled'
  | 'plugin_quarantined'
  | 'plugin_upgrading'
  | 'feature_off'
  | 'limit_reached'

/** What a permission is called, from the whole to the part. */
export interface PermissionWords {
  /** The plugin, or the workspace. */
  readonly group: Text
  /** What it is about. */
  readonly subject: Text
  /** What may be done with it. */
  readonly action: Text
}

/** Something with an id, and what people call it. */
export interface Named {
  readonly id: string
  readonly label: Text
}

/** A field that a condition is about. */
export interface ConditionField {
  readonly name: string
  readonly label: Text
  readonly type: string
  readonly values?: readonly EnumValue[]
  /** `ref`: the entity pointed to and the address of its records; missing while its plugin is off. */
  readonly ref?: { readonly entity: string; readonly api: string }
}

/**
 * What holds for single fields where the permission is held. `shown`: a masked value may be seen; `partly`: in some records;
 * `masked`: never. `readOnly`, `immutable`: nobody changes it, or not after the record was made.
 */
export interface FieldRule {
  readonly name: string
  readonly label: Text
  readonly rule: 'shown' | 'partly' | 'masked' | 'readOnly' | 'immutable'
}

/** `GET /api/v1/access/explain` */
export interface AccessExplanation {
  readonly permission: string
  readonly words: PermissionWords
  readonly member: { readonly id: string; readonly label: string }
  readonly allowed: boolean
  readonly reason: AccessReason
  /** Those that cover the permission. */
  readonly grants: readonly ExplainedGrant[]
  /** What the roles on the way to the grants are called. */
  readonly roles: readonly Named[]
  /** The fields that conditions of the grants are about. */
  readonly fields: readonly ConditionField[]
  /** Where it is held: fields that are no plain values. */
  readonly rules: readonly FieldRule[]
  /** The plugin it is of. `because`: why it was quarantined, for those who may see plugins. */
  readonly plugin?: {
    readonly id: string
    readonly label: Text
    readonly state: string
    readonly tier: string
    readonly because?: string
  }
  /** The limit that is reached, where the permission is to add to what it counts. */
  readonly limit?: LimitDocument
  /** The feature it is part of, on or off, and what decided that. */
  readonly feature?: FeatureState & { readonly id: string; readonly label: Text }
  /** The line of the manifest that refuses. */
  readonly source?: ManifestSource
  /** Page of the console where whoever asks can change that. */
  readonly fix?: string
  /** Roles that would give it, for those who may see roles. */
  readonly givenBy?: readonly Named[]
  /** Some of those who can change it, where the workspace lets its members know and whoever asks cannot change it. */
  readonly askWhom?: readonly { readonly id: string; readonly label: string }[]
}

/** `GET /api/v1/members/<id>/rights` */
export interface MemberRights {
  readonly member: { readonly id: string; readonly label: string }
  /** Ids of the roles given. */
  readonly roles: readonly string[]
  /** Every permission that is held, and by which grants. */
  readonly permissions: readonly {
    readonly id: string
    readonly words: PermissionWords
    readonly grants: readonly ExplainedGrant[]
  }[]
  /** Those that are not. */
  readonly lacking: readonly { readonly id: string; readonly words: PermissionWords }[]
}

/** Someone who holds a permission, and how they came by it. */
export interface PermissionHolder {
  readonly id: string
  readonly label: string
  readonly grants: readonly ExplainedGrant[]
}

/** `GET /api/v1/access/holders` */
export interface PermissionHolders {
  readonly permission: string
  readonly words: PermissionWords
  /** At most 200, by name. */
  readonly items: readonly PermissionHolder[]
  readonly total: number
  /** What the roles on the way to the grants are called. */
  readonly roles: readonly Named[]
  readonly fields: readonly ConditionField[]
}
