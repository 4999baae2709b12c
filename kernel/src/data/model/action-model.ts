import type { ActionBase, ActionDeclaration, FieldDeclaration, Filter, Manifest } from '@plinth/sdk'
import { buildField } from './build-field.ts'
import type { EntityModel } from './entity-model.ts'

/** One named action as the kernel works with it. */
export interface ActionModel {
  readonly name: string
  readonly on: 'record' | 'collection' | 'plugin'
  readonly declaration: ActionBase
  /** Records it can be carried out on. */
  readonly when?: Filter
  readonly permission: string
  /** What it is told, as if that were a record of the entity. */
  readonly input: EntityModel
  /** Fields of the input that name one of the records it is carried out on. */
  readonly chosen: readonly string[]
  /** It changes nothing. */
  readonly reads: boolean
  /** Of one that reads: what it answers with. */
  readonly output?: EntityModel
  /** Of one on a collection: how many records of it it is carried out on. */
  readonly records?: { readonly min: number; readonly max: number }
}

/** Most records an action is carried out on together, unless its manifest allows fewer. */
export const MOST_CHOSEN = 100

type Fields = Readonly<Record<string, FieldDeclaration & { readonly chosen?: true }>>
type Said = Pick<EntityModel['declaration'], 'label' | 'labelPlural' | 'collection' | 'display'>

/** The actions of an entity, on records and on the collection. */
export function actionsOf(model: EntityModel): ActionModel[] {
  return Object.entries(model.declaration.actions ?? {}).map(([name, declaration]) => ({
    ...modelled(model, name, declaration),
    on: declaration.on ?? 'record',
    ...(declaration.when ? { when: declaration.when } : {}),
    permission: declaration.permission ?? model.permission(name),
    ...chosenRecords(declaration),
  }))
}

function chosenRecords({ records }: ActionDeclaration): Pick<ActionModel, 'records'> {
  if (records === undefined) return {}
  const { min = 1, max = MOST_CHOSEN } = records === true ? {} : records
  return { records: { min, max } }
}

const ofPlugins = new WeakMap<object, readonly ActionModel[]>()

/** The actions of a plugin as a whole. */
export function pluginActions(manifest: Manifest): readonly ActionModel[] {
  let actions = ofPlugins.get(manifest)
  if (!actions) {
    const { name: label } = manifest
    const like = nothing(manifest, { label, labelPlural: label, collection: 'actions', display: [] })
    actions = Object.entries(manifest.actions ?? {}).map(([name, declaration]) => ({
      ...modelled(like, name, declaration),
      on: 'plugin' as const,
      permission: declaration.permission,
    }))
    ofPlugins.set(manifest, actions)
  }
  return actions
}

/** An entity without records, in whose place a plugin as a whole stands. */
function nothing({ id, version, area }: Manifest, said: Said): EntityModel {
  return {
    id,
    plugin: id,
    version,
    name: '',
    formerly: [],
    table: '',
    role: '',
    declaration: { ...said, fields: {} },
    fields: [],
    byName: new Map(),
    custom: [],
    secret: [],
    display: [],
    operations: new Set(),
    computed: [],
    children: [],
    actions: [],
    collectionActions: [],
    reach: new Set(),
    trashable: false,
    path: id,
    permission: (action) => `${area}.${id}.${action}`,
  }
}

type Modelled = Pick<ActionModel, 'name' | 'declaration' | 'input' | 'chosen' | 'reads' | 'output'>

function modelled(model: EntityModel, name: string, declaration: ActionBase): Modelled {
  const input: Fields = declaration.input ?? {}
  return {
    name,
    declaration,
    reads: declaration.effect === 'read',
    input: valuesModel(model, `${model.id} ${name}`, input),
    chosen: Object.keys(input).filter((field) => input[field]!.chosen),
    ...(declaration.output
      ? { output: valuesModel(model, `${model.id} ${name} output`, declaration.output) }
      : {}),
  }
}

/** Named values, as if they were a record of the entity. */
function valuesModel(model: EntityModel, id: string, declared: Fields): EntityModel {
  const { label, labelPlural, collection, display } = model.declaration
  const fields = Object.entries(declared).map(([field, options]) => buildField(model.plugin, field, options))
  return {
    ...model,
    id,
    declaration: { label, labelPlural, collection, display, fields: declared },
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    computed: [],
    children: [],
    secret: [],
    custom: [],
  }
}
