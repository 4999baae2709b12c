import { CUSTOM_FIELD_TYPES, MASK_KINDS } from '@plinth/sdk'
import type { JsonSchema } from '../../data/index.ts'
import type { RouteDescription } from './describe.ts'
import { exampleId } from './example-values.ts'
import { itemsOf, ref } from './schema-reference.ts'
import { entityParameters } from './plugin-parameter.ts'

const words: JsonSchema = {
  description: {
    en: 'One text for all languages, or one for each',
    de: 'Ein Text für alle Sprachen, oder je einer',
  },
  anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }],
}

/** Options are taken away with null. */
const orNull = (type: string): JsonSchema => ({ type: [type, 'null'] })

const options: Readonly<Record<string, JsonSchema>> = {
  label: words,
  help: { anyOf: [words, { type: 'null' }] },
  ...Object.fromEntries(['required', 'search', 'pii'].map((name) => [name, { type: 'boolean' }])),
  listed: {
    type: 'boolean',
    description: { en: 'Whether lists show a column of it', de: 'Ob Listen eine Spalte davon zeigen' },
  },
  default: {
    description: {
      en: 'Value of new records where none is given; of enum a value, or its label',
      de: 'Wert neuer Datensätze, wo keiner angegeben ist; bei enum ein Wert oder seine Bezeichnung',
    },
  },
  ...Object.fromEntries(['minLength', 'maxLength'].map((name) => [name, orNull('integer')])),
  ...Object.fromEntries(['min', 'max'].map((name) => [name, orNull('number')])),
  pattern: orNull('string'),
  mask: {
    enum: [...MASK_KINDS, null],
    description: {
      en: 'What is shown of the values to those who may not see them. Lifting it takes the permission reveal of the entity',
      de: 'Was von den Werten sieht, wer sie nicht sehen darf. Sie aufzuheben verlangt das Recht reveal der Entität',
    },
  },
  values: {
    type: 'array',
    description: {
      en: 'Of enum. Later values can be added and retired, not taken away',
      de: 'Von enum. Später können Werte dazukommen und stillgelegt, aber nicht entfernt werden',
    },
    maxItems: 100,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['label'],
      properties: {
        value: { type: 'string', maxLength: 60 },
        label: words,
        tone: { enum: ['neutral', 'info', 'positive', 'warning', 'danger'] },
        retired: { type: 'boolean' },
      },
    },
  },
}

/** Cannot be changed later. */
const fixed: Readonly<Record<string, JsonSchema>> = {
  type: { enum: [...CUSTOM_FIELD_TYPES] },
  name: {
    type: 'string',
    maxLength: 40,
    description: { en: 'Default: made of the label', de: 'Sonst aus der Bezeichnung' },
  },
  unique: { type: 'boolean' },
  scale: { type: 'integer', minimum: 0, maximum: 6 },
  target: {
    type: 'string',
    description: {
      en: 'Of ref: the entity it leads to, of any plugin that is on. What a field in use refers to cannot be deleted: 409 still_referenced',
      de: 'Von ref: die Entität, auf die es verweist, aus irgendeinem eingeschalteten Plugin. Worauf ein Feld in Gebrauch verweist, lässt sich nicht löschen: 409 still_referenced',
    },
  },
  currency: {
    type: ['string', 'null'],
    description: {
      en: 'Of money: the one currency of all amounts. Without it each amount brings its own, and lists cannot be sorted by it',
      de: 'Von money: die eine Währung aller Beträge. Ohne sie bringt jeder Betrag seine eigene mit, und Listen lassen sich nicht danach sortieren',
    },
  },
}

const answer = { schema: ref('CustomField') }
const common = { tag: 'custom-fields' } as const
const manage = { ...common, permission: 'platform.kernel.customField.manage', repeatable: true } as const

const id = {
  name: 'id',
  in: 'path',
  description: { en: 'Id of the field', de: 'Kennung des Feldes' },
  schema: { type: 'string', format: 'uuid' },
  example: exampleId('custom-field'),
} as const

export const extensibleRoute: RouteDescription = {
  ...common,
  id: 'list_extensible_entities',
  permission: 'platform.kernel.customField.read',
  summary: { en: 'Entities that take further fields', de: 'Entitäten, die weitere Felder aufnehmen' },
  answers: {
    200: {
      description: { en: 'All of them', de: 'Alle' },
      content: { schema: itemsOf(ref('ExtensibleEntity')), example: { items: [] } },
    },
  },
}

export const customFieldsRoute: RouteDescription = {
  ...common,
  id: 'list_custom_fields',
  permission: 'platform.kernel.customField.read',
  summary: {
    en: 'Fields that were added, archived ones last',
    de: 'Hinzugefügte Felder, archivierte zuletzt',
  },
  parameters: entityParameters,
  answers: {
    200: {
      description: { en: 'All of them', de: 'Alle' },
      content: { schema: itemsOf(ref('CustomField')), example: { items: [] } },
    },
  },
  problems: ['not_found', 'validation_failed'],
}

export const createCustomFieldRoute: RouteDescription = {
  ...manage,
  id: 'create_custom_field',
  summary: { en: 'Add a field', de: 'Ein Feld hinzufügen' },
  description: {
    en: 'Values stand in the member custom of records; queries call the field custom.<name>. At most 40 fields of an entity are in use.',
    de: 'Werte stehen im Mitglied custom der Datensätze; in Abfragen heißt das Feld custom.<name>. Höchstens 40 Felder einer Entität sind in Gebrauch.',
  },
  parameters: entityParameters,
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['type', 'label'],
      properties: { ...fixed, ...options },
    },
    example: { type: 'string', label: { en: 'Region', de: 'Region' } },
  },
  answers: {
    201: { description: { en: 'Added', de: 'Hinzugefügt' }, content: answer, headers: ['ETag', 'Location'] },
  },
  problems: ['not_found', 'validation_failed'],
}

export const changeCustomFieldRoute: RouteDescription = {
  ...manage,
  id: 'update_custom_field',
  summary: {
    en: 'Change, move, archive or restore a field',
    de: 'Ein Feld ändern, verschieben, archivieren oder wiederherstellen',
  },
  description: {
    en: 'What is not mentioned stays, null takes an option away. If-Match, or version in the body, names the version you have seen.',
    de: 'Was nicht genannt wird, bleibt; null nimmt eine Option weg. If-Match, oder version im Rumpf, nennt die gesehene Version.',
  },
  parameters: [...entityParameters, id],
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...options,
        position: { type: 'integer', minimum: 0 },
        archived: { type: 'boolean' },
        version: { type: 'integer' },
        ...fixed,
      },
    },
    example: { label: { en: 'Sales region', de: 'Vertriebsgebiet' }, version: 1 },
  },
  answers: { 200: { description: { en: 'Changed', de: 'Geändert' }, content: answer, headers: ['ETag'] } },
  problems: ['not_found', 'validation_failed', 'version_conflict', 'version_required'],
}

export const archiveCustomFieldRoute: RouteDescription = {
  ...manage,
  id: 'delete_custom_field',
  summary: { en: 'Archive a field', de: 'Ein Feld archivieren' },
  description: {
    en: 'It disappears from records, forms and queries. Its values are kept and come back when it is restored.',
    de: 'Es verschwindet aus Datensätzen, Formularen und Abfragen. Seine Werte bleiben und kehren mit ihm zurück, wenn es wiederhergestellt wird.',
  },
  parameters: [...entityParameters, id],
  answers: { 204: { description: { en: 'Archived', de: 'Archiviert' } } },
  problems: ['not_found', 'validation_failed'],
}
