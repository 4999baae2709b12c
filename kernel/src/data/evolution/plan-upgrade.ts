import type { Manifest } from '@plinth/sdk'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { sideTable } from '../model/custom-fields.ts'
import { constraintName } from '../model/names.ts'
import { uniqueSets } from '../model/orm-schema.ts'
import { findConversion } from './conversions.ts'
import { columnDefault, fillsOf } from './default-values.ts'
import { isNarrower } from './narrower-values.ts'
import { entityBefore, fieldBefore, isSameTarget } from './physical-names.ts'
import { digestOf, modelsOfShape, type PluginShape } from './plugin-shape.ts'
import { withRecomputed, type PlannedEntity } from './recomputed-fields.ts'
import type { FieldMove, UpgradePlan } from './upgrade-plan.ts'

/** A change of an entity that has no safe way. */
export interface UpgradeRefusal {
  /** JSON Pointer into the manifest. */
  readonly pointer: string
  readonly code:
    | 'type_changed'
    | 'reference_changed'
    | 'value_missing'
    | 'trash_lost'
    | 'custom_lost'
    | 'secret_changed'
  readonly message: string
}

/**
 * Computes the way from the installed version of a plugin to another one.
 *
 * @param models entities of the plugin in the new version, with their tables and columns from `nextNames`
 * @param byCode entities for which the plugin's code has upgrades from the installed version
 * @returns the plan, or every change that cannot be made
 */
export function planUpgrade(
  plugin: string,
  installed: PluginShape,
  models: readonly EntityModel[],
  byCode: ReadonlySet<string>,
): { readonly plan: UpgradePlan; readonly refusals: readonly UpgradeRefusal[] } {
  const before = modelsOfShape({ id: plugin, area: 'x' }, installed)
  const declared = Object.fromEntries(models.map((model) => [model.name, model.declaration]))
  const refusals: UpgradeRefusal[] = []
  const planned: PlannedEntity[] = []
  const kept = new Set<string>()
  for (const model of models) {
    const was = entityBefore(model.name, declared, installed)
    if (!was) continue
    kept.add(was.shape.table)
    const old = before.get(`${plugin}.${was.name}`)!
    const around = { installed, declared, byCode: byCode.has(model.name) }
    planned.push({ model, ...planEntity(old, model, around, refusals) })
  }
  const dropTables = [...before.values()].filter(({ table }) => !kept.has(table)).flatMap(tablesOf)
  return {
    plan: {
      plugin,
      from: installed.version,
      to: models[0]?.version ?? installed.version,
      installed: digestOf(before.values()),
      entities: withRecomputed(planned),
      dropTables,
    },
    refusals,
  }
}

function isSecret({ declaration }: FieldModel): boolean {
  return declaration.encrypted === true
}

/** A new one must be empty at first; an old one has to stay what it is. */
function isSameSecret(
  old: EntityModel,
  was: FieldModel | undefined,
  model: EntityModel,
  field: FieldModel,
): boolean {
  if (!was) return !field.notNull
  const key = ({ name, notNull, blind, declaration: { type, encrypted, scale } }: FieldModel) =>
    JSON.stringify([name, notNull, blind, type, encrypted, scale])
  return old.name === model.name && key(was) === key(field)
}

/** All its columns, with the one that stands for an encrypted value. */
export function allColumns({ columns, blind }: FieldModel): readonly string[] {
  return blind === undefined ? columns : [...columns, blind]
}

/** Its own table, and the one of its custom fields. */
export function tablesOf({ table, declaration }: EntityModel): string[] {
  return declaration.extensible ? [table, sideTable(table)] : [table]
}

interface Surroundings {
  readonly installed: PluginShape
  readonly declared: NonNullable<Manifest['entities']>
  /** Code of the plugin looks at every record. */
  readonly byCode: boolean
}

function planEntity(
  old: EntityModel,
  model: EntityModel,
  around: Surroundings,
  refusals: UpgradeRefusal[],
): Omit<PlannedEntity, 'model'> {
  const shape = around.installed.entities[old.name]!
  const pairs = model.fields
    .filter(({ base, members }) => !base && !members)
    .map((field) => {
      const was = fieldBefore(field.name, model.declaration.fields, shape)
      return { field, was: was === undefined ? undefined : old.byName.get(was)! }
    })
  const moves: FieldMove[] = []
  const fills: { column: string; value: string }[] = []
  const checks: string[] = []
  const later: string[] = []
  const refuse = (field: FieldModel, code: UpgradeRefusal['code'], message: string): void => {
    refusals.push({ pointer: `/entities/${model.name}/fields/${field.name}`, code, message })
  }
  if (old.trashable && !model.trashable)
    refusals.push({ pointer: `/entities/${model.name}`, code: 'trash_lost', message: TRASH_LOST })
  if (old.declaration.extensible && (!model.declaration.extensible || old.name !== model.name))
    refusals.push({ pointer: `/entities/${model.name}`, code: 'custom_lost', message: CUSTOM_LOST })
  for (const { field, was } of pairs) {
    if (isSecret(field) || (was && isSecret(was))) {
      if (!isSameSecret(old, was, model, field)) refuse(field, 'secret_changed', SECRET_CHANGED)
      continue
    }
    const moved = was !== undefined && was.columns.join() !== field.columns.join()
    if (moved) {
      const sameTarget = isSameTarget(was.target, field.target, around.declared, around.installed)
      const conversion = sameTarget ? findConversion(was, field) : undefined
      // What is computed another way from now on is worked out anew, and nothing is made of what it was.
      const anew = field.declaration.computed !== undefined
      if (!conversion && !around.byCode && !anew) refuse(field, ...noWay(was, field, sameTarget))
      moves.push({ field: field.name, from: was.columns, to: field.columns, ...(anew ? {} : conversion) })
    }
    if (field.notNull && (was === undefined ? columnDefault(field) === undefined : !was.notNull || moved))
      fills.push(...fillsOf(field))
    if (was === undefined && field.notNull && !hasValue(field) && !around.byCode)
      refuse(field, 'value_missing', MISSING)
    if (was !== undefined ? moved || isNarrower(was, field) : isEmptyAtFirst(field)) checks.push(field.name)
    if (was !== undefined ? moved || (field.notNull && !was.notNull) : isEmptyAtFirst(field))
      later.push(field.name)
  }
  const stays = new Set(model.fields.flatMap(({ columns }) => columns))
  const gone = old.fields.filter((field) => field.columns.some((column) => !stays.has(column)))
  const fresh = new Set(pairs.flatMap(({ field, was }) => (was ? [] : [field.name])))
  const upgrade = {
    entity: model.name,
    was: old.name,
    table: model.table,
    moves,
    fills,
    checks,
    uniques: newUniques(old, model, fresh),
    byCode: around.byCode,
    later,
    // What the next version does not know it leaves empty; a default of the column stands in.
    loosen: gone
      .filter((field) => field.notNull && (isMoved(field, moves) || columnDefault(field) === undefined))
      .flatMap(allColumns),
    drop: gone.flatMap(allColumns),
    dropConstraints: [...lostUniques(old, model), ...changedReferences(old, model)],
  }
  return { upgrade, fresh }
}

const TRASH_LOST = 'What lies in the trash would come back to life: the entity has to keep its "softDelete".'
const SECRET_CHANGED =
  'What is encrypted is bound to its place: neither entity nor field can be called otherwise, and an encrypted field neither comes to be, ceases to be, nor changes its type, "required", "unique" or "indexed". Declare a new optional one.'
const CUSTOM_LOST =
  'Fields that workspaces have added would be lost: the entity has to keep its name and "extensible".'
const MISSING =
  'Records that exist would have no value: give the field a "default", or the plugin’s code an upgrade for this entity.'

function noWay(
  was: FieldModel,
  { declaration: { type } }: FieldModel,
  sameTarget: boolean,
): [UpgradeRefusal['code'], string] {
  return sameTarget
    ? [
        'type_changed',
        `There is no safe way from ${was.declaration.type} to ${type}: declare a new field, or give the plugin’s code an upgrade for this entity.`,
      ]
    : [
        'reference_changed',
        'The ids of one entity are not those of another: declare a new field, or give the plugin’s code an upgrade for this entity.',
      ]
}

function hasValue({ declaration }: FieldModel): boolean {
  return declaration.default !== undefined
}

/** A new field that must have a value, and gets it in each record by itself. */
function isEmptyAtFirst(field: FieldModel): boolean {
  return field.notNull && columnDefault(field) === undefined
}

function isMoved(field: FieldModel, moves: readonly FieldMove[]): boolean {
  return moves.some(({ from }) => from.join() === field.columns.join())
}

/** Combinations that hold for new records only so far. Those of fields that are empty everywhere hold already. */
function newUniques(old: EntityModel, model: EntityModel, fresh: ReadonlySet<string>): (readonly string[])[] {
  const before = new Set(uniqueSets(old).map(({ name }) => name))
  return uniqueSets(model)
    .filter(({ name }) => !before.has(name))
    .map(({ fields }) => fields)
    .filter((fields) => !fields.some((name) => fresh.has(name) && !model.byName.get(name)!.notNull))
}

function lostUniques(old: EntityModel, model: EntityModel): string[] {
  const kept = new Set(uniqueSets(model).map(({ name }) => name))
  const stays = new Set(model.fields.flatMap(({ columns }) => columns))
  return uniqueSets(old)
    .filter(
      ({ fields, name }) =>
        !kept.has(name) && fields.every((field) => stays.has(old.byName.get(field)!.column)),
    )
    .map(({ name }) => name)
}

/** References that stay, with another rule for the deletion of their target. */
function changedReferences(old: EntityModel, model: EntityModel): string[] {
  return model.fields.flatMap((field) => {
    const was = old.fields.find(({ column }) => !field.base && column === field.column)
    const rule = ({ declaration }: FieldModel) => declaration.onDelete ?? 'restrict'
    return was?.target !== undefined && rule(was) !== rule(field)
      ? [constraintName(model.table, 'fk', [field.column])]
      : []
  })
}
