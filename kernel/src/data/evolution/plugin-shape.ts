import { createHash } from 'node:crypto'
import type { EntityDeclaration, Manifest } from '@plinth/sdk'
import {
  buildModels,
  type EntityModel,
  type FieldModel,
  type Models,
  type PhysicalNames,
  type RememberedNames,
  withTrashes,
} from '../model/entity-model.ts'
import { columnsSql } from '../model/field-sql.ts'
import { physicalColumns } from '../model/orm-schema.ts'
import type { UpgradePlan } from './upgrade-plan.ts'

/** What the tables of one version of a plugin look like and mean; stored, so that the next version can be compared with it. */
export interface PluginShape {
  readonly version: string
  readonly entities: Readonly<Record<string, EntityShape>>
}

export interface EntityShape {
  readonly declaration: EntityDeclaration
  readonly table: string
  /** Column by field, without the suffix of its type. */
  readonly columns: Readonly<Record<string, string>>
}

/** The shapes of all plugins that have entities. */
export function shapesOf(models: Models): Map<string, PluginShape> {
  const shapes = new Map<string, PluginShape & { readonly entities: Record<string, EntityShape> }>()
  for (const model of models.values()) {
    const shape = shapes.get(model.plugin) ?? { version: model.version, entities: {} }
    shape.entities[model.name] = {
      declaration: model.declaration,
      table: model.table,
      columns: Object.fromEntries(
        model.fields
          .filter(({ base, members }) => !base && !members)
          .map((field) => [field.name, columnBase(field)]),
      ),
    }
    shapes.set(model.plugin, shape)
  }
  return shapes
}

/** What the names of a field's columns begin with. */
function columnBase({ column, declaration }: FieldModel): string {
  return column.slice(0, column.length - columnsSql(declaration)[0].suffix.length)
}

/** The models of a stored shape. */
export function modelsOfShape(
  manifest: Pick<Manifest, 'id' | 'area' | 'requires' | 'uses'>,
  shape: PluginShape,
): Models {
  const entities = Object.fromEntries(
    Object.entries(shape.entities).map(([name, { declaration }]) => [name, declaration]),
  )
  const source = { ...manifest, version: shape.version, entities }
  return buildModels([source], namesOfShape(manifest.id, shape))
}

/** A version whose tables are there, and whether one before it works on them too. */
interface LivingShape {
  readonly digest: string
  readonly shape: PluginShape
  readonly plan: UpgradePlan | null
}

/**
 * The entities of all plugins as the newest versions see them, and as those before do whose upgrade is still open.
 *
 * @param models of the plugins that are at hand
 * @param shapes what is stored of each, the current one first
 */
export function livingVersions(
  models: readonly EntityModel[],
  shapes: ReadonlyMap<string, readonly LivingShape[]>,
): readonly [newest: Models, former: Models] {
  const newest: [string, EntityModel][] = []
  const former: [string, EntityModel][] = []
  for (const plugin of new Set(models.map((model) => model.plugin))) {
    const [current, ...others] = shapes.get(plugin) ?? []
    if (!current) continue
    const before = others.find(({ digest }) => digest === current.plan?.installed) ?? current
    newest.push(...modelsOfShape({ id: plugin, area: 'x' }, current.shape))
    former.push(...modelsOfShape({ id: plugin, area: 'x' }, before.shape))
  }
  return [withTrashes(new Map(newest)), withTrashes(new Map(former))]
}

export function namesOfShape(plugin: string, shape: PluginShape): RememberedNames {
  return new Map(
    Object.entries(shape.entities).map(([name, { table, columns }]): [string, PhysicalNames] => [
      `${plugin}.${name}`,
      { table, columns: new Map(Object.entries(columns)) },
    ]),
  )
}

/** What changes without the tables or the meaning of their values taking notice. */
const COSMETIC_ENTITY = new Set([
  'label',
  'labelPlural',
  'icon',
  'was',
  'collection',
  'display',
  'fields',
  'list',
  'form',
  'operations',
  'transitions',
])
const COSMETIC_FIELD = new Set(['label', 'help', 'was', 'readOnly', 'immutable', 'pii', 'values'])

/** The same for versions of a plugin that work on the same tables in the same way. */
export function digestOf(models: Iterable<EntityModel>): string {
  const shape = [...models]
    .map((model) => [
      model.name,
      model.table,
      without(model.declaration, COSMETIC_ENTITY),
      model.declaration.list?.sort ?? null,
      model.fields
        .filter(({ base }) => !base)
        .map((field) => [
          field.name,
          physicalColumns(field),
          without(field.declaration, COSMETIC_FIELD),
          field.declaration.values?.map(({ value }) => value) ?? null,
        ])
        .toSorted(byName),
    ])
    .toSorted(byName)
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32)
}

function byName([left]: unknown[], [right]: unknown[]): number {
  return String(left) < String(right) ? -1 : 1
}

/** In a fixed order: a manifest is the same whichever way its options are written down. */
function without(value: object, names: ReadonlySet<string>): [string, unknown][] {
  return Object.entries(value)
    .filter(([name]) => !names.has(name))
    .toSorted(byName)
}
