import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

const token = { type: 'string', description: { en: 'Behind # in the link', de: 'Hinter # im Link' } }
const exampleToken = 'Zk3vTt0mN1c5yqk8y2gq0b6H1w9dR4xA7uLpE2sJf0M'

export const lookInvitationRoute: RouteDescription = {
  id: 'look_at_invitation',
  tag: 'session',
  open: true,
  summary: { en: 'What an invitation is for', de: 'Wofür eine Einladung ist' },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['token'],
      properties: { token },
    },
    example: { token: exampleToken },
  },
  answers: {
    200: {
      description: { en: 'Who is invited', de: 'Wer eingeladen ist' },
      content: {
        schema: {
          type: 'object',
          required: ['email', 'name', 'minLength'],
          properties: {
            email: { type: 'string' },
            name: { type: 'string' },
            minLength: { type: 'integer' },
          },
        },
        example: { email: 'noor.haddad@nordwind.example', name: 'Noor Haddad', minLength: 15 },
      },
    },
  },
  problems: ['link_invalid', 'csrf_invalid'],
}

export const acceptInvitationRoute: RouteDescription = {
  id: 'accept_invitation',
  tag: 'session',
  open: true,
  summary: { en: 'Become a member', de: 'Mitglied werden' },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['token', 'name', 'password'],
      properties: {
        token,
        name: { type: 'string', minLength: 1, maxLength: 200 },
        password: { type: 'string', maxLength: 1000, format: 'password' },
      },
    },
    example: { token: exampleToken, name: 'Noor Haddad', password: 'correct horse battery staple' },
  },
  answers: {
    201: {
      description: { en: 'Signed in', de: 'Angemeldet' },
      headers: ['Set-Cookie'],
      content: { schema: ref('Session') },
    },
  },
  problems: ['link_invalid', 'unique_violated', 'csrf_invalid'],
}
