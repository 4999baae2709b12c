import type { EntityDeclaration } from './entity.ts'
import type { CreateInput, RecordOf } from './record.ts'
import type { Text } from './text.ts'

/** Records that belong to another one and are saved with it, such as the lines of an invoice. */
export interface ChildrenDeclaration {
  /** Entity of the same plugin. It belongs to this one collection only. */
  readonly entity: string
  /** Its field that points to the parent. */
  readonly field: string
  /** Default: the child's `labelPlural`. */
  readonly label?: Text
  /** Fewest records a parent has. Default 0. */
  readonly min?: number
  /** Most records a parent has, at most 200. Default 200. */
  readonly max?: number
}

/** Entities by name, as a manifest declares them. */
type Entities = Readonly<Record<string, EntityDeclaration>>

type Child<C> = C extends { readonly entity: infer N extends string; readonly field: infer F extends string }
  ? { readonly entity: N; readonly field: F }
  : never

/** Collections of an entity by name, each with what `P` makes of its child. */
type Lists<E> = E extends { readonly children: infer C extends Readonly<Record<string, ChildrenDeclaration>> }
  ? C
  : {}

/** The children that came along with a record: those the change named. */
export type WithChildren<E extends EntityDeclaration, All extends Entities> = {
  readonly [K in keyof Lists<E>]?: readonly RecordOf<All[Child<Lists<E>[K]>['entity']]>[]
}

/** Children to create with their parent, in their order. */
export type CreateChildren<E extends EntityDeclaration, All extends Entities> = {
  readonly [K in keyof Lists<E>]?: readonly Omit<
    CreateInput<All[Child<Lists<E>[K]>['entity']]>,
    Child<Lists<E>[K]>['field']
  >[]
}

/** The children a record shall have: with `id` a present one and what changes of it, without a new one. Others are deleted. */
export type UpdateChildren<E extends EntityDeclaration, All extends Entities> = {
  readonly [K in keyof Lists<E>]?: readonly (Omit<
    CreateInput<All[Child<Lists<E>[K]>['entity']]>,
    Child<Lists<E>[K]>['field']
  > & { readonly id?: string; readonly version?: number })[]
}
