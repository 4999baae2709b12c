import type { RouteDescription } from './describe.ts'
import { itemsOf, ref } from './schema-reference.ts'

const permission = 'platform.kernel.key.manage'

const options = {
  name: { type: 'string', minLength: 1, maxLength: 100 },
  permissions: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 200 },
  expiresAt: {
    type: ['string', 'null'],
    format: 'date-time',
    description: { en: 'Without one it does not end by itself', de: 'Ohne läuft er nicht von selbst ab' },
  },
  perMinute: {
    type: 'integer',
    minimum: 1,
    maximum: 100_000,
    description: {
      en: 'Requests in a minute, by default 600. Each answer says in RateLimit-Remaining what is left; beyond it there is 429 with Retry-After.',
      de: 'Anfragen in einer Minute, wenn nichts gesagt ist 600. Jede Antwort nennt in RateLimit-Remaining den Rest; darüber kommt 429 mit Retry-After.',
    },
  },
} as const

const shownOnce = {
  description: { en: 'Shown this once', de: 'Nur dieses eine Mal zu sehen' },
  content: { schema: ref('NewApiKey') },
}

export const keysRoute: RouteDescription = {
  id: 'list_api_keys',
  tag: 'api-keys',
  permission,
  summary: { en: 'Keys, without their secrets', de: 'Schlüssel, ohne ihr Geheimnis' },
  answers: {
    200: {
      description: { en: 'All keys', de: 'Alle Schlüssel' },
      content: { schema: itemsOf(ref('ApiKey')), example: { items: [] } },
    },
  },
}

export const scopesRoute: RouteDescription = {
  id: 'list_scopes',
  tag: 'api-keys',
  permission,
  summary: { en: 'What a key can be given', de: 'Was ein Schlüssel bekommen kann' },
  description: {
    en: 'The permissions whoever asks holds for every record, in words, by plugin. The id of a group stands for all of the plugin.',
    de: 'Die Rechte, die der Fragende für jeden Datensatz hat, in Worten, nach Plugins. Die Kennung einer Gruppe steht für alle des Plugins.',
  },
  answers: {
    200: {
      description: { en: 'By plugin', de: 'Nach Plugins' },
      content: { schema: itemsOf(ref('ScopeGroup')), example: { items: [] } },
    },
  },
}

export const createKeyRoute: RouteDescription = {
  id: 'create_api_key',
  tag: 'api-keys',
  permission,
  summary: { en: 'A new key', de: 'Ein neuer Schlüssel' },
  description: {
    en: 'It gets the permissions named, at most those its maker holds, and never more than its maker holds when it is used. A trailing * stands for all that begin so.',
    de: 'Er bekommt die genannten Rechte, höchstens die seines Erstellers, und bei jeder Nutzung nie mehr, als dieser dann hat. Ein * am Ende steht für alle, die so beginnen.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'permissions'],
      properties: options,
    },
    example: { name: 'Website', permissions: ['platform.kernel.member.read'] },
  },
  answers: { 201: shownOnce },
  problems: ['confirmation_needed'],
}

export const changeKeyRoute: RouteDescription = {
  id: 'update_api_key',
  tag: 'api-keys',
  permission,
  summary: { en: 'Change a key', de: 'Einen Schlüssel ändern' },
  body: {
    schema: { type: 'object', additionalProperties: false, properties: options },
    example: { name: 'Website' },
  },
  answers: {
    200: { description: { en: 'The key', de: 'Der Schlüssel' }, content: { schema: ref('ApiKey') } },
  },
  problems: ['confirmation_needed'],
}

export const rotateKeyRoute: RouteDescription = {
  id: 'rotate_api_key',
  tag: 'api-keys',
  permission,
  summary: { en: 'A new secret for a key', de: 'Ein neues Geheimnis für einen Schlüssel' },
  description: {
    en: 'The old one is refused at once. Needs all the permissions of the key, unless it is one’s own.',
    de: 'Das alte wird sofort abgelehnt. Braucht alle Rechte des Schlüssels, wenn es nicht der eigene ist.',
  },
  answers: { 200: shownOnce },
  problems: ['confirmation_needed'],
}

export const revokeKeyRoute: RouteDescription = {
  id: 'delete_api_key',
  tag: 'api-keys',
  permission,
  summary: { en: 'Revoke a key', de: 'Einen Schlüssel zurückziehen' },
  answers: { 204: { description: { en: 'It is refused from now on', de: 'Er wird ab jetzt abgelehnt' } } },
}
