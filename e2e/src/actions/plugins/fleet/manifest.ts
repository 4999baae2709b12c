import { defineManifest } from '@plinth/sdk'

/** Actions in every place they can be offered in. */
export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'fleet',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'trade',
  name: { en: 'Fleet', de: 'Fuhrpark' },
  description: { en: 'Vehicles and what is done with them.', de: 'Fahrzeuge und was mit ihnen geschieht.' },
  icon: 'truck',
  category: { en: 'Trade', de: 'Handel' },
  engines: { plinth: '^1' },
  tier: 'free',
  actions: {
    inspect: {
      label: { en: 'Order inspection', de: 'Prüfung bestellen' },
      description: { en: 'For the whole fleet.', de: 'Für den ganzen Fuhrpark.' },
      icon: 'clipboard-check',
      permission: 'trade.fleet.vehicle.create',
    },
  },
  entities: {
    vehicle: {
      label: { en: 'Vehicle', de: 'Fahrzeug' },
      labelPlural: { en: 'Vehicles', de: 'Fahrzeuge' },
      icon: 'truck',
      collection: 'vehicles',
      display: 'name',
      fields: {
        name: { type: 'string', label: { en: 'Name', de: 'Name' }, required: true },
        price: { type: 'money', currency: 'EUR', label: { en: 'Price', de: 'Preis' } },
        sold: { type: 'bool', label: { en: 'Sold', de: 'Verkauft' }, required: true, default: false },
      },
      list: { columns: ['name', 'price', 'sold'], sort: 'name' },
      actions: {
        value: {
          label: { en: 'Estimate value', de: 'Wert schätzen' },
          description: { en: 'What it would bring today.', de: 'Was es heute einbrächte.' },
          effect: 'read',
          output: {
            price: { type: 'money', currency: 'EUR', label: { en: 'Value', de: 'Wert' } },
            good: { type: 'bool', label: { en: 'Worth keeping', de: 'Erhaltenswert' }, required: true },
          },
        },
        exchange: {
          label: { en: 'Exchange', de: 'Eintauschen' },
          description: { en: 'All but one are given away.', de: 'Alle bis auf eines werden abgegeben.' },
          on: 'collection',
          records: { min: 2, max: 3 },
          when: { sold: false },
          danger: true,
          input: {
            keptId: {
              type: 'ref',
              entity: 'vehicle',
              chosen: true,
              label: { en: 'Stays', de: 'Bleibt' },
              required: true,
            },
          },
        },
        buy: {
          label: { en: 'Buy', de: 'Zukaufen' },
          on: 'collection',
          input: {
            count: {
              type: 'int',
              label: { en: 'How many', de: 'Wie viele' },
              required: true,
              min: 1,
              max: 5,
            },
          },
        },
        tally: {
          label: { en: 'Tally', de: 'Zählen' },
          on: 'collection',
          effect: 'read',
          input: {
            most: {
              type: 'money',
              currency: 'EUR',
              label: { en: 'Up to', de: 'Bis' },
              help: { en: 'The price.', de: 'Der Preis.' },
            },
          },
          output: { vehicles: { type: 'int', label: { en: 'Vehicles', de: 'Fahrzeuge' }, required: true } },
        },
      },
    },
  },
  ui: { navigation: [{ entity: 'vehicle', order: 1 }] },
})
