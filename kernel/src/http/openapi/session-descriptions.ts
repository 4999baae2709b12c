import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

const session = { schema: ref('Session') }

export const tenantRoute: RouteDescription = {
  id: 'get_tenant',
  tag: 'session',
  open: true,
  summary: {
    en: 'The workspace, as anyone may know it',
    de: 'Der Arbeitsbereich, wie ihn jeder kennen darf',
  },
  answers: {
    200: {
      description: { en: 'The workspace', de: 'Der Arbeitsbereich' },
      content: { schema: ref('Tenant') },
    },
  },
}

export const signInRoute: RouteDescription = {
  id: 'create_session',
  tag: 'session',
  open: true,
  summary: { en: 'Sign in', de: 'Anmelden' },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['email', 'password'],
      properties: {
        email: { type: 'string', maxLength: 254 },
        password: { type: 'string', maxLength: 1000, format: 'password' },
        newPassword: {
          type: 'string',
          maxLength: 1000,
          format: 'password',
          description: {
            en: 'Takes the place of one that is too old (password_expired). Where a second factor is asked for, the new one comes after it (renew_password)',
            de: 'Tritt an die Stelle eines zu alten (password_expired). Wo ein zweiter Faktor verlangt wird, kommt das neue danach (renew_password)',
          },
        },
      },
    },
    example: { email: 'mara.lindner@nordwind.example', password: 'correct horse battery staple' },
  },
  answers: {
    201: { description: { en: 'Signed in', de: 'Angemeldet' }, headers: ['Set-Cookie'], content: session },
  },
  problems: ['credentials_wrong', 'password_expired', 'sign_in_refused', 'too_many_attempts', 'csrf_invalid'],
}

export const sessionRoute: RouteDescription = {
  id: 'get_session',
  tag: 'session',
  summary: { en: 'Who is signed in', de: 'Wer angemeldet ist' },
  answers: { 200: { description: { en: 'The session', de: 'Die Sitzung' }, content: session } },
}

export const profileRoute: RouteDescription = {
  id: 'update_session',
  tag: 'session',
  summary: { en: 'Change your own name and language', de: 'Den eigenen Namen und die Sprache ändern' },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { name: { type: 'string', minLength: 1, maxLength: 200 }, locale: { enum: ['de', 'en'] } },
    },
    example: { locale: 'de' },
  },
  answers: { 200: { description: { en: 'The session', de: 'Die Sitzung' }, content: session } },
}

export const signOutRoute: RouteDescription = {
  id: 'delete_session',
  tag: 'session',
  summary: { en: 'Sign out', de: 'Abmelden' },
  answers: { 204: { description: { en: 'Signed out', de: 'Abgemeldet' } } },
}

export const changePasswordRoute: RouteDescription = {
  id: 'change_password',
  tag: 'session',
  summary: { en: 'Change your own password', de: 'Das eigene Passwort ändern' },
  description: {
    en: 'All other sessions of the member end.',
    de: 'Alle anderen Sitzungen des Mitglieds enden.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['current', 'password'],
      properties: {
        current: { type: 'string', maxLength: 1000, format: 'password' },
        password: { type: 'string', maxLength: 1000, format: 'password' },
      },
    },
    example: { current: 'correct horse battery staple', password: 'another heron rides the train' },
  },
  answers: { 204: { description: { en: 'Changed', de: 'Geändert' } } },
  problems: ['too_many_attempts', 'demo_account', 'not_found'],
}

export const renewPasswordRoute: RouteDescription = {
  id: 'renew_password',
  tag: 'session',
  summary: {
    en: 'Replace a password that is no longer good',
    de: 'Ein Passwort ersetzen, das nicht mehr gilt',
  },
  description: {
    en: 'For a session that waits for it, after the second factor. It goes on with a new cookie; all other sessions of the member end.',
    de: 'Für eine Sitzung, die darauf wartet, nach dem zweiten Faktor. Sie geht mit neuem Cookie weiter; alle anderen Sitzungen des Mitglieds enden.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['password'],
      properties: { password: { type: 'string', maxLength: 1000, format: 'password' } },
    },
    example: { password: 'another heron rides the train' },
  },
  answers: {
    201: { description: { en: 'The session', de: 'Die Sitzung' }, headers: ['Set-Cookie'], content: session },
  },
  problems: ['not_found', 'demo_account'],
}
