import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const session = { schema: ref('Session') }

export const beginViewRoute: RouteDescription = {
  id: 'begin_view',
  tag: 'session',
  permission: 'platform.kernel.member.viewAs',
  summary: {
    en: 'See the workspace as a member does',
    de: 'Den Arbeitsbereich so sehen wie ein Mitglied',
  },
  description: {
    en: 'For 30 minutes, and only of members who may do nothing that you may not. Nothing can be changed meanwhile. What is asked stands in the audit log with both names.',
    de: 'Für 30 Minuten, und nur bei Mitgliedern, die nichts dürfen, was Sie nicht dürfen. Ändern lässt sich dabei nichts. Im Protokoll stehen beide Namen.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['member'],
      properties: { member: { type: 'string', format: 'uuid' } },
    },
    example: { member: exampleId('member') },
  },
  answers: {
    200: {
      description: { en: 'The session as it is from now on', de: 'Die Sitzung, wie sie ab jetzt ist' },
      content: session,
    },
  },
  problems: ['confirmation_needed', 'own_account', 'validation_failed'],
}

export const endViewRoute: RouteDescription = {
  id: 'end_view',
  tag: 'session',
  summary: { en: 'Be yourself again', de: 'Wieder man selbst sein' },
  answers: {
    200: { description: { en: 'Your own session', de: 'Die eigene Sitzung' }, content: session },
  },
  problems: ['not_found'],
}
