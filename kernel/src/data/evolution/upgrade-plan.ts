import type { Conversion } from './conversions.ts'

/** Everything that turns the tables and records of one version of a plugin into those of the next. Stored, so that each step goes by it. */
export interface UpgradePlan {
  readonly plugin: string
  readonly from: string
  readonly to: string
  /** Digest of the version before. */
  readonly installed: string
  readonly entities: readonly EntityUpgrade[]
  /** Tables of entities that are no more; dropped by the contract step. */
  readonly dropTables: readonly string[]
}

export interface EntityUpgrade {
  /** Names in the next version and the one before. */
  readonly entity: string
  readonly was: string
  readonly table: string
  /** Fields that have columns of both versions. */
  readonly moves: readonly FieldMove[]
  /** Columns that are empty in records of the version before, and the SQL of what they get. */
  readonly fills: readonly { readonly column: string; readonly value: string }[]
  /** Fields whose every value is looked at. */
  readonly checks: readonly string[]
  /** Field combinations that are unique from now on. */
  readonly uniques: readonly (readonly string[])[]
  /** Computed fields that are worked out in every record, in their order of dependence. */
  readonly recomputed?: readonly string[]
  /** The plugin's code looks at every record. */
  readonly byCode: boolean
  /** Fields whose columns get their default and NOT NULL in the contract step. */
  readonly later: readonly string[]
  /** Columns of the version before that have to admit NULL while both versions work. */
  readonly loosen: readonly string[]
  /** Columns of the version before; dropped by the contract step. */
  readonly drop: readonly string[]
  /** Constraints that the next version does not keep. */
  readonly dropConstraints: readonly string[]
}

export interface FieldMove extends Partial<Conversion> {
  readonly field: string
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** Records have to be looked at, tenant by tenant. */
function hasBackfill(plan: UpgradePlan): boolean {
  return entitiesToVisit(plan).length > 0
}

/** Entities whose records have to be looked at. */
export function entitiesToVisit({ entities }: Pick<UpgradePlan, 'entities'>): EntityUpgrade[] {
  return entities.filter(
    ({ moves, fills, checks, uniques, recomputed = [], byCode }) =>
      byCode || moves.length + fills.length + checks.length + uniques.length + recomputed.length > 0,
  )
}

/** Something is left to be done once no node runs the version before any more. */
export function hasContract(plan: UpgradePlan): boolean {
  return hasBackfill(plan) || plan.dropTables.length > 0 || plan.entities.some(({ drop }) => drop.length > 0)
}
