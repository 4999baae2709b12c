import type { EntityDeclaration } from '@plinth/sdk'
import { PRIORITY_VALUES } from './ticket-priority.ts'
import { STATUS_VALUES, TRANSITIONS } from './ticket-status.ts'

export const ticket = {
  label: { en: 'Ticket', de: 'Ticket' },
  labelPlural: { en: 'Tickets', de: 'Tickets' },
  icon: 'ticket',
  collection: 'tickets',
  softDelete: true,
  display: ['number', 'subject'],
  extensible: true,
  fields: {
    number: {
      type: 'string',
      label: { en: 'Number', de: 'Nummer' },
      sequence: { format: 'T-{year}-{n:5}' },
      readOnly: true,
      unique: true,
      search: true,
    },
    subject: {
      type: 'string',
      label: { en: 'Subject', de: 'Betreff' },
      required: true,
      maxLength: 200,
      search: true,
      pii: true,
    },
    description: { type: 'text', label: { en: 'Description', de: 'Beschreibung' }, search: true, pii: true },
    customerId: { type: 'ref', entity: 'crm.customer', label: { en: 'Customer', de: 'Kunde' } },
    contactId: { type: 'ref', entity: 'crm.contact', label: { en: 'Contact', de: 'Ansprechpartner' } },
    channel: {
      type: 'enum',
      label: { en: 'Channel', de: 'Kanal' },
      required: true,
      default: 'phone',
      values: [
        { value: 'email', label: { en: 'E-mail', de: 'E-Mail' } },
        { value: 'phone', label: { en: 'Phone', de: 'Telefon' } },
        { value: 'chat', label: { en: 'Chat', de: 'Chat' } },
        { value: 'portal', label: { en: 'Customer portal', de: 'Kundenportal' } },
        { value: 'api', label: { en: 'Other system', de: 'Anderes System' } },
      ],
    },
    priority: {
      type: 'enum',
      label: { en: 'Priority', de: 'Priorität' },
      required: true,
      indexed: true,
      default: 'medium',
      values: PRIORITY_VALUES,
    },
    status: {
      type: 'enum',
      label: { en: 'Status', de: 'Status' },
      required: true,
      indexed: true,
      default: 'new',
      values: STATUS_VALUES,
    },
    assigneeEmployeeId: {
      type: 'ref',
      entity: 'employees.employee',
      label: { en: 'Assigned to', de: 'Zugewiesen an' },
    },
    queueId: { type: 'ref', entity: 'queue', label: { en: 'Queue', de: 'Warteschlange' } },
    receivedAt: {
      type: 'datetime',
      label: { en: 'Received', de: 'Eingegangen' },
      required: true,
      immutable: true,
      indexed: true,
      default: 'now',
    },
    responseDueAt: {
      type: 'datetime',
      label: { en: 'First answer due', de: 'Erste Antwort fällig' },
      readOnly: true,
      indexed: true,
    },
    firstResponseAt: { type: 'datetime', label: { en: 'First answer', de: 'Erste Antwort' }, readOnly: true },
    statusChangedAt: {
      type: 'datetime',
      label: { en: 'In this status since', de: 'In diesem Status seit' },
      readOnly: true,
    },
    resolvedAt: { type: 'datetime', label: { en: 'Resolved', de: 'Gelöst' }, readOnly: true },
    closedAt: { type: 'datetime', label: { en: 'Closed', de: 'Geschlossen' }, readOnly: true },
    billable: { type: 'bool', label: { en: 'Billable', de: 'Abrechenbar' }, required: true, default: false },
    tags: { type: 'tags', label: { en: 'Tags', de: 'Schlagwörter' } },
  },
  transitions: TRANSITIONS,
  list: {
    columns: ['number', 'subject', 'customerId', 'priority', 'status', 'assigneeEmployeeId', 'receivedAt'],
    sort: '-receivedAt',
    filters: ['status', 'priority'],
  },
  form: {
    groups: [
      {
        label: { en: 'Request', de: 'Anliegen' },
        fields: ['subject', 'description', 'channel', 'receivedAt', 'tags'],
      },
      { label: { en: 'Customer', de: 'Kunde' }, fields: ['customerId', 'contactId', 'billable'] },
      {
        label: { en: 'Work', de: 'Bearbeitung' },
        fields: ['status', 'priority', 'assigneeEmployeeId', 'queueId'],
      },
    ],
  },
} as const satisfies EntityDeclaration
