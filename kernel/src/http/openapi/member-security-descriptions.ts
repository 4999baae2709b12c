import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'

export const makePasswordLinkRoute: RouteDescription = {
  id: 'make_password_link',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'Make a link to another password', de: 'Einen Link zu einem neuen Passwort erstellen' },
  description: {
    en: 'For a member who cannot get in. It is good for 24 hours and works once; an earlier one is no longer good. It goes to the member by mail; where no mail is sent it is in the answer, and nowhere else. In person only, and only for those who hold whatever the member holds.',
    de: 'Für ein Mitglied, das nicht hineinkommt. Er gilt 24 Stunden und einmal; ein früherer gilt nicht mehr. Er geht per Mail an das Mitglied; wo keine Mail geht, steht er in der Antwort und nirgends sonst. Nur in eigener Person, und nur für die, die haben, was das Mitglied hat.',
  },
  parameters: [
    {
      name: 'id',
      in: 'path',
      description: { en: 'Id', de: 'Kennung' },
      schema: { type: 'string', format: 'uuid' },
      example: exampleId('member'),
    },
  ],
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
