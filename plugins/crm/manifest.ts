import { defineManifest } from '@plinth/sdk'
import { activity } from './src/activity-entity.ts'
import { contact } from './src/contact-entity.ts'
import { customer } from './src/customer-entity.ts'

export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'crm',
  version: '1.0.0',
  publisher: 'plinth',
  license: 'MIT',
  area: 'backoffice',
  name: { en: 'Customers', de: 'Kundenverwaltung' },
  description: {
    en: 'Customers, their contacts and the complete history of what was said and agreed with them.',
    de: 'Kunden, ihre Ansprechpartner und der vollständige Verlauf dessen, was mit ihnen besprochen wurde.',
  },
  icon: 'handshake',
  category: { en: 'Customers and sales', de: 'Kunden und Vertrieb' },
  engines: { plinth: '^1' },
  requires: { employees: '^1' },
  uses: { tickets: '^1' },
  tier: 'free',

  features: [
    {
      id: 'merge-customers',
      type: 'boolean',
      label: { en: 'Merge customers', de: 'Kunden zusammenführen' },
      description: {
        en: 'Several customers become one. Without it, nobody can join records by mistake.',
        de: 'Aus mehreren Kunden wird einer. Ohne sie führt niemand versehentlich Datensätze zusammen.',
      },
      default: true,
    },
  ],

  roles: [
    {
      id: 'colleague',
      label: { en: 'Customers: colleague', de: 'Kunden: Kollegin oder Kollege' },
      grants: [
        'backoffice.crm.customer.read',
        'backoffice.crm.customer.create',
        'backoffice.crm.customer.update',
        'backoffice.crm.contact.read',
        'backoffice.crm.contact.create',
        'backoffice.crm.contact.update',
        'backoffice.crm.activity.read',
        'backoffice.crm.activity.create',
      ],
      everyMember: true,
    },
    {
      id: 'lead',
      label: { en: 'Customers: lead', de: 'Kunden: Leitung' },
      grants: ['backoffice.crm.*'],
    },
  ],

  entities: { customer, contact, activity },

  events: {
    publishes: [
      {
        type: 'crm.customer.merged',
        label: { en: 'Customers merged', de: 'Kunden zusammengeführt' },
      },
    ],
    subscribes: [
      { event: 'tickets.ticket.created', handler: 'ticketOpened' },
      { event: 'tickets.ticket.updated', handler: 'ticketUpdated' },
      { event: 'tickets.ticket.status_changed', handler: 'ticketMoved' },
    ],
  },

  ui: {
    module: 'ui/index.ts',
    screens: [
      {
        id: 'customer',
        title: { en: 'Customer', de: 'Kunde' },
        icon: 'building-2',
        permission: 'backoffice.crm.customer.read',
        detailOf: 'customer',
      },
    ],
    navigation: [
      { entity: 'customer', order: 200 },
      { entity: 'contact', order: 210 },
      { entity: 'activity', order: 220 },
    ],
  },

  i18n: { languages: ['en', 'de'] },
  lifecycle: { sampleData: true },
})
