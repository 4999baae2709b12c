import type { Text } from '@plinth/sdk'
import { pluginActions, type ActionModel, type EntityModel } from '../../data/index.ts'
import { actionText, outputAnswer } from './action-descriptions.ts'
import { actionSchemaName, actionsThere } from './action-schemas.ts'
import { entityOperationId, type Describe, type DescribedWorld, type PlacedDescription } from './describe.ts'
import { featureProblems } from './feature-problems.ts'
import { aboutMany } from './entity-route.ts'
import { ref } from './schema-reference.ts'

export function describeCollectionActions(model: EntityModel, { view }: DescribedWorld): PlacedDescription[] {
  return actionsThere(view, model.plugin, model.collectionActions).map((action) => {
    const { label } = action.declaration
    return {
      ...together(action, model.id, entityOperationId(`action_${action.name}`, model), model.plugin),
      summary: aboutMany(model, `${label.en}: {name}`, `${label['de'] ?? label.en}: {name}`),
      params: { action: action.name },
      problems: [
        'reference_unknown',
        ...(action.records ? (['version_conflict'] as const) : []),
        ...(action.when ? (['action_refused'] as const) : []),
        ...featureProblems(action.declaration.feature),
      ],
    }
  })
}

export const describePluginActions: Describe = ({ view }) =>
  view.active.flatMap(({ id, manifest }) =>
    actionsThere(view, id, pluginActions(manifest)).map((action): PlacedDescription => {
      const name = `${id}_plugin_action_${action.name}`.replaceAll('-', '_')
      const { label } = action.declaration
      const summary: Text = {
        en: `${label.en}: ${manifest.name.en}`,
        de: `${label['de'] ?? label.en}: ${manifest.name['de'] ?? manifest.name.en}`,
      }
      return {
        ...together(action, id, name, id),
        summary,
        params: { plugin: id, action: action.name },
        problems: ['reference_unknown', ...featureProblems(action.declaration.feature)],
      }
    }),
  )

function together(
  action: ActionModel,
  owner: string,
  id: string,
  tag: string,
): Omit<PlacedDescription, 'summary' | 'problems'> {
  return {
    id,
    tag,
    permission: action.permission,
    description: actionText(action),
    body: { schema: ref(actionSchemaName(owner, action)) },
    answers: action.reads
      ? outputAnswer(owner, action)
      : { 204: { description: { en: 'Done', de: 'Ausgeführt' } } },
    plugins: true,
    ...(action.reads ? {} : { repeatable: true as const }),
  }
}
