import type { AnswerDescription, RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf } from './schema-reference.ts'

const time = { type: 'string', format: 'date-time' }
const textOrNothing = { type: ['string', 'null'] }

const entry = {
  type: 'object',
  required: ['id', 'isCurrent', 'method', 'second', 'agent', 'address', 'createdAt', 'seenAt', 'expiresAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    isCurrent: {
      type: 'boolean',
      description: { en: 'Whether it is the one that asks', de: 'Ob es die ist, die fragt' },
    },
    method: { type: 'string', description: { en: 'How it was opened', de: 'Wie sie geöffnet wurde' } },
    second: { ...textOrNothing, description: { en: 'Second factor', de: 'Zweiter Faktor' } },
    agent: {
      ...textOrNothing,
      description: { en: 'What the browser calls itself', de: 'Wie sich der Browser nennt' },
    },
    address: textOrNothing,
    createdAt: time,
    seenAt: time,
    expiresAt: time,
  },
}

const list: Record<number, AnswerDescription> = {
  200: {
    description: { en: 'The one used last first', de: 'Die zuletzt benutzte zuerst' },
    content: {
      schema: itemsOf(entry),
      example: {
        items: [
          {
            id: exampleId('session'),
            isCurrent: true,
            method: 'password',
            second: null,
            agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
            address: '192.0.2.7',
            createdAt: '2026-03-01T08:00:00.000Z',
            seenAt: '2026-03-01T08:30:00.000Z',
            expiresAt: '2026-03-01T20:00:00.000Z',
          },
        ],
      },
    },
  },
}

const counted: Record<number, AnswerDescription> = {
  200: {
    description: { en: 'How many there were', de: 'Wie viele es waren' },
    content: {
      schema: { type: 'object', required: ['ended'], properties: { ended: { type: 'integer', minimum: 0 } } },
      example: { ended: 2 },
    },
  },
}

export const sessionsRoute: RouteDescription = {
  id: 'list_sessions',
  tag: 'session',
  summary: { en: 'Where you are signed in', de: 'Wo Sie angemeldet sind' },
  answers: list,
  problems: ['viewing_as'],
}

export const endOtherSessionsRoute: RouteDescription = {
  id: 'end_other_sessions',
  tag: 'session',
  summary: { en: 'Sign out everywhere else', de: 'Überall sonst abmelden' },
  answers: counted,
}

export const endSessionRoute: RouteDescription = {
  id: 'end_session',
  tag: 'session',
  summary: { en: 'Sign out on one device', de: 'Auf einem Gerät abmelden' },
  answers: { 204: { description: { en: 'It is refused from now on', de: 'Sie wird ab jetzt abgelehnt' } } },
}

export const memberSessionsRoute: RouteDescription = {
  id: 'list_member_sessions',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'Where a member is signed in', de: 'Wo ein Mitglied angemeldet ist' },
  answers: list,
}

export const endMemberSessionsRoute: RouteDescription = {
  id: 'end_member_sessions',
  tag: 'members',
  permission: 'platform.kernel.member.manage',
  summary: { en: 'Sign a member out everywhere', de: 'Ein Mitglied überall abmelden' },
  description: {
    en: 'Of your own sessions the one that asks stays.',
    de: 'Von den eigenen Sitzungen bleibt die, die fragt.',
  },
  answers: counted,
}
