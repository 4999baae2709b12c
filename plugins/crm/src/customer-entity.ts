import type { EntityDeclaration } from '@plinth/sdk'

export const customer = {
  label: { en: 'Customer', de: 'Kunde' },
  labelPlural: { en: 'Customers', de: 'Kunden' },
  icon: 'building-2',
  collection: 'customers',
  softDelete: true,
  display: 'name',
  extensible: true,
  fields: {
    number: {
      type: 'string',
      label: { en: 'Number', de: 'Nummer' },
      sequence: { format: 'K-{n:4}', start: 1001 },
      readOnly: true,
      unique: true,
      search: true,
    },
    type: {
      type: 'enum',
      label: { en: 'Type', de: 'Art' },
      required: true,
      default: 'company',
      values: [
        { value: 'company', label: { en: 'Company', de: 'Firma' } },
        { value: 'person', label: { en: 'Person', de: 'Privatperson' } },
      ],
    },
    name: {
      type: 'string',
      label: { en: 'Name', de: 'Name' },
      required: true,
      maxLength: 160,
      search: true,
      indexed: true,
      pii: true,
    },
    vatId: {
      type: 'string',
      label: { en: 'VAT ID', de: 'USt-IdNr.' },
      help: {
        en: 'Checked for the form of the EU member state and its check digit.',
        de: 'Wird auf die Form des EU-Mitgliedstaats und auf die Prüfziffer geprüft.',
      },
      maxLength: 20,
      example: 'DE136695976',
      search: true,
    },
    taxNumber: { type: 'string', label: { en: 'Tax number', de: 'Steuernummer' }, maxLength: 30 },
    email: { type: 'email', label: { en: 'E-mail', de: 'E-Mail' }, search: true, pii: true },
    phone: { type: 'phone', label: { en: 'Phone', de: 'Telefon' }, pii: true },
    billingAddress: {
      type: 'address',
      label: { en: 'Billing address', de: 'Rechnungsanschrift' },
      pii: true,
    },
    shippingAddress: {
      type: 'address',
      label: { en: 'Shipping address', de: 'Lieferanschrift' },
      help: { en: 'Only if it differs from the billing address.', de: 'Nur, wenn sie abweicht.' },
      pii: true,
    },
    paymentTermDays: {
      type: 'int',
      label: { en: 'Payment term in days', de: 'Zahlungsziel in Tagen' },
      required: true,
      default: 14,
      min: 0,
      max: 365,
    },
    locale: {
      type: 'enum',
      label: { en: 'Language', de: 'Sprache' },
      help: { en: 'In which we write to this customer.', de: 'In der wir diesem Kunden schreiben.' },
      required: true,
      default: 'de',
      values: [
        { value: 'de', label: { en: 'German', de: 'Deutsch' } },
        { value: 'en', label: { en: 'English', de: 'Englisch' } },
      ],
    },
    ownerEmployeeId: {
      type: 'ref',
      entity: 'employees.employee',
      label: { en: 'Owner', de: 'Betreut von' },
    },
    tags: { type: 'tags', label: { en: 'Tags', de: 'Schlagwörter' } },
    status: {
      type: 'enum',
      label: { en: 'Status', de: 'Status' },
      required: true,
      indexed: true,
      default: 'lead',
      values: [
        { value: 'lead', label: { en: 'Lead', de: 'Interessent' }, tone: 'info' },
        { value: 'active', label: { en: 'Active', de: 'Aktiv' }, tone: 'positive' },
        { value: 'archived', label: { en: 'Archived', de: 'Archiviert' }, tone: 'neutral' },
      ],
    },
  },
  actions: {
    merge: {
      label: { en: 'Merge', de: 'Zusammenführen' },
      description: {
        en: 'One customer stays and gets all contacts, activities and whatever else belongs to the others. Those go to the trash.',
        de: 'Ein Kunde bleibt und erhält alle Ansprechpartner, Aktivitäten und was sonst zu den anderen gehört. Diese kommen in den Papierkorb.',
      },
      icon: 'merge',
      on: 'collection',
      records: { min: 2, max: 10 },
      danger: true,
      feature: 'merge-customers',
      input: {
        keepId: {
          type: 'ref',
          entity: 'customer',
          chosen: true,
          label: { en: 'Stays', de: 'Bleibt bestehen' },
          required: true,
        },
      },
    },
  },
  list: {
    columns: ['number', 'name', 'status', 'ownerEmployeeId', 'email', 'phone', 'tags'],
    sort: 'name',
    filters: ['status', 'type'],
  },
  form: {
    groups: [
      {
        label: { en: 'Customer', de: 'Kunde' },
        fields: ['name', 'type', 'status', 'ownerEmployeeId', 'email', 'phone', 'locale', 'tags'],
      },
      { label: { en: 'Addresses', de: 'Anschriften' }, fields: ['billingAddress', 'shippingAddress'] },
      {
        label: { en: 'Invoices and tax', de: 'Rechnung und Steuer' },
        fields: ['vatId', 'taxNumber', 'paymentTermDays'],
      },
    ],
  },
} as const satisfies EntityDeclaration
