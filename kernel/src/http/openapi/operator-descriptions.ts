import { LEVELS } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { itemsOf } from './schema-reference.ts'

export const level = { enum: [...LEVELS] }

const timeZone = {
  type: 'string',
  description: {
    en: 'IANA name of the time zone whose days and years count for the tenant',
    de: 'IANA-Name der Zeitzone, deren Tage und Jahre für den Mandanten gelten',
  },
}

const tenant = {
  type: 'object',
  required: ['id', 'slug', 'name', 'tier', 'status', 'timeZone', 'level', 'server', 'database', 'schema'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    slug: { type: 'string' },
    name: { type: 'string' },
    tier: { enum: ['free', 'professional', 'enterprise', 'custom'] },
    status: { enum: ['preparing', 'active', 'suspended'] },
    locale: { type: 'string' },
    timeZone,
    hue: { type: 'integer' },
    level,
    server: { type: 'string' },
    database: { type: 'string' },
    schema: { type: 'string' },
  },
}

const exampleTenant = {
  id: '0198a5c2-6c00-7000-8000-000000000001',
  slug: 'acme',
  name: 'Acme Corporation',
  tier: 'enterprise',
  status: 'active',
  locale: 'en',
  timeZone: 'Europe/Berlin',
  hue: 265,
  level: 'database',
  server: 'main',
  database: 'plinth_t_4f3a9c21',
  schema: 'shared',
}

/** Whoever comes without the operator token gets nowhere; without one in the configuration there is no such API. */
export const operator = {
  tag: 'platform',
  operator: true,
  problems: ['operator_token_wrong', 'not_found'],
} as const

export const bearer = {
  name: 'authorization',
  in: 'header',
  required: true,
  description: {
    en: '`Bearer` and the token of PLINTH_OPERATOR_TOKEN',
    de: '`Bearer` und das Token aus PLINTH_OPERATOR_TOKEN',
  },
  example: 'Bearer operator-token-of-at-least-32-characters',
} as const

export const slug = {
  name: 'slug',
  in: 'path',
  description: { en: 'Short name of the tenant', de: 'Kurzname des Mandanten' },
  example: 'acme',
} as const

export const tenantsRoute: RouteDescription = {
  ...operator,
  id: 'list_tenants',
  permission: 'platform.tenant.read',
  summary: { en: 'All tenants, and where they live', de: 'Alle Mandanten und wo sie liegen' },
  parameters: [bearer],
  answers: {
    200: {
      description: { en: 'The tenants', de: 'Die Mandanten' },
      content: { schema: itemsOf(tenant), example: { items: [exampleTenant] } },
    },
  },
}

export const tenantRoute: RouteDescription = {
  ...operator,
  id: 'get_tenant',
  permission: 'platform.tenant.read',
  summary: { en: 'A tenant, and where it lives', de: 'Ein Mandant und wo er liegt' },
  parameters: [bearer, slug],
  answers: {
    200: {
      description: { en: 'The tenant', de: 'Der Mandant' },
      content: { schema: tenant, example: exampleTenant },
    },
  },
  problems: [...operator.problems, 'tenant_unknown'],
}

export const changeTenantRoute: RouteDescription = {
  ...operator,
  id: 'update_tenant',
  permission: 'platform.tenant.change',
  summary: {
    en: 'Change the time zone of a tenant. What has been numbered and stored stays as it is',
    de: 'Die Zeitzone eines Mandanten ändern. Was nummeriert und gespeichert ist, bleibt',
  },
  parameters: [bearer, slug],
  body: {
    schema: {
      type: 'object',
      required: ['timeZone'],
      additionalProperties: false,
      properties: { timeZone },
    },
    example: { timeZone: 'America/New_York' },
  },
  answers: {
    200: {
      description: { en: 'The tenant', de: 'Der Mandant' },
      content: { schema: tenant, example: { ...exampleTenant, timeZone: 'America/New_York' } },
    },
  },
  problems: [...operator.problems, 'tenant_unknown', 'validation_failed'],
}

export const createTenantRoute: RouteDescription = {
  ...operator,
  id: 'create_tenant',
  permission: 'platform.tenant.create',
  summary: {
    en: 'Create a tenant, at a level and on a server',
    de: 'Einen Mandanten anlegen, auf einer Stufe und einem Server',
  },
  parameters: [bearer],
  body: {
    schema: {
      type: 'object',
      required: ['slug', 'name', 'tier'],
      additionalProperties: false,
      properties: {
        slug: { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$' },
        name: { type: 'string', minLength: 1, maxLength: 200 },
        tier: tenant.properties.tier,
        locale: { type: 'string' },
        timeZone,
        hue: { type: 'integer', minimum: 0, maximum: 360 },
        level,
        server: { type: 'string' },
        owner: {
          type: 'object',
          description: {
            en: 'Who administers the tenant. Gets an invitation, by mail or as a link in the answer',
            de: 'Wer den Mandanten administriert. Bekommt eine Einladung, als Mail oder als Link in der Antwort',
          },
          additionalProperties: false,
          required: ['email', 'name'],
          properties: {
            email: { type: 'string', maxLength: 254 },
            name: { type: 'string', minLength: 1, maxLength: 200 },
          },
        },
      },
    },
    example: { slug: 'acme', name: 'Acme Corporation', tier: 'enterprise', level: 'database' },
  },
  answers: {
    201: {
      description: { en: 'The tenant', de: 'Der Mandant' },
      headers: ['Location'],
      content: {
        schema: {
          ...tenant,
          properties: {
            ...tenant.properties,
            invitation: {
              type: 'object',
              required: ['email', 'expiresAt'],
              properties: {
                email: { type: 'string' },
                expiresAt: { type: 'string', format: 'date-time' },
                link: { type: 'string' },
              },
            },
          },
        },
        example: exampleTenant,
      },
    },
  },
  problems: [...operator.problems, 'validation_failed', 'slug_taken', 'server_unsuitable', 'place_preparing'],
}
