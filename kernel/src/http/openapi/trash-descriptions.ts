import type { EntityModel, JsonSchema } from '../../data/index.ts'
import { listParameters } from './collection-parameters.ts'
import { entityOperationId, type RouteDescription } from './describe.ts'
import { aboutMany, aboutOne } from './entity-route.ts'
import { ref } from './schema-reference.ts'

export function describeTrash(model: EntityModel): RouteDescription | undefined {
  const { trash } = model
  if (!trash) return undefined
  return {
    id: entityOperationId('list_trash', model),
    tag: model.plugin,
    permission: model.permission('read'),
    summary: aboutMany(model, 'Deleted: {name}', 'Gelöscht: {name}'),
    description: {
      en: `What was deleted, when and by whom. It is removed for good after ${trash.keepDays} days. Needs one of the permissions restore, delete and purge too.`,
      de: `Was gelöscht wurde, wann und von wem. Nach ${trash.keepDays} Tagen wird es endgültig entfernt. Braucht auch eine der Berechtigungen restore, delete und purge.`,
    },
    parameters: listParameters(trash),
    answers: {
      200: {
        description: model.declaration.labelPlural,
        content: { schema: { anyOf: [ref(`${model.id}.trashed.page`), ref(`${model.id}.page.some`)] } },
      },
    },
    problems: ['query_invalid', 'cursor_invalid'],
  }
}

export function describeRestore(model: EntityModel): RouteDescription | undefined {
  if (!model.trash) return undefined
  return {
    id: entityOperationId('restore', model),
    tag: model.plugin,
    permission: model.permission('restore'),
    summary: aboutOne(model, 'Restore: {name}', 'Wiederherstellen: {name}'),
    description: {
      en: 'Brings a record back from the trash, with those that went along with it. 409 unique_violated when a value has been taken since, 422 reference_unknown when what it refers to is in the trash itself.',
      de: 'Holt einen Datensatz aus dem Papierkorb zurück, mit denen, die mit ihm gingen. 409 unique_violated, wenn ein Wert inzwischen vergeben ist, 422 reference_unknown, wenn das, worauf er verweist, selbst im Papierkorb liegt.',
    },
    answers: {
      200: {
        description: { en: 'Restored', de: 'Wiederhergestellt' },
        headers: ['ETag'],
        content: { schema: ref(model.id) },
      },
    },
    problems: ['unique_violated', 'reference_unknown'],
    plugins: true,
    repeatable: true,
  }
}

export function describePurge(model: EntityModel): RouteDescription | undefined {
  if (!model.trash) return undefined
  return {
    id: entityOperationId('purge', model),
    tag: model.plugin,
    permission: model.permission('purge'),
    summary: aboutOne(model, 'Delete for good: {name}', 'Endgültig löschen: {name}'),
    answers: { 204: { description: { en: 'Removed', de: 'Entfernt' } } },
    problems: ['still_referenced'],
    repeatable: true,
  }
}

export function describeEmptyTrash(model: EntityModel): RouteDescription | undefined {
  if (!model.trash) return undefined
  const schema: JsonSchema = {
    type: 'object',
    required: ['purged', 'kept', 'more'],
    properties: {
      purged: { type: 'integer', description: { en: 'Records removed for good', de: 'Endgültig entfernte' } },
      kept: {
        type: 'integer',
        description: {
          en: 'Records that stay, because others in the trash refer to them',
          de: 'Datensätze, die bleiben, weil andere im Papierkorb auf sie verweisen',
        },
      },
      more: {
        type: 'boolean',
        description: { en: 'There are more: ask again', de: 'Es gibt mehr: noch einmal' },
      },
    },
    example: { purged: 3, kept: 0, more: false },
  }
  return {
    id: entityOperationId('empty_trash', model),
    tag: model.plugin,
    permission: model.permission('purge'),
    summary: aboutMany(model, 'Empty the trash: {name}', 'Papierkorb leeren: {name}'),
    answers: { 200: { description: { en: 'How many', de: 'Wie viele' }, content: { schema } } },
    repeatable: true,
  }
}
