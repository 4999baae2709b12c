import type { Text } from '@plinth/sdk'
import type { EntityModel, JsonSchema } from '../../data/index.ts'
import { BULK_ROWS } from '../read-bulk.ts'
import { entityOperationId, type RouteDescription } from './describe.ts'
import { aboutMany, aboutOne, entityRoute } from './entity-route.ts'
import { exampleId } from './example-values.ts'
import { includeParameter, listParameters, revealParameter } from './collection-parameters.ts'
import { ref } from './schema-reference.ts'

const uuid: JsonSchema = { type: 'string', format: 'uuid' }

export function describeList(model: EntityModel): RouteDescription {
  return {
    ...entityRoute(model, 'list', 'read'),
    summary: aboutMany(model, 'List {name}', '{name} auflisten'),
    description: {
      en: 'Pages follow by cursor: pass next of one page as cursor of the following one, with the same sort and filter.',
      de: 'Seiten folgen mit Zeiger: next der einen Seite ist cursor der nächsten, bei gleicher Sortierung und gleichem Filter.',
    },
    parameters: listParameters(model),
    answers: {
      200: {
        description: model.declaration.labelPlural,
        content: { schema: { anyOf: [ref(`${model.id}.page`), ref(`${model.id}.page.some`)] } },
      },
    },
    problems: ['query_invalid', 'cursor_invalid'],
  }
}

export function describeGet(model: EntityModel): RouteDescription {
  return {
    ...entityRoute(model, 'get', 'read'),
    summary: aboutOne(model, 'Read one: {name}', 'Lesen: {name}'),
    parameters: [...includeParameter(model), ...revealParameter(model)],
    answers: {
      200: { description: model.declaration.label, headers: ['ETag'], content: { schema: ref(model.id) } },
    },
    problems: ['query_invalid'],
  }
}

export function describeCreate(model: EntityModel): RouteDescription | undefined {
  if (!model.operations.has('create')) return undefined
  return {
    ...entityRoute(model, 'create', 'create'),
    summary: aboutOne(model, 'Create: {name}', 'Anlegen: {name}'),
    body: { schema: ref(`${model.id}.create`) },
    answers: {
      201: {
        description: { en: 'Created', de: 'Angelegt' },
        headers: ['ETag', 'Location'],
        content: { schema: ref(model.id) },
      },
    },
    plugins: true,
    repeatable: true,
  }
}

export function describeUpdate(model: EntityModel): RouteDescription | undefined {
  if (!model.operations.has('update')) return undefined
  return {
    ...entityRoute(model, 'update', 'update'),
    summary: aboutOne(model, 'Change: {name}', 'Ändern: {name}'),
    description: {
      en: 'Only the given fields change. If someone else was faster: 409 version_conflict, with the current version; read again, and decide.',
      de: 'Nur die genannten Felder ändern sich. War jemand anders schneller: 409 version_conflict, mit der jetzigen Version; neu lesen und entscheiden.',
    },
    parameters: [
      {
        name: 'If-Match',
        in: 'header',
        description: {
          en: 'The version you have seen, in quotes, as ETag gave it. Or send version in the body.',
          de: 'Die gesehene Version, in Anführungszeichen, wie ETag sie nannte. Oder version im Inhalt senden.',
        },
        example: '"3"',
      },
    ],
    body: { schema: ref(`${model.id}.update`) },
    answers: {
      200: {
        description: { en: 'Changed', de: 'Geändert' },
        headers: ['ETag'],
        content: { schema: ref(model.id) },
      },
    },
    problems: ['version_required'],
    plugins: true,
    repeatable: true,
  }
}

export function describeDelete(model: EntityModel): RouteDescription | undefined {
  if (!model.operations.has('delete')) return undefined
  return {
    ...entityRoute(model, 'delete', 'delete'),
    summary: aboutOne(model, 'Delete: {name}', 'Löschen: {name}'),
    parameters: [
      {
        name: 'If-Match',
        in: 'header',
        description: {
          en: 'The version you have seen, in quotes. If someone has changed the record since: 409 version_conflict. Without it the record goes as it is.',
          de: 'Die gesehene Version, in Anführungszeichen. Hat seither jemand den Datensatz geändert: 409 version_conflict. Ohne sie geht der Datensatz, wie er ist.',
        },
        example: '"3"',
      },
    ],
    answers: { 204: { description: { en: 'Deleted', de: 'Gelöscht' } } },
    plugins: true,
    repeatable: true,
  }
}

const ROW = {
  create: (model: EntityModel) => ref(`${model.id}.create`),
  update: (model: EntityModel) => ({
    type: 'object',
    additionalProperties: false,
    required: ['id', 'version', 'changes'],
    properties: { id: uuid, version: { type: 'integer' }, changes: ref(`${model.id}.update`) },
  }),
  delete: () => ({
    type: 'object',
    additionalProperties: false,
    required: ['id'],
    properties: { id: uuid, version: { type: 'integer' } },
  }),
}

export function describeBulk(model: EntityModel): RouteDescription | undefined {
  if (model.operations.size === 0) return undefined
  const lists = [...model.operations].map((operation) => [
    operation,
    { type: 'array', maxItems: BULK_ROWS, items: ROW[operation](model) },
  ])
  const fromTrash = (description: Text): JsonSchema => ({
    type: 'array',
    maxItems: BULK_ROWS,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['id'],
      properties: { id: uuid },
    },
    description,
  })
  const result = {
    type: 'object',
    required: ['action', 'index', 'status'],
    properties: {
      action: { enum: ['create', 'update', 'delete', ...(model.trash ? ['restore', 'purge'] : [])] },
      index: {
        type: 'integer',
        description: { en: 'Position in the list of its action', de: 'Stelle in der Liste seiner Aktion' },
      },
      status: {
        type: 'integer',
        description: {
          en: 'What the row alone would have been answered with',
          de: 'Womit die Zeile allein beantwortet worden wäre',
        },
      },
      record: ref(model.id),
      problem: ref('Problem'),
    },
  }
  return {
    id: entityOperationId('bulk', model),
    tag: model.plugin,
    entity: { id: model.id, operation: 'update' },
    summary: aboutMany(
      model,
      'Create, change and delete many: {name}',
      'Viele anlegen, ändern, löschen: {name}',
    ),
    description: {
      en:
        `At most ${BULK_ROWS} rows, created, changed, deleted${model.trash ? ', restored, removed from the trash' : ''} in this order, in one transaction. Each row is judged by itself: ` +
        'what is refused is taken back, the others stay. With atomic the first refusal takes everything back and is the answer, with action and index of its row.',
      de:
        `Höchstens ${BULK_ROWS} Zeilen, in dieser Reihenfolge angelegt, geändert, gelöscht${model.trash ? ', wiederhergestellt, aus dem Papierkorb entfernt' : ''}, in einer Transaktion. Jede Zeile wird für sich beurteilt: ` +
        'Was abgelehnt wird, wird zurückgenommen, die anderen bleiben. Mit atomic nimmt die erste Ablehnung alles zurück und ist die Antwort, mit action und index ihrer Zeile.',
    },
    body: {
      schema: {
        type: 'object',
        additionalProperties: false,
        properties: {
          ...Object.fromEntries(lists),
          ...(model.trash
            ? {
                restore: fromTrash({ en: 'Back from the trash', de: 'Zurück aus dem Papierkorb' }),
                purge: fromTrash({ en: 'Out of the trash, for good', de: 'Endgültig aus dem Papierkorb' }),
              }
            : {}),
          atomic: { type: 'boolean', default: false },
        },
      },
      ...(model.operations.has('delete')
        ? { example: { delete: [{ id: exampleId(model.id), version: 3 }] } }
        : {}),
    },
    answers: {
      200: {
        description: { en: 'A result for each row', de: 'Ein Ergebnis für jede Zeile' },
        content: {
          schema: {
            type: 'object',
            required: ['items', 'refused'],
            properties: { items: { type: 'array', items: result }, refused: { type: 'integer' } },
          },
          example: { items: [{ action: 'delete', index: 0, status: 204 }], refused: 0 },
        },
      },
    },
    plugins: true,
    repeatable: true,
  }
}
