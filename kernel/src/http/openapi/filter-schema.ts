import type { FieldType } from '@plinth/sdk'
import {
  isSortable,
  queryFields,
  valueSchema,
  type EntityModel,
  type FieldModel,
  type JsonSchema,
} from '../../data/index.ts'
import { exampleValue } from './example-values.ts'
import { ref } from './schema-reference.ts'

const TEXTS = new Set<FieldType>(['string', 'text', 'email', 'phone', 'url', 'iban'])
const INCOMPARABLE = new Set<FieldType>(['address', 'json', 'geo', 'tags', 'money', 'file'])

/** The filter of an entity: which of its fields can be asked for what. */
export function filterSchema(model: EntityModel): JsonSchema {
  const self = ref(`${model.id}.filter`)
  const list = { type: 'array', items: self, minItems: 1 }
  const example = exampleFilter(model)
  return {
    type: 'object',
    title: {
      en: `Filter: ${model.declaration.labelPlural.en}`,
      de: `Filter: ${model.declaration.labelPlural['de'] ?? model.declaration.labelPlural.en}`,
    },
    description: {
      en:
        'Conditions joined by and. The value a field must have, or operators: {"status":"active","createdAt":{"gte":"2026-01-01T00:00:00Z"}}. ' +
        'A key may follow up to three references by the names they are included under: {"customer.status":"active"}, {"custom.branch.record.city":"Bonn"}; the record there must exist and be readable.',
      de:
        'Bedingungen, mit und verbunden. Der Wert, den ein Feld haben muss, oder Operatoren: {"status":"active","createdAt":{"gte":"2026-01-01T00:00:00Z"}}. ' +
        'Ein Schlüssel darf bis zu drei Verweisen folgen, unter den Namen, unter denen sie eingeschlossen werden: {"customer.status":"active"}, {"custom.branch.record.city":"Bonn"}; der Datensatz dort muss bestehen und lesbar sein.',
    },
    additionalProperties: false,
    properties: {
      and: list,
      or: list,
      not: self,
      ...Object.fromEntries(queryFields(model).map((field) => [field.name, fieldCondition(field)])),
    },
    patternProperties: {
      '^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z][A-Za-z0-9]*){1,10}$': ref('Condition'),
    },
    ...(example ? { example } : {}),
  }
}

function fieldCondition(field: FieldModel): JsonSchema {
  const { type, label, encrypted } = field.declaration
  if (encrypted) return secretCondition(field)
  const value = comparable(field)
  const operators: Record<string, JsonSchema> = { isNull: { type: 'boolean' } }
  if (value) {
    const orNull = { anyOf: [value, { type: 'null' }] }
    Object.assign(operators, { eq: orNull, ne: orNull, in: many(value), nin: many(value) })
  }
  if (value && isSortable(field.declaration))
    for (const operator of ['lt', 'lte', 'gt', 'gte']) operators[operator] = value
  if (TEXTS.has(type))
    Object.assign(operators, { contains: { type: 'string' }, startsWith: { type: 'string' } })
  if (type === 'tags') operators['contains'] = { type: 'string' }
  if (type === 'money') Object.assign(operators, moneyOperators)
  if (type === 'geo') operators['near'] = near
  return {
    title: label,
    anyOf: [
      ...(value ? [value] : []),
      ...(type === 'money' && field.declaration.currency !== undefined
        ? [{ type: ['string', 'number'] }]
        : []),
      { type: 'null' },
      { type: 'object', properties: operators, additionalProperties: false, minProperties: 1 },
    ],
  }
}

/** Of an encrypted field only whether it is empty and, where there is something to look it up in, whether it is equal. */
function secretCondition(field: FieldModel): JsonSchema {
  const { label } = field.declaration
  const value = field.blind === undefined ? undefined : comparable(field)
  const operators: Record<string, JsonSchema> = {
    isNull: { type: 'boolean' },
    eq: value ? { anyOf: [value, { type: 'null' }] } : { type: 'null' },
    ...(value ? { in: many(value) } : {}),
  }
  return {
    title: label,
    anyOf: [
      ...(value ? [value] : []),
      { type: 'null' },
      { type: 'object', properties: operators, additionalProperties: false, minProperties: 1 },
    ],
  }
}

/** What a value of the field looks like in a condition: by kind alone, since a question may go beyond what a value may be. */
function comparable(field: FieldModel): JsonSchema | undefined {
  const { type } = field.declaration
  if (INCOMPARABLE.has(type)) return undefined
  if (TEXTS.has(type)) return { type: 'string' }
  if (type === 'decimal') return { type: ['string', 'number'] }
  if (type === 'int') return { type: 'integer' }
  const { type: kind, format, enum: values } = valueSchema(field, 'read')
  if (kind === undefined) return {}
  return {
    type: kind,
    ...(format === undefined ? {} : { format }),
    ...(values === undefined ? {} : { enum: values }),
  }
}

const many = (items: JsonSchema): JsonSchema => ({ type: 'array', items, maxItems: 200 })

const amount: JsonSchema = { type: ['string', 'number', 'object'] }
const moneyOperators: Readonly<Record<string, JsonSchema>> = {
  ...Object.fromEntries(['eq', 'ne'].map((name) => [name, { anyOf: [amount, { type: 'null' }] }])),
  ...Object.fromEntries(['lt', 'lte', 'gt', 'gte'].map((name) => [name, amount])),
  in: many(amount),
  nin: many(amount),
  currency: { type: 'string' },
}

const near: JsonSchema = {
  type: 'object',
  required: ['lat', 'lng', 'km'],
  properties: { lat: { type: 'number' }, lng: { type: 'number' }, km: { type: 'number' } },
  additionalProperties: false,
}

function exampleFilter(model: EntityModel): JsonSchema | undefined {
  const state = model.fields.find((field) => field.declaration.type === 'enum')
  const since = { createdAt: { gte: '2026-01-01T00:00:00Z' } }
  return state ? { [state.name]: exampleValue(model, state), ...since } : since
}

/** A condition on a field reached along references, whose type this document does not say. */
export const conditionSchema: JsonSchema = {
  description: {
    en: 'A value the field must have, or operators',
    de: 'Ein Wert, den das Feld haben muss, oder Operatoren',
  },
  anyOf: [
    { type: ['string', 'number', 'boolean', 'null'] },
    {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: Object.fromEntries(
        [
          'eq',
          'ne',
          'in',
          'nin',
          'lt',
          'lte',
          'gt',
          'gte',
          'contains',
          'startsWith',
          'isNull',
          'near',
          'currency',
        ].map((name) => [name, {}]),
      ),
    },
  ],
  example: { gte: '2026-01-01T00:00:00Z' },
}
