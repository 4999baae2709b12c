import { defineManifest } from '@plinth/sdk'

/** Something to try the client on. */
export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'shop',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'trade',
  name: { en: 'Shop', de: 'Laden' },
  description: { en: 'Customers and what they order.', de: 'Kunden und was sie bestellen.' },
  icon: 'store',
  category: { en: 'Trade' },
  engines: { plinth: '^1' },
  tier: 'free',
  actions: {
    close: {
      label: { en: 'Close the shop' },
      permission: 'trade.shop.customer.update',
      input: { points: { type: 'int', label: { en: 'Points for all' }, required: true } },
    },
  },
  entities: {
    customer: {
      label: { en: 'Customer', de: 'Kunde' },
      labelPlural: { en: 'Customers', de: 'Kunden' },
      collection: 'customers',
      display: 'name',
      fields: {
        name: { type: 'string', label: { en: 'Name' }, required: true, search: true, indexed: true },
        email: { type: 'email', label: { en: 'E-mail' }, unique: true },
        logo: { type: 'file', label: { en: 'Logo' }, accept: ['image/*', '.txt'] },
        points: { type: 'int', label: { en: 'Points' }, required: true, default: 0, min: 0 },
        status: {
          type: 'enum',
          label: { en: 'Status' },
          required: true,
          indexed: true,
          default: 'lead',
          values: [
            { value: 'lead', label: { en: 'Lead' } },
            { value: 'active', label: { en: 'Active' } },
            { value: 'gone', label: { en: 'Gone' } },
          ],
        },
      },
      transitions: {
        field: 'status',
        initial: ['lead'],
        moves: [
          { from: ['lead'], to: 'active', label: { en: 'Win' } },
          { from: ['active'], to: 'gone', label: { en: 'Lose' } },
        ],
      },
      actions: {
        award: {
          label: { en: 'Award points' },
          when: { status: { ne: 'gone' } },
          input: { points: { type: 'int', label: { en: 'Points' }, required: true, min: 1 } },
        },
        forget: { label: { en: 'Forget' }, danger: true },
        worth: {
          label: { en: 'Worth' },
          effect: 'read',
          output: { orders: { type: 'int', label: { en: 'Orders' }, required: true } },
        },
        pool: {
          label: { en: 'Pool points' },
          on: 'collection',
          records: { min: 2 },
          input: {
            intoId: { type: 'ref', entity: 'customer', chosen: true, label: { en: 'Into' }, required: true },
          },
        },
        standing: {
          label: { en: 'Standing' },
          on: 'collection',
          effect: 'read',
          input: { least: { type: 'int', label: { en: 'From points' }, default: 0 } },
          output: { customers: { type: 'int', label: { en: 'Customers' }, required: true } },
        },
      },
    },
    order: {
      label: { en: 'Order', de: 'Bestellung' },
      labelPlural: { en: 'Orders', de: 'Bestellungen' },
      collection: 'orders',
      display: 'title',
      fields: {
        title: { type: 'string', label: { en: 'Title' }, required: true },
        customerId: { type: 'ref', entity: 'customer', label: { en: 'Customer' }, required: true },
        sellerId: { type: 'member', label: { en: 'Seller' } },
        amount: { type: 'decimal', label: { en: 'Amount' }, required: true },
        pieces: { type: 'int', label: { en: 'Pieces' }, computed: { sum: 'items.pieces' } },
      },
      children: { items: { entity: 'item', field: 'orderId' } },
    },
    item: {
      label: { en: 'Item', de: 'Posten' },
      labelPlural: { en: 'Items', de: 'Posten' },
      collection: 'items',
      display: 'text',
      fields: {
        orderId: {
          type: 'ref',
          entity: 'order',
          label: { en: 'Order' },
          required: true,
          onDelete: 'cascade',
        },
        text: { type: 'string', label: { en: 'Text' }, required: true },
        pieces: { type: 'int', label: { en: 'Pieces' }, required: true, default: 1, min: 1 },
      },
    },
  },
})
