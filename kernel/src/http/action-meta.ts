import type { ActionMeta, EntityMeta } from '@plinth/sdk'
import type { Access } from '../access/index.ts'
import type { ActionModel, EntityModel } from '../data/index.ts'
import type { PluginView } from '../plugins/index.ts'
import { fieldMeta } from './field-meta.ts'

/** The actions the actor may carry out, on some records at least; whether the one at hand is one of them, its own address says. */
export function actionsMeta(
  model: EntityModel,
  view: PluginView,
  access: Access,
): Pick<EntityMeta, 'actions'> {
  const actions = model.actions
    .filter(({ permission }) => access.can(permission))
    .map((action) => actionMeta(action, view))
  return actions.length > 0 ? { actions } : {}
}

function actionMeta({ name, declaration, input }: ActionModel, view: PluginView): ActionMeta {
  const { label, description, icon, danger } = declaration
  return {
    name,
    label,
    ...(description ? { description } : {}),
    ...(icon ? { icon } : {}),
    danger: danger === true,
    fields: input.fields.map((field) => fieldMeta(field, view)),
  }
}
