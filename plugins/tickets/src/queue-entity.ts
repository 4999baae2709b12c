import type { EntityDeclaration } from '@plinth/sdk'

export const queue = {
  label: { en: 'Queue', de: 'Warteschlange' },
  labelPlural: { en: 'Queues', de: 'Warteschlangen' },
  icon: 'inbox',
  collection: 'queues',
  softDelete: true,
  display: 'name',
  fields: {
    name: {
      type: 'string',
      label: { en: 'Name', de: 'Name' },
      required: true,
      unique: true,
      maxLength: 80,
      search: true,
    },
    description: { type: 'string', label: { en: 'Description', de: 'Beschreibung' }, maxLength: 200 },
  },
  list: { columns: ['name', 'description'], sort: 'name' },
} as const satisfies EntityDeclaration
