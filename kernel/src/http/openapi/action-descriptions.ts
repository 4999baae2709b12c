import type { Text } from '@plinth/sdk'
import type { ActionModel, EntityModel } from '../../data/index.ts'
import { actionSchemaName, actionsThere } from './action-schemas.ts'
import {
  entityOperationId,
  type AnswerDescription,
  type DescribedWorld,
  type PlacedDescription,
  type RouteDescription,
} from './describe.ts'
import { featureProblems } from './feature-problems.ts'
import { aboutOne } from './entity-route.ts'
import { itemsOf, ref } from './schema-reference.ts'

export function describeOffers(model: EntityModel, { view }: DescribedWorld): RouteDescription | undefined {
  const names = actionsThere(view, model.plugin, model.actions).map(({ name }) => name)
  if (names.length === 0) return undefined
  return {
    id: entityOperationId('list_actions', model),
    tag: model.plugin,
    permission: model.permission('read'),
    summary: aboutOne(model, 'What can be done now: {name}', 'Was jetzt getan werden kann: {name}'),
    description: {
      en: 'Names of the actions you may carry out on this record as it is now.',
      de: 'Namen der Aktionen, die Sie mit diesem Datensatz, wie er jetzt ist, ausführen dürfen.',
    },
    answers: {
      200: {
        description: { en: 'Names of actions', de: 'Namen von Aktionen' },
        content: {
          schema: {
            ...itemsOf({ type: 'string', enum: names }),
            example: { items: names.slice(0, 1) },
          },
        },
      },
    },
  }
}

export function describeActions(model: EntityModel, { view }: DescribedWorld): PlacedDescription[] {
  return actionsThere(view, model.plugin, model.actions).map((action) => ({
    id: entityOperationId(`action_${action.name}`, model),
    tag: model.plugin,
    permission: action.permission,
    params: { action: action.name },
    summary: titleOf(model, action),
    description: actionText(action),
    ...(action.reads ? {} : { parameters: [IF_MATCH] }),
    body: { schema: ref(actionSchemaName(model.id, action)) },
    answers: action.reads ? outputAnswer(model.id, action) : recordAnswers(model),
    problems: [
      ...(action.reads ? [] : (['version_conflict'] as const)),
      'reference_unknown',
      ...(action.when ? (['action_refused'] as const) : []),
      ...featureProblems(action.declaration.feature),
    ],
    plugins: true,
    ...(action.reads ? {} : { repeatable: true as const }),
  }))
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: {
    en: 'The version you have seen, in quotes, as ETag gave it: if someone else was faster, 409 version_conflict. Without it, whatever there is now.',
    de: 'Die gesehene Version, in Anführungszeichen, wie ETag sie nannte: War jemand anders schneller, 409 version_conflict. Ohne sie gilt, was jetzt da ist.',
  },
  example: '"3"',
} as const

function recordAnswers(model: EntityModel): Record<number, AnswerDescription> {
  return {
    200: {
      description: {
        en: 'Done; the record as it is now',
        de: 'Ausgeführt; der Datensatz, wie er jetzt ist',
      },
      headers: ['ETag'],
      content: { schema: ref(model.id) },
    },
    204: {
      description: {
        en: 'Done; the record is gone, or you may not see it any more',
        de: 'Ausgeführt; den Datensatz gibt es nicht mehr, oder Sie dürfen ihn nicht mehr sehen',
      },
    },
  }
}

/** What an action that reads answers with. */
export function outputAnswer(owner: string, action: ActionModel): Record<number, AnswerDescription> {
  return {
    200: {
      description: {
        en: 'What it has found; nothing has changed',
        de: 'Das Ergebnis; geändert wurde nichts',
      },
      content: { schema: ref(`${actionSchemaName(owner, action)}.output`) },
    },
  }
}

function titleOf(model: EntityModel, { declaration }: ActionModel): Text {
  const { label } = declaration
  return aboutOne(model, `${label.en}: {name}`, `${label['de'] ?? label.en}: {name}`)
}

/** What its manifest says about an action, and where it is refused. */
export function actionText({ declaration: { description }, when }: ActionModel): Text {
  const condition = when ? JSON.stringify(when) : undefined
  const said = (language: string, refused: string): string =>
    [description?.[language] ?? description?.en, condition && refused].filter(Boolean).join(' ')
  return {
    en: said('en', `Only where ${condition} holds; elsewhere 409 action_refused.`),
    de: said('de', `Nur wo ${condition} gilt; sonst 409 action_refused.`),
  }
}
