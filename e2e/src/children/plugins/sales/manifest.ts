import { defineManifest } from '@plinth/sdk'

/** Orders that are written together with their positions. */
export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'sales',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'trade',
  name: { en: 'Sales', de: 'Verkauf' },
  description: { en: 'Orders and what is ordered.', de: 'Bestellungen und was bestellt wird.' },
  icon: 'shopping-cart',
  category: { en: 'Trade', de: 'Handel' },
  engines: { plinth: '^1' },
  tier: 'free',
  entities: {
    order: {
      label: { en: 'Order', de: 'Bestellung' },
      labelPlural: { en: 'Orders', de: 'Bestellungen' },
      icon: 'receipt',
      collection: 'orders',
      display: 'customer',
      fields: {
        customer: { type: 'string', label: { en: 'Customer', de: 'Kunde' }, required: true, maxLength: 80 },
        orderedOn: { type: 'date', label: { en: 'Ordered', de: 'Bestellt am' } },
        dueOn: { type: 'date', label: { en: 'Due', de: 'Fällig am' } },
        budget: { type: 'money', label: { en: 'Budget', de: 'Budget' }, currency: 'EUR' },
        total: {
          type: 'money',
          label: { en: 'Total', de: 'Summe' },
          currency: 'EUR',
          computed: { sum: 'positions.amount' },
        },
      },
      checks: [
        {
          id: 'within-budget',
          that: { total: { lte: { field: 'budget' } } },
          message: {
            en: 'The positions cost more than the budget.',
            de: 'Die Positionen kosten mehr als das Budget.',
          },
          field: 'budget',
        },
      ],
      children: {
        positions: {
          entity: 'position',
          field: 'orderId',
          label: { en: 'Positions', de: 'Positionen' },
          min: 1,
          max: 20,
        },
      },
      list: { columns: ['customer', 'total'], sort: '-createdAt' },
      form: {
        groups: [
          {
            label: { en: 'Order', de: 'Bestellung' },
            fields: ['customer', 'orderedOn', 'dueOn', 'budget'],
          },
        ],
      },
    },
    position: {
      label: { en: 'Position', de: 'Position' },
      labelPlural: { en: 'Positions', de: 'Positionen' },
      icon: 'list',
      collection: 'positions',
      display: 'article',
      fields: {
        orderId: {
          type: 'ref',
          entity: 'order',
          label: { en: 'Order', de: 'Bestellung' },
          required: true,
          onDelete: 'cascade',
        },
        article: { type: 'string', label: { en: 'Article', de: 'Artikel' }, required: true, maxLength: 60 },
        warehouseId: { type: 'ref', entity: 'warehouse', label: { en: 'Warehouse', de: 'Lager' } },
        quantity: {
          type: 'decimal',
          label: { en: 'Quantity', de: 'Menge' },
          scale: 2,
          required: true,
          default: '1',
          min: 0,
        },
        price: { type: 'money', label: { en: 'Price', de: 'Preis' }, currency: 'EUR', required: true },
        amount: {
          type: 'money',
          label: { en: 'Amount', de: 'Betrag' },
          currency: 'EUR',
          computed: { multiply: ['quantity', 'price'] },
        },
        gift: { type: 'bool', label: { en: 'Gift', de: 'Geschenk' }, required: true, default: false },
        note: { type: 'text', label: { en: 'Note', de: 'Hinweis' } },
        until: { type: 'date', label: { en: 'Wanted by', de: 'Gewünscht bis' } },
      },
      checks: [
        {
          id: 'cheap-gift',
          when: { gift: true },
          that: { price: { lte: '50' } },
          message: { en: 'A gift costs 50 at most.', de: 'Ein Geschenk kostet höchstens 50.' },
          field: 'price',
        },
      ],
      list: { columns: ['article', 'warehouseId', 'quantity', 'price', 'amount'], sort: 'article' },
    },
    warehouse: {
      label: { en: 'Warehouse', de: 'Lager' },
      labelPlural: { en: 'Warehouses', de: 'Lager' },
      icon: 'warehouse',
      collection: 'warehouses',
      display: 'name',
      fields: { name: { type: 'string', label: { en: 'Name', de: 'Name' }, required: true, search: true } },
    },
  },
})
