import type { Manifest } from '@plinth/sdk'
import { aggregatePath } from './aggregate-path.ts'
import type { EntityModel } from '../../data/index.ts'
import { BULK_ROWS } from '../read-bulk.ts'
import { exportPath } from './transfer-paths.ts'

type PathItem = [string, Record<string, unknown>]

const problem = { default: { $ref: '#/components/responses/Problem' } }
const json = (schema: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
})
const query = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  schema,
  description,
})
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description: 'Version you have seen, in quotes',
}

const idempotencyKey = { $ref: '#/components/parameters/IdempotencyKey' }

/** Addresses of an entity's records. */
export function collectionPaths(model: EntityModel): PathItem[] {
  const { label, labelPlural } = model.declaration
  const name = (verb: string) => `${verb}_${model.id.replaceAll(/[.-]/g, '_')}`
  const common = { tags: [model.plugin] }
  const collection: Record<string, unknown> = {
    get: {
      ...common,
      operationId: name('list'),
      summary: `List ${labelPlural.en}`,
      parameters: listParameters(model),
      responses: {
        200: { description: labelPlural.en, content: { 'application/json': { schema: page(model.id) } } },
        ...problem,
      },
    },
  }
  const single: Record<string, unknown> = {
    get: {
      ...common,
      operationId: name('get'),
      summary: `Read one: ${label.en}`,
      parameters: [includeParameter(model)].filter((each) => each !== undefined),
      responses: { 200: { description: label.en, headers: etag, content: json(model.id) }, ...problem },
    },
    parameters: [id],
  }
  if (model.operations.has('create')) {
    collection['post'] = {
      ...common,
      operationId: name('create'),
      summary: `Create: ${label.en}`,
      parameters: [idempotencyKey],
      requestBody: { required: true, content: json(`${model.id}.create`) },
      responses: { 201: { description: 'Created', headers: etag, content: json(model.id) }, ...problem },
    }
  }
  if (model.operations.has('update')) {
    single['patch'] = {
      ...common,
      operationId: name('update'),
      summary: `Change: ${label.en}`,
      parameters: [ifMatch, idempotencyKey],
      requestBody: { required: true, content: json(`${model.id}.update`) },
      responses: { 200: { description: 'Changed', headers: etag, content: json(model.id) }, ...problem },
    }
  }
  if (model.operations.has('delete')) {
    single['delete'] = {
      ...common,
      operationId: name('delete'),
      summary: `Delete: ${label.en}`,
      parameters: [idempotencyKey],
      responses: { 204: { description: 'Deleted' }, ...problem },
    }
  }
  return [
    [`/${model.path}`, collection],
    [`/${model.path}/aggregate`, aggregatePath(model)],
    [
      `/${model.path}/export`,
      exportPath(model, listParameters(model).filter(isOfExports)) as Record<string, unknown>,
    ],
    ...(model.operations.size > 0 ? [bulkPath(model, name('bulk'))] : []),
    [`/${model.path}/{id}`, single],
  ]
}

const ROW = {
  create: (model: EntityModel) => ({ $ref: `#/components/schemas/${model.id}.create` }),
  update: (model: EntityModel) => ({
    type: 'object',
    additionalProperties: false,
    required: ['id', 'version', 'changes'],
    properties: {
      id: id.schema,
      version: { type: 'integer' },
      changes: { $ref: `#/components/schemas/${model.id}.update` },
    },
  }),
  delete: () => ({
    type: 'object',
    additionalProperties: false,
    required: ['id'],
    properties: { id: id.schema, version: { type: 'integer' } },
  }),
}

function bulkPath(model: EntityModel, operationId: string): PathItem {
  const lists = [...model.operations].map((operation) => [
    operation,
    { type: 'array', maxItems: BULK_ROWS, items: ROW[operation](model) },
  ])
  const result = {
    type: 'object',
    required: ['action', 'index', 'status'],
    properties: {
      action: { enum: ['create', 'update', 'delete'] },
      index: { type: 'integer', description: 'Position in the list of its action' },
      status: { type: 'integer', description: 'What the row alone would have been answered with' },
      record: { $ref: `#/components/schemas/${model.id}` },
      problem: { $ref: '#/components/schemas/Problem' },
    },
  }
  const answer = {
    type: 'object',
    required: ['items', 'refused'],
    properties: { items: { type: 'array', items: result }, refused: { type: 'integer' } },
  }
  const body = {
    type: 'object',
    additionalProperties: false,
    properties: { ...Object.fromEntries(lists), atomic: { type: 'boolean', default: false } },
  }
  const post = {
    tags: [model.plugin],
    operationId,
    summary: `Create, change and delete many: ${model.declaration.labelPlural.en}`,
    description:
      `At most ${BULK_ROWS} rows, created, changed and deleted in this order, in one transaction. Each row is judged by itself: ` +
      'what is refused is taken back, the others stay. With atomic the first refusal takes everything back and is the answer, with action and index of its row.',
    parameters: [idempotencyKey],
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: {
      200: { description: 'A result for each row', content: { 'application/json': { schema: answer } } },
      ...problem,
    },
  }
  return [`/${model.path}/bulk`, { post }]
}

const etag = { ETag: { schema: { type: 'string' }, description: 'Version of the record, in quotes' } }

function listParameters(model: EntityModel): object[] {
  const searchable = model.fields.some((field) => field.declaration.search)
  return [
    query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'Records per page'),
    query('cursor', { type: 'string' }, 'The `next` of the page before'),
    query(
      'sort',
      { type: 'string', default: model.declaration.list?.sort ?? '-createdAt' },
      'Field names, comma separated, - before a name for descending',
    ),
    query(
      'filter',
      { type: 'string' },
      'Conditions as JSON, e.g. {"status":"active","createdAt":{"gte":"2026-01-01T00:00:00Z"}}. A key may follow up to three references by the names they are included under, e.g. {"customer.status":"active"}; the record there must exist and be readable.',
    ),
    ...(searchable
      ? [
          query(
            'q',
            { type: 'string', maxLength: 200 },
            'Words to search for: in any case, without accents, in prose also other forms of a German or English word. When nothing is found so, what is written alike. `sort=rank` puts the best first',
          ),
        ]
      : []),
    query('fields', { type: 'string' }, 'Only these fields, comma separated'),
    includeParameter(model),
    query('count', { type: 'boolean' }, 'Also answer the total number'),
  ].filter((each) => each !== undefined)
}

const NOT_OF_EXPORTS = new Set(['limit', 'cursor', 'include', 'count'])

function isOfExports(parameter: object): boolean {
  return !NOT_OF_EXPORTS.has((parameter as { readonly name: string }).name)
}

function includeParameter(model: EntityModel): object | undefined {
  const names = model.fields.flatMap((field) => (field.include ? [field.include] : []))
  return names.length === 0
    ? undefined
    : query('include', { type: 'string' }, `Labels of referenced records: ${names.join(', ')}`)
}

function page(schema: string): object {
  return {
    type: 'object',
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: { $ref: `#/components/schemas/${schema}` } },
      next: { type: ['string', 'null'] },
      total: { type: 'integer' },
    },
  }
}

/** Addresses a plugin declares beyond records. */
export function routePaths(manifest: Manifest): PathItem[] {
  const paths = new Map<string, Record<string, unknown>>()
  for (const route of manifest.routes ?? []) {
    const path = `/${manifest.id}/${route.path.replaceAll(/:([^/]+)/g, '{$1}')}`
    const parameters = [...route.path.matchAll(/:([^/]+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    }))
    const body = ['POST', 'PUT', 'PATCH'].includes(route.method)
      ? { requestBody: { content: { 'application/json': { schema: {} } } } }
      : {}
    const operation = {
      tags: [manifest.id],
      operationId: `${manifest.id}_${route.handler}`.replaceAll('-', '_'),
      summary: route.summary,
      parameters: route.method === 'GET' ? parameters : [...parameters, idempotencyKey],
      ...body,
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: {} } } },
        ...problem,
      },
    }
    paths.set(path, { ...paths.get(path), [route.method.toLowerCase()]: operation })
  }
  return [...paths]
}
