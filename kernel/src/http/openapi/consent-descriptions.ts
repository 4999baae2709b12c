import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf, ref } from './schema-reference.ts'

const text = { type: 'string' } as const
const EXAMPLE = `response_type=code&client_id=${exampleId('key')}&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_challenge=…&code_challenge_method=S256`

const query = {
  type: 'string',
  description: {
    en: 'The query with which the program has sent the member to /api/v1/oauth/authorize',
    de: 'Die Abfrage, mit der das Programm das Mitglied zu /api/v1/oauth/authorize geschickt hat',
  },
} as const

const shown = {
  type: 'array',
  items: text,
  description: {
    en: 'The scopes the member was shown, in that order; needed to let the program in',
    de: 'Die Rechte, die dem Mitglied gezeigt wurden, in dieser Reihenfolge; nötig, um das Programm hereinzulassen',
  },
} as const

export const authorizeRoute: RouteDescription = {
  id: 'get_authorization_page',
  tag: 'oauth',
  open: true,
  summary: {
    en: 'The page on which a member lets a program in',
    de: 'Die Seite, auf der ein Mitglied ein Programm hereinlässt',
  },
  description: {
    en: 'Where programs send members to (RFC 6749, 4.1.1, with PKCE S256). The redirect_uri is one the client has named, letter by letter. The answer carries iss (RFC 9207).',
    de: 'Wohin Programme Mitglieder schicken (RFC 6749, 4.1.1, mit PKCE S256). Die redirect_uri ist Zeichen für Zeichen eine, die der Client genannt hat. Die Antwort trägt iss (RFC 9207).',
  },
  answers: {
    200: {
      description: { en: 'The page', de: 'Die Seite' },
      content: { type: 'text/html', schema: text },
    },
  },
}

export const askRoute: RouteDescription = {
  id: 'ask_authorization',
  tag: 'oauth',
  summary: { en: 'What a program asks of a member', de: 'Was ein Programm von einem Mitglied will' },
  body: {
    schema: { type: 'object', additionalProperties: false, required: ['query'], properties: { query } },
    example: { query: EXAMPLE },
  },
  answers: {
    200: {
      description: {
        en: 'The program and what it asks for; or, where that is not possible, where the browser goes to tell it',
        de: 'Das Programm und was es verlangt; oder, wo das nicht geht, wohin der Browser geht, um es ihm zu sagen',
      },
      content: { schema: ref('Authorization') },
    },
  },
  problems: ['authorization_invalid'],
}

export const decideRoute: RouteDescription = {
  id: 'decide_authorization',
  tag: 'oauth',
  summary: { en: 'Let a program in, or not', de: 'Ein Programm hereinlassen, oder nicht' },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['query', 'allow'],
      properties: { query, allow: { type: 'boolean' }, scopes: shown },
    },
    example: { query: EXAMPLE, allow: true, scopes: ['backoffice.crm.customer.read'] },
  },
  answers: {
    200: {
      description: { en: 'Where the browser goes', de: 'Wohin der Browser geht' },
      content: {
        schema: { type: 'object', required: ['redirectTo'], properties: { redirectTo: text } },
        example: { redirectTo: 'https://app.example/cb?code=…&iss=https%3A%2F%2Facme.example' },
      },
    },
  },
  problems: ['authorization_invalid', 'authorization_changed', 'confirmation_needed'],
}

export const connectedRoute: RouteDescription = {
  id: 'list_connected_apps',
  tag: 'oauth',
  summary: { en: 'The programs a member lets in', de: 'Die Programme, die ein Mitglied hereinlässt' },
  answers: {
    200: {
      description: { en: 'One’s own', de: 'Die eigenen' },
      content: { schema: itemsOf(ref('ConnectedApp')), example: { items: [] } },
    },
  },
  problems: ['viewing_as'],
}

export const disconnectRoute: RouteDescription = {
  id: 'delete_connected_app',
  tag: 'oauth',
  summary: { en: 'Let a program in no longer', de: 'Ein Programm nicht mehr hereinlassen' },
  parameters: [
    {
      name: 'client',
      in: 'path',
      description: { en: 'Id of the client', de: 'Kennung des Clients' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('key'),
    },
  ],
  answers: {
    204: {
      description: { en: 'Its tokens are refused from now on', de: 'Seine Token werden ab jetzt abgelehnt' },
    },
  },
}
