import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const provider = { type: 'string', format: 'uuid' } as const
const text = { type: 'string' } as const

export const startRoute: RouteDescription = {
  id: 'start_sign_on',
  tag: 'sign-on',
  open: true,
  summary: { en: 'Begin to sign in with a provider', de: 'Die Anmeldung bei einem Anbieter beginnen' },
  description: {
    en: 'Answers where to send the browser. The cookie of the answer belongs to this attempt: without it nobody can end it.',
    de: 'Antwortet, wohin der Browser zu schicken ist. Der Cookie der Antwort gehört zu diesem Versuch: Ohne ihn kann ihn niemand beenden.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['provider'],
      properties: {
        provider,
        returnTo: {
          type: 'string',
          maxLength: 1000,
          description: {
            en: 'Path within the workspace to go on to',
            de: 'Pfad im Arbeitsbereich, auf dem es weitergeht',
          },
        },
        confirm: {
          type: 'boolean',
          description: {
            en: 'To prove once more who one is, in the session there is (confirmation_needed), and not to sign in',
            de: 'Um in der bestehenden Sitzung noch einmal zu bestätigen, wer man ist (confirmation_needed), und nicht, um sich anzumelden',
          },
        },
      },
    },
    example: { provider: exampleId('provider'), returnTo: '/app/crm/customers' },
  },
  answers: {
    200: {
      description: { en: 'Where to go', de: 'Wohin es geht' },
      content: {
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['url'],
          properties: { url: { type: 'string', format: 'uri' } },
        },
        example: { url: 'https://login.example.com/authorize?client_id=plinth&response_type=code' },
      },
    },
  },
  problems: [
    'csrf_invalid',
    'not_found',
    'provider_unreachable',
    'too_many_attempts',
    'session_missing',
    'method_not_taken',
    'second_factor_required',
  ],
}

export const callbackRoute: RouteDescription = {
  id: 'finish_sign_on',
  tag: 'sign-on',
  open: true,
  summary: {
    en: 'Sign in with what the provider gave the browser',
    de: 'Mit dem anmelden, was der Anbieter dem Browser gegeben hat',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['provider', 'parameters'],
      properties: {
        provider,
        parameters: { type: 'object', minProperties: 1, maxProperties: 20, additionalProperties: text },
      },
    },
    example: {
      provider: exampleId('provider'),
      parameters: { code: 'SplxlOBeZQQYbYS6WxSbIA', state: 'af0ifjsldkj', iss: 'https://login.example.com' },
    },
  },
  answers: {
    201: {
      description: { en: 'Signed in', de: 'Angemeldet' },
      headers: ['Set-Cookie'],
      content: {
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['session', 'returnTo'],
          properties: { session: ref('Session'), returnTo: text, confirmed: { const: true } },
        },
      },
    },
  },
  problems: [
    'sign_in_refused',
    'csrf_invalid',
    'not_found',
    'sign_on_failed',
    'not_onboarded',
    'account_exists',
    'identity_differs',
    'member_inactive',
    'limit_exceeded',
    'provider_unreachable',
    'too_many_attempts',
  ],
}

export const postedRoute: RouteDescription = {
  id: 'post_sign_on_answer',
  tag: 'sign-on',
  open: true,
  summary: {
    en: 'Where providers have the browser post their answer',
    de: 'Wohin Anbieter den Browser ihre Antwort senden lassen',
  },
  body: {
    type: 'application/x-www-form-urlencoded',
    schema: { type: 'object', additionalProperties: text },
    example: { code: 'c6a5d2', state: 'af0ifjsldkj' },
  },
  answers: {
    303: {
      description: {
        en: 'The page that signs in with the answer',
        de: 'Die Seite, die mit der Antwort anmeldet',
      },
      headers: ['Location'],
    },
  },
  problems: ['not_found', 'too_many_attempts', 'media_type_unsupported', 'body_too_large', 'body_invalid'],
}

export const metadataRoute: RouteDescription = {
  id: 'get_sign_on_metadata',
  tag: 'sign-on',
  open: true,
  summary: {
    en: 'What a provider of SAML has to know of the workspace',
    de: 'Was ein SAML-Anbieter über den Arbeitsbereich wissen muss',
  },
  answers: {
    200: {
      description: { en: 'SAML metadata', de: 'SAML-Metadaten' },
      content: { type: 'application/samlmetadata+xml', schema: text },
    },
  },
  problems: ['not_found'],
}
