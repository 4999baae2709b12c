import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { ref } from './schema-reference.ts'

const sent: RouteDescription['answers'] = {
  201: {
    description: {
      en: 'A code of six digits is on its way. It is good once, for so many minutes, in this session; one from before is void.',
      de: 'Ein sechsstelliger Code ist unterwegs. Er gilt einmal, so viele Minuten, in dieser Sitzung; ein früherer ist ungültig.',
    },
    content: {
      schema: {
        type: 'object',
        required: ['sentTo', 'minutes'],
        properties: {
          sentTo: { type: 'string', example: 'm***@nordwind.example' },
          minutes: { type: 'integer', example: 10 },
        },
      },
    },
  },
}
const code: JsonSchema = { type: 'string', maxLength: 20 }

export const askMailCodeRoute: RouteDescription = {
  id: 'ask_mail_code',
  tag: 'session',
  summary: {
    en: 'Have a code sent by mail, to give it as second factor',
    de: 'Einen Code per E-Mail anfordern, um ihn als zweiten Faktor anzugeben',
  },
  answers: sent,
  problems: ['method_not_taken', 'too_many_attempts'],
}

export const beginMailRoute: RouteDescription = {
  id: 'begin_mail_codes',
  tag: 'session',
  summary: {
    en: 'Begin with codes by mail as a second factor',
    de: 'Codes per E-Mail als zweiten Faktor einrichten',
  },
  answers: sent,
  problems: ['demo_account', 'confirmation_needed', 'method_not_taken', 'too_many_attempts'],
}

export const confirmMailRoute: RouteDescription = {
  id: 'confirm_mail_codes',
  tag: 'session',
  summary: {
    en: 'Confirm with the code that has arrived',
    de: 'Mit dem Code bestätigen, der angekommen ist',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['code'],
      properties: { code },
    },
    example: { code: '492039' },
  },
  answers: {
    201: {
      description: {
        en: 'Codes by mail are a second factor now. Backup codes come along when there were none.',
        de: 'Codes per E-Mail sind jetzt ein zweiter Faktor. Wiederherstellungscodes kommen mit, wenn es keine gab.',
      },
      content: {
        schema: {
          type: 'object',
          required: ['codes'],
          properties: {
            codes: { type: 'array', items: { type: 'string' }, example: ['7K2QM-4XN8T'] },
            session: ref('Session'),
          },
        },
      },
    },
  },
  problems: ['demo_account', 'code_wrong', 'method_not_taken', 'too_many_attempts', 'not_found'],
}
