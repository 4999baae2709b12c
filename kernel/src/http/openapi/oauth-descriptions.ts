import type { AnswerDescription, RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

const text = { type: 'string' } as const
const FORM = 'application/x-www-form-urlencoded'

const refused = (en: string, de: string): AnswerDescription => ({
  description: { en, de },
  content: { schema: ref('OAuthError') },
})

const refusals = {
  400: refused('The request is not accepted', 'Die Anfrage wird nicht angenommen'),
  401: refused('The client is not known', 'Der Client ist nicht bekannt'),
}

/** How a client says who it is, besides HTTP Basic. */
const client = { client_id: text, client_secret: text } as const

const common = { tag: 'oauth', open: true, foreign: true } as const

export const metadataRoute: RouteDescription = {
  ...common,
  id: 'get_oauth_metadata',
  summary: { en: 'What the authorisation server can do', de: 'Was der Autorisierungsserver kann' },
  description: {
    en: 'RFC 8414. The same is to be found at /.well-known/oauth-authorization-server.',
    de: 'RFC 8414. Dasselbe steht unter /.well-known/oauth-authorization-server.',
  },
  answers: {
    200: {
      description: { en: 'Its endpoints and abilities', de: 'Seine Endpunkte und Fähigkeiten' },
      content: {
        schema: {
          type: 'object',
          required: ['issuer', 'token_endpoint', 'jwks_uri'],
          properties: { issuer: text, token_endpoint: text, jwks_uri: text },
        },
        example: {
          issuer: 'https://acme.example',
          token_endpoint: 'https://acme.example/api/v1/oauth/token',
          jwks_uri: 'https://acme.example/api/v1/oauth/jwks',
        },
      },
    },
  },
}

export const jwksRoute: RouteDescription = {
  ...common,
  id: 'get_oauth_keys',
  summary: { en: 'The keys access tokens are signed with', de: 'Die Schlüssel, die Zugangstoken signieren' },
  description: {
    en: 'RFC 7517: the current one first, then the one before and the one to come. They change every thirty days.',
    de: 'RFC 7517: zuerst der aktuelle, dann der vorige und der nächste. Sie wechseln alle dreißig Tage.',
  },
  answers: {
    200: {
      description: { en: 'Public keys', de: 'Öffentliche Schlüssel' },
      content: {
        schema: {
          type: 'object',
          required: ['keys'],
          properties: { keys: { type: 'array', items: { type: 'object' } } },
        },
        example: { keys: [] },
      },
    },
  },
}

export const tokenRoute: RouteDescription = {
  ...common,
  id: 'create_token',
  summary: { en: 'A token for a client', de: 'Ein Token für einen Client' },
  description: {
    en: 'RFC 6749. An access token is good for 15 minutes, and only as long as its client is there and whoever it speaks for may do what it is used for.',
    de: 'RFC 6749. Ein Zugangstoken gilt 15 Minuten, und nur so lange, wie es seinen Client gibt und wer darin spricht darf, wofür es benutzt wird.',
  },
  body: {
    type: FORM,
    schema: {
      type: 'object',
      required: ['grant_type'],
      properties: {
        grant_type: { enum: ['client_credentials', 'authorization_code', 'refresh_token'] },
        scope: text,
        code: text,
        redirect_uri: text,
        code_verifier: text,
        refresh_token: text,
        ...client,
      },
    },
    example: { grant_type: 'client_credentials', scope: 'backoffice.crm.customer.read' },
  },
  answers: {
    200: {
      description: { en: 'The token', de: 'Das Token' },
      content: {
        schema: {
          type: 'object',
          required: ['access_token', 'token_type', 'expires_in', 'scope'],
          properties: {
            access_token: text,
            token_type: { const: 'Bearer' },
            expires_in: { type: 'integer' },
            refresh_token: text,
            scope: text,
          },
        },
        example: {
          access_token: 'eyJ…',
          token_type: 'Bearer',
          expires_in: 900,
          scope: 'backoffice.crm.customer.read',
        },
      },
    },
    ...refusals,
    429: refused(
      'More than the client may ask for in a minute',
      'Mehr, als der Client in einer Minute fragen darf',
    ),
  },
}

const tokenForm = {
  type: FORM,
  schema: {
    type: 'object',
    required: ['token'],
    properties: { token: text, token_type_hint: text, ...client },
  },
  example: { token: 'eyJ…' },
}

export const revokeRoute: RouteDescription = {
  ...common,
  id: 'revoke_token',
  summary: { en: 'Give a token back', de: 'Ein Token zurückgeben' },
  description: {
    en: 'RFC 7009. It is refused from the next request on. A token that is not the client’s stays as it is, without a word.',
    de: 'RFC 7009. Es wird ab der nächsten Anfrage abgelehnt. Ein Token, das nicht dem Client gehört, bleibt ohne ein Wort, wie es ist.',
  },
  body: tokenForm,
  answers: { 200: { description: { en: 'Done', de: 'Erledigt' } }, ...refusals },
}

export const introspectRoute: RouteDescription = {
  ...common,
  id: 'introspect_token',
  summary: { en: 'Whether a token of one’s own is still good', de: 'Ob ein eigenes Token noch gilt' },
  description: { en: 'RFC 7662.', de: 'RFC 7662.' },
  body: tokenForm,
  answers: {
    200: {
      description: { en: 'What it says; or that it is not good', de: 'Was es sagt; oder dass es nicht gilt' },
      content: {
        schema: {
          type: 'object',
          required: ['active'],
          properties: { active: { type: 'boolean' }, client_id: text, sub: text, scope: text },
        },
        example: { active: false },
      },
    },
    ...refusals,
  },
}
