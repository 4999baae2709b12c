import type { EntityDeclaration } from './entity.ts'
import type { FieldDeclaration } from './field.ts'

/** A postal address; `country` is ISO 3166-1 alpha-2. */
export interface Address {
  readonly street?: string
  readonly zip?: string
  readonly city?: string
  readonly country?: string
}

/** An exact amount. */
export interface Money {
  /** Decimal text with exactly as many digits after the point as the currency has: `12.34` EUR, `1234` JPY. */
  readonly amount: string
  /** ISO 4217, e.g. `EUR`. */
  readonly currency: string
}

/** A place on Earth, WGS 84. */
export interface Geo {
  /** Degrees north, -90 to 90. */
  readonly lat: number
  /** Degrees east, -180 to 180. */
  readonly lng: number
}

/** The value of a `json` field. Its declared schema says more. */
export type JsonDocument = Readonly<Record<string, unknown>> | readonly unknown[]

/** The value of a `file` field: what is known of the file, whose bytes are at `…/<id>/files/<field>`. */
export interface FileReference {
  readonly id: string
  /** As it was called when it was uploaded. */
  readonly name: string
  /** Media type, found out from the content. */
  readonly type: string
  /** Bytes. */
  readonly size: number
}

/** What a change says of a file: the id an upload was answered with. What else a reference holds may come along and says nothing. */
export type FileInput = Pick<FileReference, 'id'> & Partial<FileReference>

/** What every record has. Times are RFC 3339 in UTC. */
export interface RecordBase {
  readonly id: string
  /** Counts the changes; a stale version is refused with 409. */
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string | null
  readonly updatedAt: string
  readonly updatedBy: string | null
  /**
   * Fields that have a value nobody can read, as JSON pointers: `["/iban"]`. They are null here; the value was damaged, or its key destroyed.
   * Left out where there are none. What is not given in a change stays as it is.
   */
  readonly _unreadable?: readonly string[]
}

/** Types whose values are not texts. */
interface ValuesByType {
  readonly int: number
  readonly bool: boolean
  readonly tags: readonly string[]
  readonly address: Address
  readonly money: Money
  readonly geo: Geo
  readonly json: JsonDocument
  readonly file: FileReference
}

type ValueOf<F extends FieldDeclaration> = F['type'] extends keyof ValuesByType
  ? ValuesByType[F['type']]
  : F extends { readonly values: readonly { readonly value: infer V }[] }
    ? V
    : string

type AlwaysSet =
  | { readonly required: true }
  | { readonly sequence: object }
  | { readonly default: {} }
  | { readonly computed: { readonly count: string } }

type Nullable<F extends FieldDeclaration> = F extends AlwaysSet ? ValueOf<F> : ValueOf<F> | null

/** Values of the fields a tenant has added, by name. A plugin cannot know them in advance. */
export type CustomValues = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

type Extended<E extends EntityDeclaration> = E extends { readonly extensible: true }
  ? { readonly custom: CustomValues }
  : unknown

/** Values of fields by name, null where a field may be empty. */
export type ValuesOf<F extends Readonly<Record<string, FieldDeclaration>>> = {
  readonly [K in keyof F]: Nullable<F[K]>
}

/** The record type of an entity, derived from its declaration. `decimal` values are strings, exact to the digit. */
export type RecordOf<E extends EntityDeclaration> = RecordBase & ValuesOf<E['fields']> & Extended<E>

type InputOf<F extends FieldDeclaration> = F['type'] extends 'file' ? FileInput : Nullable<F>

/** What creation takes: any field; the kernel refuses what is missing. */
export type CreateInput<E extends EntityDeclaration> = {
  readonly [
    K in keyof E['fields'] as E['fields'][K] extends { readonly computed: object } ? never : K
  ]?: InputOf<E['fields'][K]> | null
} & Partial<Extended<E>>

/** What a change takes: only the fields that change. */
export type UpdateInput<E extends EntityDeclaration> = CreateInput<E>
