import type { EntityDeclaration } from '@plinth/sdk'

export const message = {
  label: { en: 'Message', de: 'Nachricht' },
  labelPlural: { en: 'Messages', de: 'Nachrichten' },
  icon: 'message-square-text',
  collection: 'messages',
  display: 'author',
  operations: ['create'],
  fields: {
    ticketId: {
      type: 'ref',
      entity: 'ticket',
      label: { en: 'Ticket', de: 'Ticket' },
      required: true,
      onDelete: 'cascade',
    },
    direction: {
      type: 'enum',
      label: { en: 'Direction', de: 'Richtung' },
      required: true,
      default: 'internal',
      values: [
        { value: 'in', label: { en: 'From the customer', de: 'Vom Kunden' }, tone: 'info' },
        { value: 'out', label: { en: 'To the customer', de: 'An den Kunden' }, tone: 'positive' },
        { value: 'internal', label: { en: 'Internal', de: 'Intern' }, tone: 'neutral' },
      ],
    },
    author: {
      type: 'string',
      label: { en: 'From', de: 'Von' },
      help: { en: 'Left empty, it is you.', de: 'Ohne Angabe sind Sie es.' },
      maxLength: 160,
      search: true,
      pii: true,
    },
    body: { type: 'text', label: { en: 'Text', de: 'Text' }, required: true, search: true, pii: true },
    sentAt: {
      type: 'datetime',
      label: { en: 'Sent', de: 'Gesendet' },
      required: true,
      indexed: true,
      default: 'now',
    },
  },
  list: {
    columns: ['sentAt', 'direction', 'author', 'body', 'ticketId'],
    sort: '-sentAt',
    filters: ['direction'],
  },
} as const satisfies EntityDeclaration
