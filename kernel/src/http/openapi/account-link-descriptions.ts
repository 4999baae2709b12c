import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

const address = { email: { type: 'string', maxLength: 254 } }
const token = {
  token: { type: 'string', description: { en: 'Behind # in the link', de: 'Hinter # im Link' } },
}
const exampleToken = 'Zk3vTt0mN1c5yqk8y2gq0b6H1w9dR4xA7uLpE2sJf0M'

const body = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})

const alike = {
  en: 'The answer is the same, and takes as long, whether there is such a member or not.',
  de: 'Die Antwort ist dieselbe und dauert gleich lang, ob es ein solches Mitglied gibt oder nicht.',
}

const onItsWay = (minutes: number, headers: { headers?: string[] } = {}) => ({
  202: {
    description: {
      en: 'A letter is on its way, if there is such a member',
      de: 'Ein Brief ist unterwegs, wenn es ein solches Mitglied gibt',
    },
    ...headers,
    content: {
      schema: {
        type: 'object',
        required: ['minutes'],
        properties: {
          minutes: {
            type: 'integer',
            description: { en: 'How long the link is good', de: 'Wie lange der Link gilt' },
          },
        },
      },
      example: { minutes },
    },
  },
})

export const askForPasswordRoute: RouteDescription = {
  id: 'ask_for_new_password',
  tag: 'session',
  open: true,
  summary: { en: 'Ask for another password by mail', de: 'Ein neues Passwort per Mail anfordern' },
  description: alike,
  body: { schema: body(address), example: { email: 'mara.lindner@nordwind.example' } },
  answers: onItsWay(30),
  problems: ['too_many_attempts', 'not_found', 'demo_account', 'csrf_invalid'],
}

export const lookAtPasswordLinkRoute: RouteDescription = {
  id: 'look_at_password_link',
  tag: 'session',
  open: true,
  summary: { en: 'Whose password a link replaces', de: 'Wessen Passwort ein Link ersetzt' },
  body: { schema: body(token), example: { token: exampleToken } },
  answers: {
    200: {
      description: { en: 'Whose it is', de: 'Wessen es ist' },
      content: {
        schema: {
          type: 'object',
          required: ['email', 'minLength'],
          properties: { email: { type: 'string' }, minLength: { type: 'integer' } },
        },
        example: { email: 'mara.lindner@nordwind.example', minLength: 15 },
      },
    },
  },
  problems: ['link_invalid', 'csrf_invalid'],
}

export const resetPasswordRoute: RouteDescription = {
  id: 'reset_password',
  tag: 'session',
  open: true,
  summary: { en: 'Choose another password', de: 'Ein neues Passwort wählen' },
  description: {
    en: 'All sessions of the member end. Signing in asks for the second factor as before.',
    de: 'Alle Sitzungen des Mitglieds enden. Die Anmeldung fragt wie zuvor nach dem zweiten Faktor.',
  },
  body: {
    schema: body({ ...token, password: { type: 'string', maxLength: 1000, format: 'password' } }),
    example: { token: exampleToken, password: 'another heron rides the train' },
  },
  answers: { 204: { description: { en: 'Changed', de: 'Geändert' } } },
  problems: ['link_invalid', 'demo_account', 'not_found', 'csrf_invalid'],
}

export const askForLinkRoute: RouteDescription = {
  id: 'ask_for_sign_in_link',
  tag: 'session',
  open: true,
  summary: { en: 'Ask for a link to sign in with', de: 'Einen Link zur Anmeldung anfordern' },
  description: alike,
  body: { schema: body(address), example: { email: 'mara.lindner@nordwind.example' } },
  answers: onItsWay(15, { headers: ['Set-Cookie'] }),
  problems: ['too_many_attempts', 'not_found', 'demo_account', 'csrf_invalid'],
}

export const openLinkRoute: RouteDescription = {
  id: 'sign_in_by_link',
  tag: 'session',
  open: true,
  summary: { en: 'Sign in by a link', de: 'Mit einem Link anmelden' },
  description: {
    en: 'Works once, and only in the browser that asked for the link.',
    de: 'Geht einmal, und nur in dem Browser, der den Link angefordert hat.',
  },
  body: { schema: body(token), example: { token: exampleToken } },
  answers: {
    201: {
      description: { en: 'Signed in', de: 'Angemeldet' },
      headers: ['Set-Cookie'],
      content: { schema: ref('Session') },
    },
  },
  problems: ['link_invalid', 'link_elsewhere', 'sign_in_refused', 'csrf_invalid'],
}
