import type { RouteDescription } from './describe.ts'

const anyObject = { type: 'object' }

export const liveHealthRoute: RouteDescription = {
  id: 'get_live',
  tag: 'platform',
  open: true,
  summary: { en: 'Whether the process answers', de: 'Ob der Prozess antwortet' },
  answers: {
    200: {
      description: { en: 'It does', de: 'Er tut es' },
      content: { schema: { type: 'object', properties: { status: { const: 'live' } } } },
    },
  },
}

const health = {
  schema: {
    type: 'object',
    required: ['status', 'checks'],
    properties: {
      status: { enum: ['ready', 'degraded', 'unavailable'] },
      checks: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  example: {
    status: 'ready',
    checks: { database: 'ok', notices: 'ok', search: 'ok', places: 'ok', keys: 'ok' },
  },
}

export const readyHealthRoute: RouteDescription = {
  id: 'get_ready',
  tag: 'platform',
  open: true,
  summary: { en: 'Whether it can serve', de: 'Ob sie bedienen kann' },
  answers: {
    200: {
      description: {
        en: 'It can, perhaps with less comfort',
        de: 'Sie kann, vielleicht mit Einschränkungen',
      },
      content: health,
    },
    503: {
      description: { en: 'It cannot', de: 'Sie kann nicht' },
      content: { ...health, example: { ...health.example, status: 'unavailable' } },
    },
  },
}

export const manifestSchemaRoute: RouteDescription = {
  id: 'get_manifest_schema',
  tag: 'platform',
  open: true,
  summary: { en: 'JSON Schema of plugin manifests', de: 'JSON Schema der Plugin-Manifeste' },
  answers: { 200: { description: { en: 'The schema', de: 'Das Schema' }, content: { schema: anyObject } } },
}

export const demoRoute: RouteDescription = {
  id: 'list_demo_tenants',
  tag: 'platform',
  open: true,
  summary: {
    en: 'Workspaces that can be looked at, on a demonstration platform',
    de: 'Arbeitsbereiche zum Ansehen, auf einer Vorführplattform',
  },
  answers: {
    200: {
      description: { en: 'The workspaces', de: 'Die Arbeitsbereiche' },
      content: {
        schema: {
          type: 'object',
          required: ['tenants'],
          properties: { tenants: { type: 'array', items: anyObject } },
        },
        example: { tenants: [{ slug: 'acme', name: 'Acme Corporation', tier: 'free', hue: 220 }] },
      },
    },
  },
  problems: ['not_found'],
}

export const platformDocumentRoute: RouteDescription = {
  id: 'get_platform_document',
  tag: 'platform',
  open: true,
  summary: { en: 'The description of these routes', de: 'Die Beschreibung dieser Routen' },
  parameters: [
    {
      name: 'locale',
      description: { en: 'Language of the texts', de: 'Sprache der Texte' },
      schema: { enum: ['en', 'de'] },
      example: 'de',
    },
  ],
  answers: { 200: { description: { en: 'OpenAPI 3.1', de: 'OpenAPI 3.1' }, content: { schema: anyObject } } },
}
