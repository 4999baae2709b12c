import type { EntityDeclaration } from '@plinth/sdk'

export const contact = {
  label: { en: 'Contact', de: 'Ansprechpartner' },
  labelPlural: { en: 'Contacts', de: 'Ansprechpartner' },
  icon: 'contact-round',
  collection: 'contacts',
  softDelete: true,
  display: ['firstName', 'lastName'],
  extensible: true,
  fields: {
    customerId: {
      type: 'ref',
      entity: 'customer',
      label: { en: 'Customer', de: 'Kunde' },
      required: true,
      immutable: true,
      onDelete: 'cascade',
    },
    firstName: {
      type: 'string',
      label: { en: 'First name', de: 'Vorname' },
      maxLength: 80,
      search: true,
      pii: true,
    },
    lastName: {
      type: 'string',
      label: { en: 'Last name', de: 'Nachname' },
      required: true,
      maxLength: 80,
      search: true,
      indexed: true,
      pii: true,
    },
    email: { type: 'email', label: { en: 'E-mail', de: 'E-Mail' }, search: true, pii: true },
    phone: { type: 'phone', label: { en: 'Phone', de: 'Telefon' }, pii: true },
    position: { type: 'string', label: { en: 'Position', de: 'Position' }, maxLength: 120, search: true },
    isPrimary: {
      type: 'bool',
      label: { en: 'Main contact', de: 'Hauptansprechpartner' },
      help: {
        en: 'A customer has at most one. Choosing another takes it from the one before.',
        de: 'Ein Kunde hat höchstens einen. Wird ein anderer gewählt, verliert ihn der bisherige.',
      },
      required: true,
      default: false,
    },
  },
  list: {
    columns: ['firstName', 'lastName', 'customerId', 'position', 'email', 'phone', 'isPrimary'],
    sort: 'lastName',
    filters: ['isPrimary'],
  },
} as const satisfies EntityDeclaration
