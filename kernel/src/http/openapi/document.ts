import type { TransitionsDeclaration } from '@plinth/sdk'
import { problemTable } from '../../errors.ts'
import {
  ANSWERS_KEPT_DAYS,
  createSchema,
  recordSchema,
  updateSchema,
  type EntityModel,
} from '../../data/index.ts'
import type { PluginView } from '../../plugins/index.ts'
import type { Tenant } from '../../tenancy/index.ts'
import { collectionPaths, routePaths } from './paths.ts'

/**
 * The API of one tenant as OpenAPI 3.1: exactly what its active plugins offer, nothing of the others.
 *
 * @param base path prefix under which the document was asked for
 */
export function openApiDocument(tenant: Tenant, view: PluginView, base: string): object {
  const entities = [...view.entities.values()]
  return {
    openapi: '3.1.0',
    info: {
      title: `${tenant.name}: Plinth API`,
      version: '1',
      description: 'Everything this workspace has switched on.',
    },
    servers: [{ url: `${base}/api/v1` }],
    tags: view.active.map(({ id, manifest }) => ({ name: id, description: manifest.description.en })),
    security: [{ session: [] }, { apiKey: [] }],
    paths: {
      ...Object.fromEntries(entities.flatMap((model) => collectionPaths(model))),
      ...Object.fromEntries(view.active.flatMap((plugin) => routePaths(plugin.manifest))),
    },
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'plinth_session',
          description: 'Changing requests carry X-CSRF-Token too.',
        },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, plk_<workspace>_<secret>.' },
      },
      parameters: { IdempotencyKey: idempotencyKey },
      schemas: { ...Object.fromEntries(entities.flatMap(entitySchemas)), Problem: problemSchema },
      responses: {
        Problem: {
          description: 'A refusal after RFC 9457',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
}

function entitySchemas(model: EntityModel): [string, object][] {
  return [
    [model.id, recordSchema(model)],
    [`${model.id}.create`, withStates(model, plain(createSchema(model)), startOf)],
    [`${model.id}.update`, withStates(model, plain(updateSchema(model)), waysOf)],
  ]
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, object>>
}

/** Says at the field that holds the state what it may become. */
function withStates(
  model: EntityModel,
  schema: ObjectSchema,
  sentence: (transitions: TransitionsDeclaration) => string,
): object {
  const { transitions } = model.declaration
  const property = transitions && schema.properties[transitions.field]
  if (!property) return schema
  const described = { ...property, description: sentence(transitions) }
  return { ...schema, properties: { ...schema.properties, [transitions.field]: described } }
}

function startOf({ initial }: TransitionsDeclaration): string {
  return `A new record starts as ${initial.join(' or ')}; anything else is 409 transition_refused.`
}

function waysOf({ moves }: TransitionsDeclaration): string {
  const ways = moves.map(
    ({ from, to, permission }) =>
      `${from.join(' or ')} → ${to}${permission === undefined ? '' : ` (with ${permission})`}`,
  )
  return `Goes only these ways: ${ways.join('; ')}. Anything else is 409 transition_refused, with from, to and allowed.`
}

/** Without the keywords only our own validator knows. */
function plain(schema: object): ObjectSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === 'decimalRange' ? undefined : value)),
  ) as ObjectSchema
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description:
    `Repeating the request with the same key gives the first answer again, with Idempotency-Replayed: true, for ${ANSWERS_KEPT_DAYS} days. ` +
    'With another body: 422 idempotency_mismatch. While the first one is still running: 409 idempotency_in_progress, try again. ' +
    'Refused requests can be repeated with the same key.',
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: {
      type: 'string',
      description: `Stable. The kernel's: ${problemTable.map((each) => each.code).join(', ')}; a plugin's own start with its id and a dot.`,
    },
    detail: { type: 'string' },
    requestId: { type: 'string', format: 'uuid' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) to the refused value' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
}
