import type { EntityDeclaration } from '@plinth/sdk'
import { STATUS_VALUES } from './ticket-status.ts'

/** What happened to a ticket. Only this plugin writes it, and nobody changes it. */
export const log = {
  label: { en: 'Log entry', de: 'Verlaufseintrag' },
  labelPlural: { en: 'Log', de: 'Verlauf' },
  icon: 'scroll-text',
  collection: 'log-entries',
  display: 'kind',
  operations: [],
  fields: {
    ticketId: {
      type: 'ref',
      entity: 'ticket',
      label: { en: 'Ticket', de: 'Ticket' },
      required: true,
      onDelete: 'cascade',
    },
    kind: {
      type: 'enum',
      label: { en: 'Kind', de: 'Art' },
      required: true,
      values: [
        { value: 'status', label: { en: 'Status', de: 'Status' } },
        { value: 'assignment', label: { en: 'Assignment', de: 'Zuweisung' } },
      ],
    },
    fromStatus: {
      type: 'enum',
      label: { en: 'From status', de: 'Status vorher' },
      values: STATUS_VALUES,
    },
    toStatus: {
      type: 'enum',
      label: { en: 'To status', de: 'Status nachher' },
      values: STATUS_VALUES,
    },
    fromEmployeeId: {
      type: 'ref',
      entity: 'employees.employee',
      label: { en: 'Assigned before', de: 'Zugewiesen vorher' },
    },
    toEmployeeId: {
      type: 'ref',
      entity: 'employees.employee',
      label: { en: 'Assigned after', de: 'Zugewiesen nachher' },
    },
    at: {
      type: 'datetime',
      label: { en: 'When', de: 'Zeitpunkt' },
      required: true,
      indexed: true,
    },
    by: { type: 'member', label: { en: 'By', de: 'Durch' } },
  },
  list: {
    columns: ['at', 'kind', 'fromStatus', 'toStatus', 'fromEmployeeId', 'toEmployeeId', 'by'],
    sort: '-at',
    filters: ['kind'],
  },
} as const satisfies EntityDeclaration
