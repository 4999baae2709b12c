import type { CustomEnumValue } from './custom-field.ts'
import type { EntityOperation } from './entity.ts'
import type { FieldType } from './field.ts'
import type { MaskKind } from './mask.ts'
import type { Text } from './text.ts'
import type { TrashMeta } from './shell.ts'

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
  /** `member`: the name to pass as `include` and to find `{ id, label }` under. */
  readonly include?: string
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
