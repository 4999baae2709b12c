import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const text: JsonSchema = { type: 'string' }
const uuid: JsonSchema = { type: 'string', format: 'uuid', example: exampleId('key') }
const time: JsonSchema = { type: 'string', format: 'date-time', example: '2026-03-16T09:30:00Z' }
const timeOrNone: JsonSchema = { type: ['string', 'null'], format: 'date-time' }
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
const scopes = list({ ...text, example: 'backoffice.crm.*' })

/** An object all of whose members are there. */
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
})

const maker: JsonSchema = {
  anyOf: [object({ id: uuid, label: { ...text, example: 'Mara Lindner' } }), { type: 'null' }],
  description: {
    en: 'Who made it. It may do nothing they may not do.',
    de: 'Wer ihn erstellt hat. Er darf nichts, was diese Person nicht darf.',
  },
}

const clientKind: JsonSchema = {
  enum: ['service', 'web', 'native'],
  description: {
    en: 'service: in its own name, with a secret; web: in that of members, with a secret; native: in that of members, without',
    de: 'service: im eigenen Namen, mit Geheimnis; web: in dem von Mitgliedern, mit Geheimnis; native: in dem von Mitgliedern, ohne',
  },
}

/** What the API says of programs that use it. */
export const apiAccessSchemas: Readonly<Record<string, JsonSchema>> = {
  ApiKey: object({
    id: uuid,
    name: { ...text, example: 'Website' },
    hint: { ...text, description: { en: 'How it begins', de: 'Wie er beginnt' }, example: 'plk_acme_Ab3x' },
    permissions: scopes,
    scopeLabels: list(ref('Text')),
    createdAt: time,
    createdBy: maker,
    expiresAt: timeOrNone,
    lastUsedAt: timeOrNone,
    perMinute: { type: 'integer', example: 600 },
    status: {
      enum: ['active', 'expired', 'idle'],
      description: {
        en: 'idle: whoever made it is no active member any more, and it is refused',
        de: 'idle: Wer ihn erstellt hat, ist kein aktives Mitglied mehr, und er wird abgelehnt',
      },
    },
  }),
  NewApiKey: object({
    id: uuid,
    key: {
      ...text,
      description: { en: 'Shown this once', de: 'Wird nur dieses eine Mal gezeigt' },
      example: 'plk_acme_…',
    },
  }),
  ApiClient: object({
    id: { ...uuid, description: { en: 'The client_id', de: 'Die client_id' } },
    kind: clientKind,
    name: { ...text, example: 'Website' },
    redirectUris: list({ ...text, example: 'https://app.example/callback' }),
    scopes,
    scopeLabels: list(ref('Text')),
    perMinute: { type: 'integer', example: 600 },
    createdAt: time,
    createdBy: maker,
    lastUsedAt: timeOrNone,
    status: {
      enum: ['active', 'idle'],
      description: {
        en: 'idle: whoever made it is no active member any more, and it gets no tokens in its own name',
        de: 'idle: Wer ihn erstellt hat, ist kein aktives Mitglied mehr, und er bekommt keine Token im eigenen Namen',
      },
    },
  }),
  NewApiClient: object({
    id: { ...uuid, description: { en: 'The client_id', de: 'Die client_id' } },
    secret: {
      type: ['string', 'null'],
      description: { en: 'Shown this once', de: 'Wird nur dieses eine Mal gezeigt' },
      example: 'pls_…',
    },
  }),
  OAuthError: {
    type: 'object',
    required: ['error'],
    properties: {
      error: { ...text, example: 'invalid_client' },
      error_description: { ...text, example: 'There is no such client, or its secret is wrong.' },
    },
  },
  Authorization: {
    anyOf: [
      object({
        client: object({
          id: uuid,
          name: { ...text, example: 'Website' },
          madeBy: { type: ['string', 'null'], example: 'Mara Lindner' },
        }),
        scopes: list(ref('NamedScope')),
        returnsTo: { ...text, example: 'https://app.example/callback' },
      }),
      object({ redirectTo: { ...text, example: 'https://app.example/callback?error=invalid_scope' } }),
    ],
  },
  NamedScope: object({ id: { ...text, example: 'backoffice.crm.customer.read' }, label: ref('Text') }),
  ConnectedApp: object({
    id: uuid,
    name: { ...text, example: 'Website' },
    scopes: list(ref('NamedScope')),
    since: time,
    lastUsedAt: timeOrNone,
  }),
  ScopeGroup: object({
    id: { ...text, example: 'backoffice.crm.*' },
    label: ref('Text'),
    whole: { type: 'boolean' },
    items: list(object({ id: { ...text, example: 'backoffice.crm.customer.read' }, label: ref('Text') })),
  }),
}
