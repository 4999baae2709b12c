import { defineManifest } from '@plinth/sdk'
import { log } from './src/log-entity.ts'
import { message } from './src/message-entity.ts'
import { queue } from './src/queue-entity.ts'
import { ticket } from './src/ticket-entity.ts'

export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'tickets',
  version: '1.0.0',
  publisher: 'plinth',
  license: 'MIT',
  area: 'support',
  name: { en: 'Tickets', de: 'Support-Tickets' },
  description: {
    en: 'Requests of customers from the first message to the solution, on a board the whole team works from.',
    de: 'Anliegen von Kunden von der ersten Nachricht bis zur Lösung, auf einem Board für das ganze Team.',
  },
  icon: 'headset',
  category: { en: 'Support', de: 'Kundendienst' },
  engines: { plinth: '^1' },
  requires: { crm: '^1', employees: '^1' },
  tier: 'professional',

  roles: [
    {
      id: 'colleague',
      label: { en: 'Tickets: colleague', de: 'Tickets: Kollegin oder Kollege' },
      grants: [
        'support.tickets.ticket.read',
        'support.tickets.ticket.create',
        'support.tickets.ticket.update',
        'support.tickets.message.read',
        'support.tickets.message.create',
        'support.tickets.log.read',
        'support.tickets.queue.read',
      ],
      everyMember: true,
    },
    {
      id: 'lead',
      label: { en: 'Tickets: lead', de: 'Tickets: Leitung' },
      grants: ['support.tickets.*'],
    },
  ],

  entities: { ticket, message, log, queue },

  events: {
    publishes: [
      {
        type: 'tickets.ticket.status_changed',
        label: { en: 'Ticket changed status', de: 'Ticket hat den Status gewechselt' },
      },
      {
        type: 'tickets.ticket.assigned',
        label: { en: 'Ticket was assigned', de: 'Ticket wurde zugewiesen' },
      },
      {
        type: 'tickets.ticket.resolved',
        label: { en: 'Ticket was resolved', de: 'Ticket wurde gelöst' },
      },
      {
        type: 'tickets.ticket.closed',
        label: { en: 'Ticket was closed', de: 'Ticket wurde geschlossen' },
      },
      {
        type: 'tickets.ticket.reopened',
        label: { en: 'Ticket was reopened', de: 'Ticket wurde wieder geöffnet' },
      },
    ],
  },

  ui: {
    module: 'ui/index.ts',
    screens: [
      {
        id: 'board',
        title: { en: 'Board', de: 'Board' },
        icon: 'square-kanban',
        permission: 'support.tickets.ticket.read',
      },
    ],
    navigation: [
      { screen: 'board', label: { en: 'Ticket board', de: 'Ticket-Board' }, order: 300 },
      { entity: 'ticket', order: 310 },
      { entity: 'queue', order: 320 },
    ],
  },

  i18n: { languages: ['en', 'de'] },
  lifecycle: { sampleData: true },
})
