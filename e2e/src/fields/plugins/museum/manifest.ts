import { defineManifest } from '@plinth/sdk'

const text = (en: string, de: string) => ({ en, de })

/** A record with fields of every kind that a person can fill in, and deeds that ask before they are done. */
export const manifest = defineManifest({
  manifestVersion: 1,
  id: 'museum',
  version: '1.0.0',
  publisher: 'example',
  license: 'MIT',
  area: 'house',
  name: text('Museum', 'Museum'),
  description: text('What is shown, and where it lies.', 'Was gezeigt wird und wo es liegt.'),
  icon: 'landmark',
  category: text('House', 'Haus'),
  engines: { plinth: '^1' },
  tier: 'free',
  entities: {
    exhibit: {
      label: text('Exhibit', 'Ausstellungsstück'),
      labelPlural: text('Exhibits', 'Ausstellungsstücke'),
      icon: 'image',
      collection: 'exhibits',
      display: 'name',
      softDelete: true,
      fields: {
        name: {
          type: 'string',
          label: text('Name', 'Bezeichnung'),
          required: true,
          indexed: true,
          search: true,
        },
        story: { type: 'text', label: text('Story', 'Geschichte') },
        email: { type: 'email', label: text('E-mail', 'E-Mail') },
        phone: { type: 'phone', label: text('Phone', 'Telefon') },
        website: { type: 'url', label: text('Website', 'Webseite') },
        rooms: { type: 'int', label: text('Rooms', 'Räume'), min: 0 },
        weight: { type: 'decimal', label: text('Weight', 'Gewicht'), scale: 3 },
        lent: { type: 'bool', label: text('Lent', 'Verliehen'), default: false },
        made: { type: 'date', label: text('Made', 'Entstanden'), indexed: true },
        seen: { type: 'datetime', label: text('Last seen', 'Zuletzt gesehen') },
        state: {
          type: 'enum',
          label: text('State', 'Zustand'),
          values: [
            { value: 'shown', label: text('On show', 'Ausgestellt'), tone: 'positive' },
            { value: 'stored', label: text('In store', 'Eingelagert') },
          ],
        },
        tags: { type: 'tags', label: text('Tags', 'Schlagwörter') },
        place: { type: 'address', label: text('Place', 'Standort') },
        price: { type: 'money', label: text('Price', 'Preis'), currency: 'EUR' },
        offer: { type: 'money', label: text('Offer', 'Angebot') },
        account: { type: 'iban', label: text('Account', 'Konto'), mask: 'last4' },
        code: { type: 'string', label: text('Safe code', 'Tresorcode'), encrypted: true },
        position: { type: 'geo', label: text('Position', 'Koordinaten') },
        data: { type: 'json', label: text('Data', 'Daten') },
        photo: { type: 'file', label: text('Picture', 'Bild'), accept: ['image/*'] },
        keeperId: { type: 'member', label: text('Keeper', 'Verantwortlich') },
      },
      actions: {
        lend: {
          label: text('Lend', 'Verleihen'),
          input: {
            until: { type: 'date', label: text('Until', 'Bis') },
            note: { type: 'string', label: text('Note', 'Hinweis') },
          },
        },
        destroy: {
          label: text('Destroy', 'Vernichten'),
          description: text('There is no way back.', 'Das lässt sich nicht umkehren.'),
          danger: true,
        },
        group: {
          label: text('Put together', 'Zusammenstellen'),
          on: 'collection',
          records: { min: 1, max: 5 },
          input: { room: { type: 'string', label: text('Room', 'Raum'), required: true } },
        },
      },
      list: { columns: ['name', 'state', 'made', 'price'], sort: 'name' },
    },
  },
  ui: { navigation: [{ entity: 'exhibit', order: 1 }] },
})
