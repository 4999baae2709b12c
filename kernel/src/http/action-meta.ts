import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import type { Access } from '../access/index.ts'
import { pluginActions, type ActionModel, type EntityModel } from '../data/index.ts'
import { hasFeature, isOffered, type PluginView } from '../plugins/index.ts'
import { fieldMeta } from './field-meta.ts'

type Actions = Pick<EntityMeta, 'actions' | 'collectionActions' | 'pluginActions'>

/**
 * The actions the actor may carry out. Of those on records, on some at least; whether the one at hand is one of them, its own address says.
 */
export function actionsMeta(model: EntityModel, view: PluginView, access: Access): Actions {
  const { manifest } = view.active.find(({ id }) => id === model.plugin)!
  const told = (actions: readonly ActionModel[], address?: string): readonly ActionMeta[] =>
    actions
      .filter(({ declaration }) => hasFeature(view, model.plugin, declaration.feature))
      .filter((action) =>
        action.on === 'record' || action.records
          ? access.can(action.permission)
          : isOffered({ access }, action),
      )
      .map((action) => actionMeta(action, view, address))
  const found = {
    actions: told(model.actions),
    collectionActions: told(model.collectionActions, model.path),
    pluginActions: told(pluginActions(manifest), model.plugin),
  }
  return Object.fromEntries(Object.entries(found).filter(([, actions]) => actions.length > 0))
}

function actionMeta(
  { name, declaration, input, chosen, output, records }: ActionModel,
  view: PluginView,
  address: string | undefined,
): ActionMeta {
  const { label, description, icon, danger } = declaration
  return {
    name,
    label,
    ...(description ? { description } : {}),
    ...(icon ? { icon } : {}),
    danger: danger === true,
    fields: input.fields.map((field) => fieldMeta(field, view)),
    ...(chosen.length > 0 ? { chosen } : {}),
    ...(output ? { output: output.fields.map((field) => fieldMeta(field, view)) } : {}),
    ...(records ? { records } : {}),
    ...(address === undefined ? {} : { api: `/api/v1/${address}/actions/${name}` }),
  }
}
