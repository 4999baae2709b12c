import type { CustomEnumValue } from '@plinth/sdk'
import { LEAST_INT, MOST_INT } from './int-range.ts'
import { MAX_WHOLE_DIGITS } from './money.ts'
import { isNeverEmpty, type EntityModel, type FieldModel } from './entity-model.ts'

/** JSON Schema 2020-12, as far as fields need it. */
export type JsonSchema = Readonly<Record<string, unknown>>

const LONGEST: Partial<Record<string, number>> = {
  string: 500,
  text: 20_000,
  email: 254,
  phone: 50,
  url: 2_000,
}

/** Records as they are read keep what no record gets any more. */
type Purpose = 'read' | 'create' | 'update'

/** What values of a field look like in JSON, empty values aside. */
export function valueSchema(field: FieldModel, purpose: Purpose = 'update'): JsonSchema {
  if (field.members) return customSchema(field.members, purpose)
  const { type, minLength, maxLength, pattern, min, max, values, scale, currency, schema } = field.declaration
  const length = {
    ...(minLength !== undefined ? { minLength } : field.notNull && type !== 'enum' ? { minLength: 1 } : {}),
    maxLength: maxLength ?? LONGEST[type],
    ...(pattern === undefined ? {} : { pattern }),
  }
  const range = {
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  }
  switch (type) {
    case 'string':
    case 'text':
      return { type: 'string', ...length }
    case 'email':
      return { type: 'string', format: 'email', ...length }
    case 'phone':
      return { type: 'string', ...length, pattern: pattern ?? PHONE }
    case 'url':
      return { type: 'string', format: 'uri', ...length, pattern: pattern ?? '^https?://' }
    case 'int':
      return { type: 'integer', minimum: LEAST_INT, maximum: MOST_INT, ...range }
    case 'decimal':
      return {
        type: 'string',
        pattern: `^-?[0-9]{1,${18 - (scale ?? 2)}}${scale === 0 ? '' : `(\\.[0-9]{1,${scale ?? 2}})?`}$`,
        ...decimalRange(min, max),
      }
    case 'bool':
      return { type: 'boolean' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'datetime':
      return { type: 'string', format: 'date-time' }
    case 'enum':
      return { type: 'string', enum: enumValues(values ?? [], purpose) }
    case 'tags':
      return {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: 50 },
        maxItems: 50,
        uniqueItems: true,
        ...(field.declaration.required ? { minItems: 1 } : {}),
      }
    case 'address':
      return addressSchema
    case 'money':
      return moneySchema(currency, decimalRange(min, max))
    case 'iban':
      return { type: 'string', format: 'iban', minLength: 15, maxLength: 34 }
    case 'geo':
      return geoSchema
    case 'json':
      return { type: ['object', 'array'], ...schema }
    case 'file':
      return fileSchema(purpose)
    case 'ref':
    case 'member':
      return { type: 'string', format: 'uuid' }
  }
  return {}
}

function enumValues(values: readonly CustomEnumValue[], purpose: Purpose): string[] {
  return values.filter((each) => purpose === 'read' || !each.retired).map((each) => each.value)
}

/** The fields the tenant has added. A change names those that change; creation needs those that are required. */
function customSchema(members: readonly FieldModel[], purpose: Purpose): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: members.filter((field) => purpose === 'read' || isNeeded(field, purpose)).map(keyOf),
    properties: Object.fromEntries(members.map((field) => [keyOf(field), memberSchema(field, purpose)])),
  }
}

const keyOf = (field: FieldModel): string => field.custom!.key

/** Whether a record cannot be created without a value of this custom field. */
export function isNeeded({ declaration }: FieldModel, purpose: Purpose): boolean {
  return purpose === 'create' && declaration.required === true && declaration.default === undefined
}

/** A custom field inside `custom`. Records from before it was required may be empty; emptying it later is refused. */
function memberSchema(field: FieldModel, purpose: Purpose): JsonSchema {
  if (purpose === 'read' && field.declaration.mask !== undefined) return readSchema(field)
  const schema = valueSchema(field, purpose)
  return field.declaration.required && purpose !== 'read' ? schema : { anyOf: [schema, { type: 'null' }] }
}

const addressSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    street: { type: 'string', maxLength: 200 },
    zip: { type: 'string', maxLength: 20 },
    city: { type: 'string', maxLength: 100 },
    country: { type: 'string', format: 'country', pattern: '^[A-Z]{2}$' },
  },
}

/** Three to twenty digits, and what people write between them. */
const PHONE = '^(?=(?:[^0-9]*[0-9]){3,20}[^0-9]*$)\\+?[0-9(][0-9 ()/.\\-]*$'

function moneySchema(currency: string | undefined, range: JsonSchema): JsonSchema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['amount', 'currency'],
    properties: {
      amount: { type: 'string', pattern: `^-?[0-9]{1,${MAX_WHOLE_DIGITS}}(\\.[0-9]{1,4})?$`, ...range },
      currency:
        currency === undefined
          ? { type: 'string', format: 'currency', pattern: '^[A-Z]{3}$' }
          : { type: 'string', enum: [currency] },
    },
    currencyDigits: true,
  }
}

const geoSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['lat', 'lng'],
  properties: {
    lat: { type: 'number', minimum: -90, maximum: 90 },
    lng: { type: 'number', minimum: -180, maximum: 180 },
  },
}

/** Of a file that is given the id counts alone; a reference as it was read may be sent back whole. */
function fileSchema(purpose: Purpose): JsonSchema {
  const known = {
    name: { type: 'string', maxLength: 255 },
    type: { type: 'string', maxLength: 255 },
    size: { type: 'integer', minimum: 0 },
  }
  return {
    type: 'object',
    additionalProperties: false,
    required: purpose === 'read' ? ['id', ...Object.keys(known)] : ['id'],
    properties: { id: { type: 'string', format: 'uuid' }, ...known },
  }
}

/** Checked by a keyword of our own, because decimals are strings. */
function decimalRange(min: number | undefined, max: number | undefined): JsonSchema {
  if (min === undefined && max === undefined) return {}
  return { decimalRange: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) } }
}

function fieldSchema(field: FieldModel, purpose: Purpose = 'update'): JsonSchema {
  const schema = valueSchema(field, purpose)
  return field.notNull ? schema : { anyOf: [schema, { type: 'null' }] }
}

function readSchema(field: FieldModel): JsonSchema {
  const { mask, encrypted } = field.declaration
  // What nobody can read is null, needed or not.
  const notNull = isNeverEmpty(field) && !encrypted
  if (mask === undefined) return fieldSchema({ ...field, notNull }, 'read')
  const hidden = { type: 'string', description: `What a mask of kind ${mask} leaves of the value` }
  return {
    anyOf: [hidden, valueSchema(field, 'read'), ...(notNull ? [] : [{ type: 'null' }])],
    'x-plinth-masked': mask,
  }
}

/** A whole record, as reads answer it. */
export function recordSchema(model: EntityModel): JsonSchema {
  return {
    type: 'object',
    required: model.fields.map((field) => field.name),
    properties: Object.fromEntries(
      model.fields.map((field) => [
        field.name,
        { ...readSchema(field), ...(field.declaration.readOnly ? { readOnly: true } : {}) },
      ]),
    ),
  }
}

/** Neither what every record has nor what follows from other values. */
function writable(model: EntityModel): FieldModel[] {
  return model.fields.filter((field) => !field.base && !field.declaration.computed)
}

/** What creation accepts. `everything` admits read-only fields too, as plugin code may. */
export function createSchema(model: EntityModel, everything = false): JsonSchema {
  const fields = writable(model).filter((field) => everything || !field.declaration.readOnly)
  const required = fields.filter(
    (field) =>
      (field.declaration.required &&
        field.declaration.default === undefined &&
        !field.declaration.sequence) ||
      field.members?.some((member) => isNeeded(member, 'create')),
  )
  return {
    type: 'object',
    additionalProperties: false,
    required: required.map((field) => field.name),
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, 'create')])),
  }
}

/** What a change accepts: any of the changeable fields. */
export function updateSchema(model: EntityModel, everything = false): JsonSchema {
  const fields = writable(model).filter(
    (field) => everything || !(field.declaration.readOnly || field.declaration.immutable),
  )
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
  }
}
