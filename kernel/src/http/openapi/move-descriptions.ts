import { MOVE_STEPS } from '../../moving/index.ts'
import type { RouteDescription } from './describe.ts'
import { bearer, level, operator, slug } from './operator-descriptions.ts'
import { itemsOf } from './schema-reference.ts'

const address = {
  type: 'object',
  required: ['level', 'server', 'database', 'schema'],
  properties: {
    level,
    server: { type: 'string' },
    database: { type: 'string' },
    schema: { type: 'string' },
  },
}

const move = {
  type: 'object',
  required: [
    'id',
    'tenant',
    'source',
    'target',
    'step',
    'attempts',
    'rows',
    'tables',
    'pauseMs',
    'error',
    'cancelledAt',
  ],
  properties: {
    id: { type: 'string', format: 'uuid' },
    tenant: { type: 'string', format: 'uuid' },
    epoch: { type: 'integer' },
    source: address,
    target: address,
    step: { enum: [...MOVE_STEPS] },
    attempts: { type: 'integer' },
    rows: { type: 'integer' },
    tables: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['table', 'rows', 'checksum'],
        properties: {
          table: { type: 'string' },
          rows: { type: 'integer' },
          checksum: { type: 'string' },
        },
      },
    },
    pauseMs: { type: ['integer', 'null'] },
    error: { type: ['string', 'null'] },
    cancelledAt: { type: ['string', 'null'], format: 'date-time' },
    createdAt: { type: 'string', format: 'date-time' },
    changedAt: { type: 'string', format: 'date-time' },
    endedAt: { type: ['string', 'null'], format: 'date-time' },
  },
}

const example = {
  id: '0198a5c2-6c00-7000-8000-000000000002',
  tenant: '0198a5c2-6c00-7000-8000-000000000001',
  epoch: 1,
  source: { level: 'shared', server: 'main', database: '', schema: 'shared' },
  target: { level: 'database', server: 'main', database: 'plinth_t_4f3a9c21', schema: 'shared' },
  step: 'done',
  attempts: 0,
  rows: 100_412,
  tables: [{ table: 'crm_customer', rows: 20_000, checksum: '-1183049175502936401' }],
  pauseMs: 640,
  error: null,
  cancelledAt: null,
  createdAt: '2026-03-01T08:00:00.000Z',
  changedAt: '2026-03-01T08:00:21.000Z',
  endedAt: '2026-03-01T08:00:21.000Z',
}

const answer = {
  description: { en: 'The move', de: 'Der Umzug' },
  content: { schema: move, example },
} as const

export const moveTenantRoute: RouteDescription = {
  ...operator,
  id: 'move_tenant',
  permission: 'platform.tenant.move',
  summary: {
    en: 'Move a tenant to another level or server while it is used',
    de: 'Einen Mandanten im laufenden Betrieb auf eine andere Stufe oder einen anderen Server umziehen',
  },
  parameters: [bearer, slug],
  body: {
    schema: {
      type: 'object',
      required: ['level'],
      additionalProperties: false,
      properties: { level, server: { type: 'string' } },
    },
    example: { level: 'database' },
  },
  answers: { 202: { ...answer, headers: ['Location'] } },
  problems: [
    ...operator.problems,
    'tenant_unknown',
    'validation_failed',
    'move_refused',
    'server_unsuitable',
    'place_preparing',
  ],
}

export const movesRoute: RouteDescription = {
  ...operator,
  id: 'list_moves',
  permission: 'platform.tenant.read',
  summary: { en: 'The latest moves of tenants', de: 'Die letzten Umzüge von Mandanten' },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'The moves, newest first', de: 'Die Umzüge, neueste zuerst' },
      content: { schema: itemsOf(move), example: { items: [example] } },
    },
  },
}

const parameters: RouteDescription['parameters'] = [
  bearer,
  { name: 'id', in: 'path', description: { en: 'Of the move', de: 'Des Umzugs' }, example: example.id },
]

export const moveRoute: RouteDescription = {
  ...operator,
  id: 'get_move',
  permission: 'platform.tenant.read',
  summary: { en: 'How far a move has come', de: 'Wie weit ein Umzug ist' },
  parameters,
  answers: { 200: answer },
}

export const cancelMoveRoute: RouteDescription = {
  ...operator,
  id: 'cancel_move',
  permission: 'platform.tenant.move',
  summary: {
    en: 'Call a move back that has not come to its switch',
    de: 'Einen Umzug zurückrufen, der noch nicht beim Wechsel ist',
  },
  parameters,
  answers: {
    202: {
      description: {
        en: 'It is being undone; `cancelled` once everything is as it was',
        de: 'Er wird rückgängig gemacht; `cancelled`, sobald alles wie zuvor ist',
      },
      content: {
        schema: move,
        example: { ...example, step: 'copy', cancelledAt: '2026-03-01T08:00:09.000Z', endedAt: null },
      },
    },
  },
  problems: [...operator.problems, 'move_too_far'],
}
