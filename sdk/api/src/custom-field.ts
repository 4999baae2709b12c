import type { EnumValue } from './entity.ts'
import type { FieldDeclaration, FieldType } from './field.ts'
import type { MaskKind } from './mask.ts'
import type { Text } from './text.ts'

/**
 * Types of the fields a tenant may add to an `extensible` entity. A `ref` leads to an entity of any plugin that is on, required or not; what
 * it leads to cannot be deleted while the field is in use.
 */
export const CUSTOM_FIELD_TYPES = [
  'string',
  'text',
  'int',
  'decimal',
  'bool',
  'date',
  'datetime',
  'enum',
  'tags',
  'url',
  'email',
  'phone',
  'money',
  'address',
  'json',
  'ref',
  'member',
] as const satisfies readonly FieldType[]

export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number]

/** A value of an enum field. */
export interface CustomEnumValue extends EnumValue {
  /** Records keep it, but no other record gets it. */
  readonly retired?: boolean
}

/** Options of a declared field that a tenant's own field may have too, with the same meaning. */
type Option =
  | 'help'
  | 'required'
  | 'unique'
  | 'search'
  | 'pii'
  | 'mask'
  | 'currency'
  | 'default'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'min'
  | 'max'
  | 'scale'

/** What `POST /api/v1/custom-fields/<plugin>/<entity>` takes. */
export interface CustomFieldInput extends Pick<
  FieldDeclaration,
  Exclude<Option, 'help' | 'default' | 'mask'>
> {
  /** As of declared fields. Lifting or easing it takes the entity's `reveal` permission. */
  readonly mask?: MaskKind | null
  /** `ref`: the entity it leads to, `plugin.entity`. Cannot be changed later. */
  readonly target?: string
  /** Value of new records where none is given. `enum`: one of the values, or its label. */
  readonly default?: FieldDeclaration['default'] | null
  /** Cannot be changed later. */
  readonly type: CustomFieldType
  /** One text for all languages, or one for each. */
  readonly label: string | Readonly<Record<string, string>>
  readonly help?: string | Readonly<Record<string, string>> | null
  /** Lists show a column of it. Default: no. */
  readonly listed?: boolean
  /** Name in `custom`, camelCase. Without it, one is made of the label. Cannot be changed later. */
  readonly name?: string
  /** `enum`: the values in their order. Later values can be added and retired, not taken away. */
  readonly values?: readonly {
    readonly value?: string
    readonly label: string | Readonly<Record<string, string>>
    readonly tone?: EnumValue['tone']
    readonly retired?: boolean
  }[]
}

/** A field a tenant has added: `GET /api/v1/custom-fields/<plugin>/<entity>` answers `{ items: CustomFieldDocument[] }`. */
export interface CustomFieldDocument extends Pick<FieldDeclaration, Option> {
  readonly id: string
  /** `plugin.entity` */
  readonly entity: string
  /** Its name in `custom`; in queries it is called `custom.<name>`. */
  readonly name: string
  readonly type: CustomFieldType
  /** `ref`: the entity it leads to, `plugin.entity`. */
  readonly target?: string
  readonly label: Text
  readonly values?: readonly CustomEnumValue[]
  readonly listed?: boolean
  /** Place among the fields of the entity, from 0. */
  readonly position: number
  /** Since when it is out of use; its values are kept. */
  readonly archivedAt: string | null
  readonly version: number
}

/** An entity that takes further fields: `GET /api/v1/custom-fields` answers `{ items: ExtensibleEntity[] }`. */
export interface ExtensibleEntity {
  /** `plugin.entity` */
  readonly id: string
  readonly plugin: string
  readonly label: Text
  readonly labelPlural: Text
  readonly icon: string
  /** Fields in use. */
  readonly fields: number
  readonly archived: number
  /** Fields it may have in use. */
  readonly limit: number
}
