import type { EntityDeclaration, EntityOperation, FieldDeclaration, Manifest } from '@plinth/sdk'
import { pluginRole } from '../role-names.ts'
import { actionsOf, type ActionModel } from './action-model.ts'
import { baseFields, ordinalField } from './base-fields.ts'
import { buildField } from './build-field.ts'
import { inOrderOfDependence } from './compute.ts'
import { customContainer, type CustomPlace } from './custom-fields.ts'
import { formerIds } from './former-ids.ts'
import { limitOn, type LimitModel } from './limit-model.ts'
import { trashableEntities, withTrash } from './trash.ts'
import { tableName } from './names.ts'

/** One field as the kernel works with it. */
export interface FieldModel {
  readonly name: string
  /** Its columns in the order of `fieldSql`; most types have one. */
  readonly columns: readonly string[]
  /** The first of them: the only one, or the one that has the order. */
  readonly column: string
  readonly declaration: FieldDeclaration
  /** Part of every record, declared by no one. */
  readonly base: boolean
  /** Never empty in the database, but see `late`. */
  readonly notNull: boolean
  /** `encrypted`: column that stands for its values where equality is asked, if it has one. */
  readonly blind?: string
  /** An upgrade is open: what the version before still creates lacks it for a while. */
  readonly late?: true
  /** `ref`: id of the target entity, `plugin.entity`. */
  readonly target?: string
  /** `ref`, `member`: name under which the label of what it leads to is included in answers. */
  readonly include?: string
  /** Set on a field a tenant has added: where its values are. */
  readonly custom?: CustomPlace
  /** Set on the field `custom` of an extensible entity: the fields the tenant has added. */
  readonly members?: readonly FieldModel[]
}

/** One collection of children as the kernel works with it. */
export interface ChildrenModel {
  /** Key in requests and answers. */
  readonly name: string
  /** Id of the entity of the children. */
  readonly entity: string
  /** Their field that points to the parent. */
  readonly field: string
  readonly min: number
  readonly max: number
}

/** One entity as the kernel works with it, resolved from the manifest. */
export interface EntityModel {
  /** `plugin.entity` */
  readonly id: string
  readonly plugin: string
  /** Version of the plugin that declares it. */
  readonly version: string
  readonly name: string
  readonly table: string
  /** Database role of its plugin. */
  readonly role: string
  readonly declaration: EntityDeclaration
  /** Ids it had in earlier versions: what tenants have stored may call it so. */
  readonly formerly: readonly string[]
  /** Base fields first, then the declared ones in order. */
  readonly fields: readonly FieldModel[]
  readonly byName: ReadonlyMap<string, FieldModel>
  /** Fields the tenant has added, found in `byName` as `custom.<name>`. Empty in the models all tenants share. */
  readonly custom: readonly FieldModel[]
  /** The encrypted ones. */
  readonly secret: readonly FieldModel[]
  readonly display: readonly string[]
  readonly operations: ReadonlySet<EntityOperation>
  /** Computed fields, each after those it follows from. */
  readonly computed: readonly FieldModel[]
  /** Collections that are saved with a record. */
  readonly children: readonly ChildrenModel[]
  /** What can be done with a record by name. */
  readonly actions: readonly ActionModel[]
  /** What can be done with the collection, or with some of its records together. */
  readonly collectionActions: readonly ActionModel[]
  /** Of an entity that is such a collection: whose, and which. */
  readonly parent?: { readonly entity: string; readonly collection: ChildrenModel }
  /** Plugins whose tables the role of its plugin may read: its own and those it requires or uses. */
  readonly reach: ReadonlySet<string>
  /** Whether its records can lie in the trash: deleted by themselves, or gone along with what they refer to. */
  readonly trashable: boolean
  /** The same entity as seen in the trash; only where records can be deleted into it by themselves. */
  readonly trash?: TrashModel
  /** Set on the model of the trash itself. */
  readonly trashed?: true
  /** How many records a tenant may have; none where there is no limit. */
  readonly limit?: LimitModel
  /** Address below `/api/v1`, e.g. `crm/customers`. */
  readonly path: string
  /** Permission id of an action on this entity. */
  permission(action: string): string
}

/** An entity as seen in the trash: its records say when and by whom they were deleted. */
export interface TrashModel extends EntityModel {
  readonly trashed: true
  readonly keepDays: number
}

export type Models = ReadonlyMap<string, EntityModel>

/**
 * What is remembered of an entity from its earlier versions. A renamed field keeps its column, and one of another type gets a column
 * beside the old one, so that both versions can work on one table.
 */
export interface PhysicalNames {
  readonly table: string
  /** Column by field, without the suffix of its type. */
  readonly columns: ReadonlyMap<string, string>
}

/** By `plugin.entity`. */
export type RememberedNames = ReadonlyMap<string, PhysicalNames>

/** What of a manifest its entities follow from. */
export type EntitySource = Pick<
  Manifest,
  'id' | 'version' | 'area' | 'entities' | 'requires' | 'uses' | 'limits'
>

/** Resolves the entities of all given manifests; they must have passed the manifest check. */
export function buildModels(
  manifests: Iterable<EntitySource>,
  remembered: RememberedNames = new Map(),
): Models {
  const models = new Map<string, EntityModel>()
  for (const manifest of manifests) {
    const parents = parentsOf(manifest)
    for (const [name, declaration] of Object.entries(manifest.entities ?? {})) {
      const known = remembered.get(`${manifest.id}.${name}`)
      const model = buildModel(manifest, name, declaration, parents.get(name), known)
      models.set(model.id, model)
    }
  }
  return withTrashes(models)
}

/** Most children a record has, unless its manifest allows fewer. */
const MOST_CHILDREN = 200

function childrenOf(plugin: string, declaration: EntityDeclaration): ChildrenModel[] {
  return Object.entries(declaration.children ?? {}).map(
    ([name, { entity, field, min = 0, max = MOST_CHILDREN }]) => ({
      name,
      entity: `${plugin}.${entity}`,
      field,
      min,
      max,
    }),
  )
}

/** The collection each child entity of a manifest belongs to, by the child's name. */
function parentsOf(manifest: EntitySource): Map<string, NonNullable<EntityModel['parent']>> {
  return new Map(
    Object.entries(manifest.entities ?? {}).flatMap(([name, declaration]) =>
      childrenOf(manifest.id, declaration).map((collection) => [
        collection.entity.slice(manifest.id.length + 1),
        { entity: `${manifest.id}.${name}`, collection },
      ]),
    ),
  )
}

/** Gives those a trash that have none yet and need one: records go along with what they refer to, in other plugins too. */
export function withTrashes(models: Models): Models {
  const trashable = trashableEntities(models)
  return new Map(
    [...models].map(([id, model]) => [id, trashable.has(id) && !model.trashable ? withTrash(model) : model]),
  )
}

function buildModel(
  manifest: EntitySource,
  name: string,
  declaration: EntityDeclaration,
  parent: EntityModel['parent'],
  remembered: PhysicalNames | undefined,
): EntityModel {
  const declared = Object.entries(declaration.fields).map(([field, options]) =>
    buildField(manifest.id, field, options, remembered?.columns.get(field)),
  )
  const fields = [
    ...baseFields,
    ...(parent ? [ordinalField] : []),
    ...declared,
    ...(declaration.extensible ? [customContainer()] : []),
  ]
  const limit = limitOn(manifest, name)
  const table = remembered?.table ?? tableName(manifest.id, name)
  const model: EntityModel = {
    id: `${manifest.id}.${name}`,
    plugin: manifest.id,
    version: manifest.version,
    name,
    table,
    formerly: formerIds(manifest, name, table),
    role: pluginRole(manifest.id),
    declaration,
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    custom: [],
    secret: fields.filter((field) => field.declaration.encrypted),
    display: typeof declaration.display === 'string' ? [declaration.display] : declaration.display,
    operations: new Set(declaration.operations ?? ['create', 'update', 'delete']),
    computed: inOrderOfDependence(declared),
    children: childrenOf(manifest.id, declaration),
    actions: [],
    collectionActions: [],
    ...(parent ? { parent } : {}),
    ...(limit ? { limit } : {}),
    reach: new Set([
      manifest.id,
      ...Object.keys(manifest.requires ?? {}),
      ...Object.keys(manifest.uses ?? {}),
    ]),
    trashable: false,
    path: `${manifest.id}/${declaration.collection}`,
    permission: (action) => `${manifest.area}.${manifest.id}.${name}.${action}`,
  }
  const actions = actionsOf(model)
  return {
    ...model,
    actions: actions.filter(({ on }) => on === 'record'),
    collectionActions: actions.filter(({ on }) => on === 'collection'),
  }
}

/** Whether every record certainly has a value of this field. */
export function isNeverEmpty({ notNull, late }: FieldModel): boolean {
  return notNull && !late
}
