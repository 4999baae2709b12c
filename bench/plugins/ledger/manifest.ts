import { defineManifest, type EntityDeclaration } from '@plinth/sdk'

/** What a typical business entity looks like: 14 fields, some searched, one list order that has an index. */
function entity(index: number): EntityDeclaration {
  return {
    label: { en: `Account ${index}` },
    labelPlural: { en: `Accounts ${index}` },
    icon: 'book',
    collection: `accounts-${index}`,
    display: 'name',
    fields: {
      number: { type: 'string', label: { en: 'Number' }, required: true, unique: true, maxLength: 60 },
      type: {
        type: 'enum',
        label: { en: 'Type' },
        required: true,
        default: 'company',
        values: [
          { value: 'company', label: { en: 'Company' } },
          { value: 'person', label: { en: 'Person' } },
        ],
      },
      name: { type: 'string', label: { en: 'Name' }, required: true, indexed: true, search: true, pii: true },
      vatId: { type: 'string', label: { en: 'VAT ID' } },
      taxNumber: { type: 'string', label: { en: 'Tax number' } },
      email: { type: 'email', label: { en: 'E-mail' }, search: true, pii: true },
      phone: { type: 'phone', label: { en: 'Phone' }, pii: true },
      billingAddress: { type: 'address', label: { en: 'Billing address' }, pii: true },
      shippingAddress: { type: 'address', label: { en: 'Shipping address' }, pii: true },
      paymentTermDays: { type: 'int', label: { en: 'Days' }, default: 14 },
      locale: { type: 'string', label: { en: 'Language' }, default: 'de' },
      ownerId: { type: 'member', label: { en: 'Owner' } },
      tags: { type: 'tags', label: { en: 'Tags' } },
      status: {
        type: 'enum',
        label: { en: 'Status' },
        required: true,
        default: 'active',
        values: [
          { value: 'active', label: { en: 'Active' } },
          { value: 'archived', label: { en: 'Archived' } },
        ],
      },
    },
    list: { columns: ['name', 'email', 'status'], sort: 'name' },
  }
}

export const ENTITIES = 20

/** Twenty entities of one shape, to measure with. */
export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'ledger',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'bench',
  name: { en: 'Ledger' },
  description: { en: 'Records to measure with.' },
  icon: 'book',
  category: { en: 'Bench' },
  engines: { plinth: '^1' },
  tier: 'free',
  entities: Object.fromEntries(
    Array.from({ length: ENTITIES }, (_, index) => [`account${index}`, entity(index)]),
  ),
})
