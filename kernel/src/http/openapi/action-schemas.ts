import {
  createSchema,
  pluginActions,
  recordSchema,
  type ActionModel,
  type EntityModel,
  type JsonSchema,
} from '../../data/index.ts'
import { hasFeature } from '../../plugins/index.ts'
import type { DescribedView } from './describe.ts'
import { described, plain } from './entity-schemas.ts'
import { exampleId } from './example-values.ts'

/** Name of the schema of what an action is told; that of what it answers with has `.output` behind it. */
export function actionSchemaName(owner: string, { name, on }: ActionModel): string {
  // No entity has a name with a hyphen.
  return on === 'plugin' ? `${owner}.plugin-action.${name}` : `${owner}.action.${name}`
}

/** Those that no feature which is off takes away. */
export function actionsThere(
  view: DescribedView,
  plugin: string,
  actions: readonly ActionModel[],
): readonly ActionModel[] {
  return actions.filter(({ declaration }) => hasFeature(view, plugin, declaration.feature))
}

/** Component schemas of all actions: what they are told, and what those that read answer with. */
export function actionSchemas(view: DescribedView): [string, JsonSchema][] {
  const { active, entities } = view
  return [
    ...[...entities.values()].flatMap((model) =>
      actionsThere(view, model.plugin, [...model.actions, ...model.collectionActions]).flatMap((action) =>
        schemasOf(model.id, action, model),
      ),
    ),
    ...active.flatMap(({ id, manifest }) =>
      actionsThere(view, id, pluginActions(manifest)).flatMap((action) => schemasOf(id, action, undefined)),
    ),
  ]
}

function schemasOf(
  owner: string,
  action: ActionModel,
  model: EntityModel | undefined,
): [string, JsonSchema][] {
  const { input, output, declaration } = action
  const name = actionSchemaName(owner, action)
  const told = described(input, plain(createSchema(input)), declaration.label)
  const answered = output && described(output, plain(recordSchema(output)), declaration.label)
  return [
    [name, action.records && model ? withRecords(told, action, model) : told],
    ...(answered ? [[`${name}.output`, answered] as [string, JsonSchema]] : []),
  ]
}

function withRecords(
  schema: ReturnType<typeof described>,
  { records, chosen }: ActionModel,
  model: EntityModel,
): JsonSchema {
  const { min, max } = records!
  const ids = Array.from({ length: Math.max(min, 1) }, (_, index) => exampleId(`${model.id} ${index}`))
  // One of the records is named by what they are called in the example.
  const names = Object.fromEntries(chosen.map((name) => [name, ids[0]]))
  const isNeeded = (name: string): boolean => schema.example !== undefined || chosen.includes(name)
  return {
    ...schema,
    required: ['records', ...(schema.required ?? [])],
    properties: {
      records: {
        type: 'array',
        minItems: min,
        maxItems: max,
        description: {
          en: 'The records it is carried out on. With version, the one you have seen, it is refused when someone else was faster.',
          de: 'Die Datensätze, mit denen sie ausgeführt wird. Mit version, der gesehenen, wird sie abgelehnt, wenn jemand anders schneller war.',
        },
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id'],
          properties: { id: { type: 'string', format: 'uuid' }, version: { type: 'integer' } },
        },
      },
      ...schema.properties,
    },
    ...((schema.required ?? []).every(isNeeded)
      ? { example: { records: ids.map((id) => ({ id, version: 1 })), ...schema.example, ...names } }
      : {}),
  }
}
