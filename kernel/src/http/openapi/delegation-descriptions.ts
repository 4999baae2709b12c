import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { list, object, text, time } from './schema-parts.ts'
import { itemsOf, ref } from './schema-reference.ts'

const person = object({
  id: { type: 'string', format: 'uuid', example: exampleId('member') },
  label: { ...text, example: 'Mara Lindner' },
})
const roles = list(
  object({ id: { ...text, example: 'crm.lead' }, label: { anyOf: [ref('Text'), { type: 'null' }] } }),
)

export const delegationSchemas: Readonly<Record<string, JsonSchema>> = {
  Delegation: object({
    id: { type: 'string', format: 'uuid', example: exampleId('delegation') },
    giver: person,
    receiver: person,
    roles,
    reason: { ...text, example: 'On holiday' },
    from: time,
    until: time,
    endedAt: { type: ['string', 'null'], format: 'date-time' },
    state: {
      enum: ['planned', 'active', 'over', 'ended'],
      description: {
        en: 'over: its time has passed; ended: before its time',
        de: 'over: ihre Zeit ist um; ended: vor der Zeit',
      },
    },
  }),
}

export const delegationsRoute: RouteDescription = {
  id: 'list_delegations',
  tag: 'session',
  summary: {
    en: 'What you have passed on to others, and they to you',
    de: 'Was Sie anderen übertragen haben, und andere Ihnen',
  },
  description: {
    en: 'Open ones, and those that ended in the last 30 days.',
    de: 'Offene, und solche, die in den letzten 30 Tagen endeten.',
  },
  answers: {
    200: {
      description: { en: 'The one that ends last first', de: 'Die zuletzt endende zuerst' },
      content: {
        schema: object({
          items: list(ref('Delegation')),
          roles: {
            ...roles,
            description: {
              en: 'Roles you can pass on; none where you may not',
              de: 'Rollen, die Sie übertragen können; keine, wo Sie das nicht dürfen',
            },
          },
        }),
      },
    },
  },
  problems: ['viewing_as'],
}

export const delegateRoute: RouteDescription = {
  id: 'create_delegation',
  tag: 'session',
  permission: 'platform.kernel.delegation.give',
  summary: { en: 'Pass roles on for a while', de: 'Rollen für eine Zeit übertragen' },
  description: {
    en: 'Begins and ends by the clock, at most 366 days. It never gives more than the giver holds at that moment, cannot be passed on further, and ends when one of the two is deactivated.',
    de: 'Beginnt und endet nach der Uhr, höchstens 366 Tage. Sie gibt nie mehr, als wer sie gibt in diesem Moment hat, lässt sich nicht weitergeben und endet, wenn eine der beiden Personen deaktiviert wird.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['member', 'roles', 'reason', 'until'],
      properties: {
        member: { type: 'string', format: 'uuid' },
        roles: { type: 'array', items: text, minItems: 1, maxItems: 100 },
        reason: { type: 'string', minLength: 1, maxLength: 500 },
        from: { type: ['string', 'null'], format: 'date-time' },
        until: { type: 'string', format: 'date-time' },
      },
    },
    example: {
      member: exampleId('member'),
      roles: ['crm.lead'],
      reason: 'On holiday',
      from: '2026-08-03T06:00:00Z',
      until: '2026-08-17T18:00:00Z',
    },
  },
  answers: {
    201: {
      description: { en: 'The delegation', de: 'Die Übertragung' },
      content: { schema: ref('Delegation') },
    },
  },
  problems: ['confirmation_needed', 'own_account', 'validation_failed'],
}

export const endDelegationRoute: RouteDescription = {
  id: 'end_delegation',
  tag: 'session',
  summary: { en: 'End a delegation before its time', de: 'Eine Übertragung vor der Zeit beenden' },
  description: {
    en: 'By who has given or got it, or who manages members.',
    de: 'Durch die Person, die sie gegeben oder bekommen hat, oder wer Mitglieder verwaltet.',
  },
  answers: { 204: { description: { en: 'Ended', de: 'Beendet' } } },
  problems: ['not_found'],
}

export const memberDelegationsRoute: RouteDescription = {
  id: 'list_member_delegations',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'What members have passed on to others', de: 'Was Mitglieder anderen übertragen haben' },
  answers: {
    200: {
      description: { en: 'The one that ends last first', de: 'Die zuletzt endende zuerst' },
      content: { schema: itemsOf(ref('Delegation')) },
    },
  },
}
