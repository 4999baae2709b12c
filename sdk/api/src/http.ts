import type { AggregateGroup } from './aggregate.ts'
import type { CustomEnumValue } from './custom-field.ts'
import type { EntityOperation } from './entity.ts'
import type { FieldType } from './field.ts'
import type { MaskKind } from './mask.ts'
import type { Problem } from './problem.ts'
import type { RecordBase } from './record.ts'
import type { Text } from './text.ts'
import type { Tier } from './tier.ts'

/** `GET /api/v1/tenant`: what anyone may know before signing in. */
export interface TenantDocument {
  readonly slug: string
  readonly name: string
  readonly locale: string
  /** Hue of the accent colour, 0 to 360. */
  readonly hue: number
  /** Demonstration sign-ins; only on a demonstration platform. */
  readonly demo?: readonly { readonly email: string; readonly password: string; readonly label: Text }[]
}

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
  readonly navigation: readonly NavigationItem[]
  readonly screens: readonly ShellScreen[]
  /** Readable entities by id. */
  readonly entities: Readonly<Record<string, ShellEntity>>
  /** Browser modules by plugin: address and subresource integrity. */
  readonly modules: Readonly<Record<string, { readonly url: string; readonly integrity: string }>>
  /** Pages of the admin console this member may open. */
  readonly console: readonly ('plugins' | 'custom-fields' | 'reference')[]
}

export interface FieldMeta {
  /** Of a field the tenant has added `custom.<name>`: the value is the member `<name>` of the record's `custom`. */
  readonly name: string
  readonly type: FieldType
  readonly label: Text
  readonly help?: Text
  readonly required: boolean
  /** Never accepted in requests. */
  readonly readOnly: boolean
  /** Follows from other values; nobody writes it. */
  readonly computed?: true
  /** Accepted on creation only. */
  readonly immutable: boolean
  readonly sortable: boolean
  readonly default?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly scale?: number
  /** `money`: the one currency of all amounts. */
  readonly currency?: string
  readonly values?: readonly CustomEnumValue[]
  /** `file`: most bytes of a file. */
  readonly maxBytes?: number
  /** `file`: address of the records. Bytes go to `<api>/files/<field>`, and come from `<api>/<id>/files/<field>`. */
  readonly file?: { readonly api: string }
  /** `file`: media types, `image/*` or endings that are taken; any where there is none. */
  readonly accept?: readonly string[]
  /** The database holds the value encrypted. */
  readonly encrypted?: true
  /** Reads answer a mask of this kind instead of the value. */
  readonly mask?: {
    readonly kind: MaskKind
    /** Whether this member may ask for the value, at least in some records: `?reveal=<field>`. */
    readonly reveal: boolean
    /** Whether this member may give a new value to an existing record, at least to some. */
    readonly replace: boolean
  }
  /** `ref`: the entity pointed to; `include` is the name to pass as `include` and to find `{ id, label }` under. */
  readonly ref?: {
    readonly entity: string
    readonly include: string
    readonly api: string
    readonly path: string
  }
}

/** A collection of children, `include` being its name. */
export interface ChildrenMeta {
  readonly name: string
  /** `plugin.entity` of the children; their own metadata says what they consist of. */
  readonly entity: string
  /** Their field that points to the parent. */
  readonly field: string
  readonly label: Text
  readonly min: number
  readonly max: number
  readonly can: readonly EntityOperation[]
}

/** A named command on a record, a collection or a plugin. */
export interface ActionMeta {
  readonly name: string
  readonly label: Text
  readonly description?: Text
  readonly icon?: string
  readonly danger: boolean
  /** What it is told, none where it needs no words. Those named in `chosen` take one of the records it is carried out on. */
  readonly fields: readonly FieldMeta[]
  readonly chosen?: readonly string[]
  /** It changes nothing and answers with these. */
  readonly output?: readonly FieldMeta[]
  /** Of one on a collection: how many records of it it is carried out on. */
  readonly records?: { readonly min: number; readonly max: number }
  /** Where it is carried out, of one that is not on a record: `/api/v1/crm/customers/actions/merge`. */
  readonly api?: string
}

/** `GET …/<id>/actions`: names of the actions this member may carry out on the record as it is now. */
export interface OfferedActions {
  readonly items: readonly string[]
}

/** `GET /api/v1/meta/<plugin>/<entity>`: what lists, details and forms are drawn from. */
export interface EntityMeta {
  readonly id: string
  readonly label: Text
  readonly labelPlural: Text
  readonly icon: string
  readonly path: string
  readonly api: string
  readonly display: readonly string[]
  readonly fields: readonly FieldMeta[]
  readonly list: {
    readonly columns: readonly string[]
    readonly sort: string
    readonly filters: readonly string[]
    readonly searchable: boolean
  }
  readonly form: {
    readonly groups: readonly { readonly label: Text | null; readonly fields: readonly string[] }[]
  }
  /** The tenant may add fields, and this member may do so. */
  readonly extend?: boolean
  /** Entities that point here and may be read, shown as lists on the detail screen. */
  readonly related: readonly { readonly entity: string; readonly field: string; readonly label: Text }[]
  /** Records that are saved with this entity's and may be read; `can` says what may be done with them there. */
  readonly children?: readonly ChildrenMeta[]
  /** Rules over several fields; a refusal has the code `check.<id>`. */
  readonly checks?: readonly { readonly id: string; readonly field: string; readonly message: Text }[]
  readonly can: readonly EntityOperation[]
  /** What this member may do with records, at least with some: ask each for its own. */
  readonly actions?: readonly ActionMeta[]
  /** What this member may do with the collection, or with several of its records together. */
  readonly collectionActions?: readonly ActionMeta[]
  /** What this member may do with the plugin as a whole. */
  readonly pluginActions?: readonly ActionMeta[]
  /** Set when `GET …/<collection>/export` answers this member. */
  readonly exportable?: true
  readonly trash?: TrashMeta
  /** The states of a record, with the moves this member may make. */
  readonly transitions?: {
    /** Name of the field that holds the state. */
    readonly field: string
    readonly initial: readonly string[]
    readonly moves: readonly { readonly from: readonly string[]; readonly to: string; readonly label: Text }[]
  }
}

/** Answer of a collection. `next` is the cursor of the following page. `total` only with `count=true`. */
export interface ListPage<R = RecordBase & Readonly<Record<string, unknown>>> {
  readonly items: readonly R[]
  readonly next: string | null
  readonly total?: number
}

/** Answer of `DELETE …/trash`. */
export interface TrashEmptied {
  /** Records removed for good. */
  readonly purged: number
  /** Records that stay because others in the trash still refer to them. */
  readonly kept: number
  /** There are more: ask again. */
  readonly more: boolean
}

/** What became of one row of `POST …/bulk`. */
export interface BulkResult<R = RecordBase & Readonly<Record<string, unknown>>> {
  /** `restore` of entities with a trash alone. */
  readonly action: EntityOperation | 'restore'
  /** Position in the list of its action. */
  readonly index: number
  /** What a request for this row alone would have been answered with. */
  readonly status: number
  /** The record after creation or change. */
  readonly record?: R
  /** Why it was refused; pointers count from the row. */
  readonly problem?: Problem
}

/** Answer of `POST …/bulk`. */
export interface BulkAnswer<R = RecordBase & Readonly<Record<string, unknown>>> {
  /** One for each row: creations, changes, deletions, restorations, each in the given order. */
  readonly items: readonly BulkResult<R>[]
  /** How many of them were refused. */
  readonly refused: number
}

/** Answer of `GET …/<collection>/aggregate`. `more`: there are further groups beyond the limit. */
export interface AggregateAnswer {
  readonly groups: readonly AggregateGroup[]
  readonly more: boolean
}

/** `upgrading`: enabled, and out of service until its records have the shape of its present version. */
export type PluginState = 'enabled' | 'disabled' | 'quarantined' | 'upgrading'

/** How far the records of one tenant are on their way from one version of a plugin to the next. */
export interface PluginUpgrade {
  readonly from: string
  readonly to: string
  readonly state: 'pending' | 'running' | 'failed' | 'done'
  /** Records that have the new shape, of those there were at the start. */
  readonly records: { readonly done: number; readonly total: number }
  /** Values that the new version does not accept, at most 100. Never the values themselves. */
  readonly errors: readonly UpgradeError[]
}

export interface UpgradeError {
  /** Entity by name, `room`. Missing when the cause lies in no record. */
  readonly entity?: string
  /** Id of the record. */
  readonly record?: string
  /** JSON Pointer to the field. */
  readonly pointer: string
  readonly code: string
  readonly detail: string
}

/** One plugin in the console: `GET /api/v1/plugins` answers `{ items: PluginCard[] }`. */
export interface PluginCard {
  readonly id: string
  readonly version: string
  readonly publisher: string
  readonly name: Text
  readonly description: Text
  readonly icon: string
  readonly category: Text
  readonly tier: Tier
  readonly state: PluginState
  /** Why it is quarantined. */
  readonly reason?: string
  /** Set while the tenant's records are being brought to this version, and after that has failed. */
  readonly upgrade?: PluginUpgrade
  /** Set when the tenant's tier is too low. */
  readonly locked?: { readonly tier: Tier }
  readonly requires: readonly string[]
  /** Enabled plugins that require this one. */
  readonly requiredBy: readonly string[]
}

export interface PlanStep {
  readonly plugin: string
  readonly name: Text
  readonly action: 'enable' | 'disable'
  /** Why it is part of the plan: asked for, or pulled in by dependency. */
  readonly because: 'requested' | 'dependency'
  /** Entities that appear or disappear, with the tenant's rows in them. */
  readonly entities: readonly { readonly label: Text; readonly rows: number }[]
}

/** `POST /api/v1/plugins/<id>/plan` with `{ action }`. Apply it with `POST /api/v1/plugins/<id>/apply` `{ action, hash }`. */
export interface PluginPlan {
  readonly plugin: string
  readonly action: 'enable' | 'disable'
  readonly hash: string
  /** In the order of execution. */
  readonly steps: readonly PlanStep[]
  /** Why it cannot be applied; empty when it can. */
  readonly blockers: readonly { readonly code: string; readonly detail: Text; readonly tier?: Tier }[]
}
