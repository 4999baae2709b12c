import type { EntityDeclaration } from './entity.ts'
import type { FieldDeclaration } from './field.ts'

/** A postal address; `country` is ISO 3166-1 alpha-2. */
export interface Address {
  readonly street?: string
  readonly zip?: string
  readonly city?: string
  readonly country?: string
}

/** What every record has. Times are RFC 3339 in UTC. */
export interface RecordBase {
  readonly id: string
  /** Counts the changes; a stale version is refused with 409. */
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string | null
  readonly updatedAt: string
  readonly updatedBy: string | null
}

type ValueOf<F extends FieldDeclaration> = F['type'] extends 'int'
  ? number
  : F['type'] extends 'bool'
    ? boolean
    : F['type'] extends 'tags'
      ? readonly string[]
      : F['type'] extends 'address'
        ? Address
        : F extends { readonly values: readonly { readonly value: infer V }[] }
          ? V
          : string

type AlwaysSet = { readonly required: true } | { readonly sequence: object } | { readonly default: {} }

type Nullable<F extends FieldDeclaration> = F extends AlwaysSet ? ValueOf<F> : ValueOf<F> | null

/** The record type of an entity, derived from its declaration. `decimal` values are strings, exact to the digit. */
export type RecordOf<E extends EntityDeclaration> = RecordBase & {
  readonly [K in keyof E['fields']]: Nullable<E['fields'][K]>
}

/** What creation takes: any field; the kernel refuses what is missing. */
export type CreateInput<E extends EntityDeclaration> = {
  readonly [K in keyof E['fields']]?: Nullable<E['fields'][K]> | null
}

/** What a change takes: only the fields that change. */
export type UpdateInput<E extends EntityDeclaration> = CreateInput<E>
