import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf } from './schema-reference.ts'

const uuid = { type: 'string', format: 'uuid' } as const
const time = { type: 'string', format: 'date-time' } as const

const member = {
  name: 'id',
  in: 'path',
  description: { en: 'Id', de: 'Kennung' },
  schema: uuid,
  example: exampleId('member'),
} as const

export const makePasswordLinkRoute: RouteDescription = {
  id: 'make_password_link',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'Make a link to another password', de: 'Einen Link zu einem neuen Passwort erstellen' },
  description: {
    en: 'For a member who cannot get in. It is good for 24 hours and works once; an earlier one is no longer good. It goes to the member by mail; where no mail is sent it is in the answer, and nowhere else. In person only, and only for those who hold whatever the member holds.',
    de: 'Für ein Mitglied, das nicht hineinkommt. Er gilt 24 Stunden und einmal; ein früherer gilt nicht mehr. Er geht per Mail an das Mitglied; wo keine Mail geht, steht er in der Antwort und nirgends sonst. Nur in eigener Person, und nur für die, die haben, was das Mitglied hat.',
  },
  parameters: [member],
  answers: {
    201: {
      description: { en: 'The link is made', de: 'Der Link ist erstellt' },
      content: {
        schema: {
          type: 'object',
          required: ['expiresAt'],
          properties: {
            expiresAt: { type: 'string', format: 'date-time' },
            link: { type: 'string', description: { en: 'Where no mail is sent', de: 'Wo keine Mail geht' } },
          },
        },
        example: { expiresAt: '2026-03-17T09:30:00Z', link: 'https://acme.example.com/reset#…' },
      },
    },
  },
  problems: ['confirmation_needed', 'not_found', 'own_account', 'action_refused', 'demo_account'],
}

export const memberIdentitiesRoute: RouteDescription = {
  id: 'list_member_identities',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'As whom providers know a member', de: 'Als wen Anbieter ein Mitglied kennen' },
  parameters: [member],
  answers: {
    200: {
      description: { en: 'One for each name there', de: 'Je Name dort einer' },
      content: {
        schema: itemsOf({
          type: 'object',
          required: ['provider', 'subject', 'createdAt', 'lastSignInAt'],
          properties: {
            provider: {
              type: 'object',
              required: ['id', 'label'],
              properties: { id: uuid, label: { type: 'string' } },
            },
            subject: { type: 'string' },
            createdAt: time,
            lastSignInAt: time,
          },
        }),
        example: { items: [] },
      },
    },
  },
  problems: ['not_found'],
}

export const unlinkIdentityRoute: RouteDescription = {
  id: 'unlink_member_identity',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'Have a provider know a member no more', de: 'Ein Mitglied von einem Anbieter lösen' },
  description: {
    en: 'For a member who is called otherwise there by now. Sessions opened by it end, and whoever comes from there next with the address is joined with the member. In person only, and only for those who hold whatever the member holds.',
    de: 'Für ein Mitglied, das dort inzwischen anders heißt. Sitzungen, die er eröffnet hat, enden, und wer als Nächstes von dort mit der Adresse kommt, wird mit dem Mitglied verbunden. Nur in eigener Person, und nur für die, die haben, was das Mitglied hat.',
  },
  parameters: [
    member,
    {
      name: 'provider',
      in: 'path',
      description: { en: 'Id of the provider', de: 'Kennung des Anbieters' },
      schema: uuid,
      example: exampleId('provider'),
    },
  ],
  answers: { 204: { description: { en: 'Unlinked', de: 'Gelöst' } } },
  problems: ['confirmation_needed', 'not_found', 'own_account'],
}
