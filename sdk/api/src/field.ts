import type { Computed } from './computed.ts'
import type { EnumValue } from './entity.ts'
import type { MaskKind } from './mask.ts'
import type { Text } from './text.ts'

/** Every field type an entity may use. What each means in SQL, JSON and filters is decided by the kernel. */
export const FIELD_TYPES = [
  'string',
  'text',
  'email',
  'phone',
  'url',
  'int',
  'decimal',
  'bool',
  'date',
  'datetime',
  'enum',
  'tags',
  'address',
  'money',
  'iban',
  'geo',
  'json',
  'file',
  'ref',
  'member',
] as const

export type FieldType = (typeof FIELD_TYPES)[number]

/** One field of an entity. Options that make no sense for the type are refused when the manifest is checked. */
export interface FieldDeclaration {
  readonly type: FieldType
  readonly label: Text
  /** A sentence under the field in forms. */
  readonly help?: Text
  /** A value must be given on creation and can never be empty. */
  readonly required?: boolean
  /** Unique within the tenant. Empty values do not collide. */
  readonly unique?: boolean
  /** The field can be sorted and filtered fast. `unique` fields always can; `ref` fields are filtered fast, and not sorted by. */
  readonly indexed?: boolean
  /** Value when none is given: a literal, `now` for date and datetime, an amount like `0.00` for `money` of a fixed currency. */
  readonly default?: string | number | boolean | readonly string[]
  /** Only plugin code and the kernel write this field; requests that name it are refused. */
  readonly readOnly?: boolean
  /** A believable value, for the API documentation. Needed where a `pattern` or the plugin's own rules leave nothing to guess. */
  readonly example?: string | number | boolean | readonly string[]
  /** What the value follows from. No one writes such a field, the plugin's code neither. */
  readonly computed?: Computed
  /** Written on creation, refused afterwards. */
  readonly immutable?: boolean
  /** Included in the search box of lists. Text-like types only. */
  readonly search?: boolean
  /** Personal data: never logged, and its values stay out of events. */
  readonly pii?: boolean
  /**
   * Reads answer what this mask leaves of the value, a text. Who holds the entity's `reveal` permission may ask for the value itself,
   * which is noted in the audit log; everyone else can neither see it nor find out about it by filters, orders, groups or searches.
   */
  readonly mask?: MaskKind
  /**
   * The database holds the value encrypted, with a key of the tenant. Records can be looked up by it only where it is `indexed` or
   * `unique`, and only for equality; neither sorted, searched, grouped nor measured.
   */
  readonly encrypted?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  /** JSON Schema regular expression. */
  readonly pattern?: string
  /** Least number; of `money` the least amount, in whole units of the currency. */
  readonly min?: number
  readonly max?: number
  /** `decimal`: digits after the point, 0 to 6. Default 2. */
  readonly scale?: number
  /** `money`: the one currency of all amounts, ISO 4217. Without it each amount brings its own, and lists cannot be sorted by it. */
  readonly currency?: string
  /** `json`: JSON Schema 2020-12 of the values, an object or a list. It stands alone: `$ref` and its like are refused. */
  readonly schema?: Readonly<Record<string, unknown>>
  /** `file`: most bytes of a file. Default 25 MiB, at most 1 GiB. */
  readonly maxBytes?: number
  /**
   * `file`: which files are taken: media types, `image/*`, or endings like `.csv`. What a file is follows from its content, whatever
   * its sender says. Default: any.
   */
  readonly accept?: readonly string[]
  /** `enum`: the values in their order. */
  readonly values?: readonly EnumValue[]
  /** `ref`: the target, `entity` of this plugin or `plugin.entity` of a required one. */
  readonly entity?: string
  /** `ref`: what happens when the target is deleted. Default `restrict`: deletion is refused while referenced. */
  readonly onDelete?: 'restrict' | 'cascade' | 'setNull'
  /** What the field was called in the version before. Its values stay; without it a field of another name is a new one. */
  readonly was?: string
  /** `string`: number the record from a gapless sequence, `{n:4}` is the counter padded to 4 digits, `{year}` starts it anew each year of the tenant's time zone. */
  readonly sequence?: { readonly format: string; readonly start?: number }
}
