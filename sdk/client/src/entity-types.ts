import type { Condition, DateBucket, EntityDeclaration, RecordOf, WithChildren } from '@plinth/sdk'

type Fields<E extends EntityDeclaration> = E['fields']

/** Names of fields of some types. */
type FieldOfType<E extends EntityDeclaration, T> = {
  [K in keyof Fields<E>]: Fields<E>[K]['type'] extends T ? K : never
}[keyof Fields<E>] &
  string

/** `customerId` → `customer`, `customer` → `customerRecord`. */
type IncludeName<N extends string> = N extends `${infer Name}Id` ? Name : `${N}Record`

/** Names under which references are followed. */
type ReferenceOf<E extends EntityDeclaration> = IncludeName<FieldOfType<E, 'ref'>>

/** Names under which references and members come along: `customerId` → `customer`. */
export type IncludeOf<E extends EntityDeclaration> = IncludeName<FieldOfType<E, 'ref' | 'member'>>

/** Names of fields that hold files. */
export type FileFieldOf<E extends EntityDeclaration> = string extends keyof Fields<E>
  ? string
  : { [K in keyof Fields<E>]: Fields<E>[K]['type'] extends 'file' ? K : never }[keyof Fields<E>] & string

/** Entities of a manifest by name. */
export type Entities = Readonly<Record<string, EntityDeclaration>>

/** Names under which children come along. */
export type ChildrenOf<E extends EntityDeclaration> = E extends {
  readonly children: infer C extends Readonly<Record<string, unknown>>
}
  ? keyof C & string
  : never

/** A record or member that came along, by its name. */
export interface Reference {
  readonly id: string
  readonly label: string
}

/** Operators on a field, by the type of its values. */
export type ConditionOf<V> =
  | V
  | {
      readonly eq?: V | null
      readonly ne?: V | null
      readonly in?: readonly NonNullable<V>[]
      readonly nin?: readonly NonNullable<V>[]
      readonly lt?: NonNullable<V>
      readonly lte?: NonNullable<V>
      readonly gt?: NonNullable<V>
      readonly gte?: NonNullable<V>
      readonly contains?: string
      readonly startsWith?: string
      readonly isNull?: boolean
      readonly near?: { readonly lat: number; readonly lng: number; readonly km: number }
      readonly currency?: string
    }

/** A filter whose fields and values are those of the entity; paths lead along references: `'customer.status'`. */
export type FilterOf<E extends EntityDeclaration> = {
  readonly and?: readonly FilterOf<E>[]
  readonly or?: readonly FilterOf<E>[]
  readonly not?: FilterOf<E>
} & { readonly [K in keyof RecordOf<E>]?: ConditionOf<RecordOf<E>[K]> } & {
  readonly [path in `${ReferenceOf<E>}.${string}`]?: Condition
}

type FieldName<E extends EntityDeclaration> = keyof RecordOf<E> & string

export type SortOf<E extends EntityDeclaration> = FieldName<E> | `-${FieldName<E>}` | 'rank'

/** How records are asked for. */
export interface QueryOf<
  E extends EntityDeclaration,
  I extends IncludeOf<E> | ChildrenOf<E> = never,
  F extends FieldName<E> = FieldName<E>,
> {
  /** Records per page, 1 to 200. */
  readonly limit?: number
  readonly sort?: readonly SortOf<E>[]
  readonly filter?: FilterOf<E>
  /** Words to search for. */
  readonly q?: string
  readonly include?: readonly I[]
  /** Only these, besides `id` and `version`. */
  readonly fields?: readonly F[]
}

/** A record as asked for: with the fields, the references and the children that were wanted. */
export type RowOf<
  E extends EntityDeclaration,
  I extends string,
  F extends string,
  All extends Entities = {},
> = Pick<RecordOf<E>, (F | 'id' | 'version') & keyof RecordOf<E>> & {
  readonly [K in Exclude<I, ChildrenOf<E>>]: Reference | null
} & Required<Pick<WithChildren<E, All>, I & keyof WithChildren<E, All>>>

/** What to work out of the records, by group. */
export interface AggregateOf<E extends EntityDeclaration> {
  /** At most three; dates as `createdAt:month`, amounts by `price.currency`. */
  readonly group?: readonly (FieldName<E> | `${FieldName<E>}:${DateBucket}` | `${FieldName<E>}.currency`)[]
  readonly sum?: readonly FieldName<E>[]
  readonly avg?: readonly FieldName<E>[]
  readonly min?: readonly FieldName<E>[]
  readonly max?: readonly FieldName<E>[]
  readonly filter?: FilterOf<E>
  readonly q?: string
  /** Fields grouped by, `count`, `sum.amount` …, `-` before a name for descending. */
  readonly sort?: readonly string[]
  /** Groups at most, 1 to 1000. */
  readonly limit?: number
}

/** The states of an entity that has some. */
export type StateOf<E extends EntityDeclaration> = E extends {
  readonly transitions: { readonly field: infer F extends string }
}
  ? F extends keyof RecordOf<E>
    ? RecordOf<E>[F]
    : never
  : never
