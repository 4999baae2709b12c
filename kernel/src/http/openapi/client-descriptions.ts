import type { RouteDescription } from './describe.ts'
import { itemsOf, ref } from './schema-reference.ts'

const permission = 'platform.kernel.key.manage'

/** What has been let in long ago is asked again before it hands out secrets. */
const problems = ['confirmation_needed'] as const

const options = {
  name: { type: 'string', minLength: 1, maxLength: 100 },
  scopes: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 200 },
  redirectUris: {
    type: 'array',
    items: { type: 'string' },
    maxItems: 10,
    description: {
      en: 'Where members are sent back to, letter by letter; not for a service',
      de: 'Wohin Mitglieder zurückgeschickt werden, Zeichen für Zeichen; nicht für einen service',
    },
  },
  perMinute: { type: 'integer', minimum: 1, maximum: 100_000 },
} as const

const shownOnce = {
  description: { en: 'The secret is shown this once', de: 'Das Geheimnis ist nur dieses eine Mal zu sehen' },
  content: { schema: ref('NewApiClient') },
}

export const clientsRoute: RouteDescription = {
  id: 'list_clients',
  tag: 'oauth',
  permission,
  summary: { en: 'Programs that get tokens', de: 'Programme, die Token bekommen' },
  answers: {
    200: {
      description: { en: 'All clients, without their secrets', de: 'Alle Clients, ohne ihr Geheimnis' },
      content: { schema: itemsOf(ref('ApiClient')), example: { items: [] } },
    },
  },
}

export const createClientRoute: RouteDescription = {
  id: 'create_client',
  tag: 'oauth',
  permission,
  problems,
  summary: { en: 'A new client', de: 'Ein neuer Client' },
  description: {
    en: 'It may ask for the scopes named, which are permissions: at most those its maker holds, and in its own name never more than its maker holds when a token is used.',
    de: 'Er darf die genannten Scopes verlangen, die Rechte sind: höchstens die seines Erstellers, und im eigenen Namen nie mehr, als dieser bei der Nutzung eines Tokens hat.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'name', 'scopes'],
      properties: { kind: { enum: ['service', 'web', 'native'] }, ...options },
    },
    example: { kind: 'service', name: 'Nightly sync', scopes: ['platform.kernel.member.read'] },
  },
  answers: { 201: shownOnce },
}

export const changeClientRoute: RouteDescription = {
  id: 'update_client',
  tag: 'oauth',
  permission,
  problems,
  summary: { en: 'Change a client', de: 'Einen Client ändern' },
  description: {
    en: 'Tokens it has lose at once what it may no longer ask for.',
    de: 'Token, die er hat, verlieren sofort, was er nicht mehr verlangen darf.',
  },
  body: {
    schema: { type: 'object', additionalProperties: false, properties: options },
    example: { name: 'Nightly sync' },
  },
  answers: {
    200: { description: { en: 'The client', de: 'Der Client' }, content: { schema: ref('ApiClient') } },
  },
}

export const rotateClientRoute: RouteDescription = {
  id: 'rotate_client',
  tag: 'oauth',
  permission,
  problems,
  summary: { en: 'A new secret for a client', de: 'Ein neues Geheimnis für einen Client' },
  description: {
    en: 'The old one is refused at once; tokens it has stay good. Needs all the scopes of the client, unless it is one’s own.',
    de: 'Das alte wird sofort abgelehnt; Token, die er hat, gelten weiter. Braucht alle Scopes des Clients, wenn es nicht der eigene ist.',
  },
  answers: { 200: shownOnce },
}

export const removeClientRoute: RouteDescription = {
  id: 'delete_client',
  tag: 'oauth',
  permission,
  summary: { en: 'Remove a client', de: 'Einen Client entfernen' },
  answers: {
    204: {
      description: { en: 'Its tokens are refused from now on', de: 'Seine Token werden ab jetzt abgelehnt' },
    },
  },
}
