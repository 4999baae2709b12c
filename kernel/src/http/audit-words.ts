import type { AuditField, AuditSubject, AuditWords, Text } from '@plinth/sdk'
import {
  pluginActions,
  queryFields,
  type ActionModel,
  type EntityModel,
  type FieldModel,
} from '../data/index.ts'
import type { PluginView } from '../plugins/index.ts'

/** Entries about what plugins do as a whole have this for their subject's type. */
const PLUGIN = 'plugin'

/**
 * What entries are told in, from the manifests of the plugins. Those of plugins that are off keep their words.
 *
 * @param subjects types of the subjects there are entries about
 */
export function auditWords(view: PluginView, subjects: readonly string[]): AuditWords {
  const models = subjects.flatMap((id) => view.models.get(id) ?? [])
  const plugins = subjects.includes(PLUGIN) ? view.active : []
  return Object.fromEntries<AuditSubject>([
    ...models.map((model) => [model.id, entityWords(model)] as const),
    ...plugins.map(({ id, manifest }) => {
      const actions = actionWords(pluginActions(manifest))
      return [id, { label: manifest.name, fields: {}, actions }] as const
    }),
  ])
}

function entityWords(model: EntityModel): AuditSubject {
  const { label, transitions } = model.declaration
  const fields = queryFields(model).filter(({ base }) => !base)
  return {
    label,
    fields: Object.fromEntries(fields.map((field) => [field.name, fieldWords(field)])),
    ...(transitions ? { state: transitions.field } : {}),
    actions: actionWords([...model.actions, ...model.collectionActions]),
  }
}

function fieldWords({ declaration: { label, values, readOnly, computed } }: FieldModel): AuditField {
  return {
    label,
    ...(values ? { values: Object.fromEntries(values.map((each) => [each.value, each.label])) } : {}),
    ...(readOnly || computed ? { follows: true } : {}),
  }
}

function actionWords(actions: readonly ActionModel[]): Readonly<Record<string, Text>> {
  return Object.fromEntries(actions.map(({ name, declaration }) => [name, declaration.label]))
}
