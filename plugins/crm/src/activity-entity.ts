import type { EntityDeclaration } from '@plinth/sdk'

export const activity = {
  label: { en: 'Activity', de: 'Aktivität' },
  labelPlural: { en: 'Activities', de: 'Aktivitäten' },
  icon: 'history',
  collection: 'activities',
  display: 'subject',
  operations: ['create'],
  fields: {
    customerId: { type: 'ref', entity: 'customer', label: { en: 'Customer', de: 'Kunde' }, required: true },
    contactId: { type: 'ref', entity: 'contact', label: { en: 'Contact', de: 'Ansprechpartner' } },
    kind: {
      type: 'enum',
      label: { en: 'Kind', de: 'Art' },
      required: true,
      indexed: true,
      default: 'note',
      values: [
        { value: 'call', label: { en: 'Call', de: 'Anruf' } },
        { value: 'email', label: { en: 'E-mail', de: 'E-Mail' } },
        { value: 'meeting', label: { en: 'Meeting', de: 'Termin' } },
        { value: 'note', label: { en: 'Note', de: 'Notiz' } },
        { value: 'chat', label: { en: 'Chat', de: 'Chat' } },
        { value: 'ticket', label: { en: 'Ticket', de: 'Ticket' } },
        { value: 'invoice', label: { en: 'Invoice', de: 'Rechnung' } },
      ],
    },
    direction: {
      type: 'enum',
      label: { en: 'Direction', de: 'Richtung' },
      values: [
        { value: 'in', label: { en: 'From the customer', de: 'Vom Kunden' } },
        { value: 'out', label: { en: 'To the customer', de: 'An den Kunden' } },
      ],
    },
    subject: {
      type: 'string',
      label: { en: 'Subject', de: 'Betreff' },
      required: true,
      maxLength: 200,
      search: true,
      pii: true,
    },
    body: { type: 'text', label: { en: 'Text', de: 'Text' }, search: true, pii: true },
    occurredAt: {
      type: 'datetime',
      label: { en: 'When', de: 'Zeitpunkt' },
      required: true,
      indexed: true,
      default: 'now',
    },
    employeeId: {
      type: 'ref',
      entity: 'employees.employee',
      label: { en: 'Employee', de: 'Mitarbeiter' },
      help: {
        en: 'Who dealt with the customer. Left empty, it is you.',
        de: 'Wer mit dem Kunden zu tun hatte. Ohne Angabe sind Sie es.',
      },
    },
    sourceEventId: {
      type: 'string',
      label: { en: 'Source event', de: 'Auslösendes Ereignis' },
      readOnly: true,
      unique: true,
    },
  },
  list: {
    columns: ['occurredAt', 'kind', 'subject', 'customerId', 'contactId', 'employeeId'],
    sort: '-occurredAt',
    filters: ['kind', 'direction'],
  },
  form: {
    groups: [
      {
        label: { en: 'What happened', de: 'Was geschah' },
        fields: ['kind', 'direction', 'subject', 'body', 'occurredAt'],
      },
      { label: { en: 'With whom', de: 'Mit wem' }, fields: ['customerId', 'contactId', 'employeeId'] },
    ],
  },
} as const satisfies EntityDeclaration
