import type { EntityDeclaration, Text, TransitionsDeclaration } from '@plinth/sdk'
import {
  createSchema,
  isSortable,
  queryFields,
  recordSchema,
  UNREADABLE,
  updateSchema,
  type EntityModel,
  type FieldModel,
  type JsonSchema,
  type Models,
} from '../../data/index.ts'
import { withChecks, withChildren } from './children-schemas.ts'
import { exampleId, exampleValue } from './example-values.ts'
import { filterSchema } from './filter-schema.ts'
import { ref } from './schema-reference.ts'

/** Keywords only our own validator knows. */
const OWN_KEYWORDS = new Set(['decimalRange', 'currencyDigits'])

interface ObjectSchema extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly example?: Readonly<Record<string, unknown>>
}

/** Component schemas of an entity: record, a selection of its fields, what creation and change take, a page, and the filter. */
export function entitySchemas(model: EntityModel, models: Models): [string, JsonSchema][] {
  const { label, labelPlural } = model.declaration
  const family = (schema: ObjectSchema, purpose: 'read' | 'create' | 'update') =>
    withChildren(model, models, schema, purpose, childSchema)
  const record = family(described(model, { ...plain(recordSchema(model)) }, label, true), 'read')
  const some: ObjectSchema = {
    ...record,
    properties: { ...record.properties, ...someCustom(record) },
    required: ['id', 'version'],
    description: {
      en: `${label.en} with only those fields the parameter fields names`,
      de: `${label.de ?? label.en} mit nur den Feldern, die der Parameter fields nennt`,
    },
  }
  return [
    [model.id, record],
    [`${model.id}.some`, some],
    [`${model.id}.page`, page(model, model.id, labelPlural, record)],
    [`${model.id}.page.some`, page(model, `${model.id}.some`, labelPlural, some)],
    ...(model.operations.has('create')
      ? [
          [
            `${model.id}.create`,
            withChecks(model, withStates(model, family(newSchema(model), 'create'), startOf)),
          ] as [string, JsonSchema],
        ]
      : []),
    ...(model.operations.has('update')
      ? [
          [
            `${model.id}.update`,
            withChecks(model, withStates(model, family(changeSchema(model), 'update'), waysOf)),
          ] as [string, JsonSchema],
        ]
      : []),
    [`${model.id}.filter`, filterSchema(model)],
    ...trashSchemas(model),
  ]
}

/** What records look like in the trash. */
function trashSchemas({ id, trash }: EntityModel): [string, JsonSchema][] {
  if (!trash) return []
  const record = described(trash, plain(recordSchema(trash)), trash.declaration.label, true)
  return [
    [`${id}.trashed`, record],
    [`${id}.trashed.page`, page(trash, `${id}.trashed`, trash.declaration.labelPlural, record)],
  ]
}

function newSchema(model: EntityModel): ObjectSchema {
  return described(model, plain(createSchema(model)), model.declaration.label)
}

function changeSchema(model: EntityModel): ObjectSchema {
  return changes(model, described(model, plain(updateSchema(model)), model.declaration.label))
}

function childSchema(child: EntityModel, purpose: 'create' | 'update'): ObjectSchema {
  return purpose === 'create' ? newSchema(child) : changeSchema(child)
}

/** The parameter `fields` names fields of the tenant's one by one, too. */
function someCustom({ properties }: ObjectSchema): Record<string, JsonSchema> {
  const { custom } = properties
  return custom && 'properties' in custom ? { custom: { ...custom, required: [] } } : {}
}

/** Adds what the manifest says about fields: label, help, labels of values, example. Includes come along where records are read. */
export function described(model: EntityModel, schema: ObjectSchema, title: Text, read = false): ObjectSchema {
  const properties = Object.entries(schema.properties).map(([name, each]) => [
    name,
    property(model, model.byName.get(name), each),
  ])
  const includes = read ? [...includeProperties(model), ...unreadableProperty(model)] : []
  const all: Record<string, JsonSchema> = Object.fromEntries([...properties, ...includes])
  const wanted = read ? Object.keys(schema.properties) : wantedNames(model, schema)
  const example = exampleFrom(all, wanted, schema.required ?? [])
  return { ...schema, title, properties: all, ...(example ? { example } : {}) }
}

/** What a person would give: everything but optional references and files, which nobody could follow. */
function wantedNames(model: EntityModel, schema: ObjectSchema): string[] {
  const required = new Set(schema.required)
  return Object.keys(schema.properties).filter((name) => {
    const type = model.byName.get(name)?.declaration.type
    return required.has(name) || (type !== 'ref' && type !== 'member' && type !== 'file')
  })
}

/** An example out of those of the properties; none where a needed value has none. */
function exampleFrom(
  properties: Readonly<Record<string, JsonSchema>>,
  names: readonly string[],
  required: readonly string[],
): Record<string, unknown> | undefined {
  if (required.some((name) => properties[name]?.['example'] === undefined)) return undefined
  const values = names.map((name) => [name, properties[name]?.['example']] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

function changes(model: EntityModel, schema: ObjectSchema): ObjectSchema {
  const { example, ...rest } = schema
  const version: JsonSchema = {
    type: 'integer',
    description: {
      en: 'The version you have seen, where the header If-Match is not sent.',
      de: 'Die gesehene Version, wo die Kopfzeile If-Match nicht gesendet wird.',
    },
  }
  const state = model.declaration.transitions?.field
  const few = Object.entries(example ?? {})
    .filter(([name]) => name !== state)
    .slice(0, 2)
  return {
    ...rest,
    properties: { ...schema.properties, version },
    ...(few.length > 0 ? { example: Object.fromEntries(few) } : {}),
  }
}

function property(model: EntityModel, field: FieldModel | undefined, schema: JsonSchema): JsonSchema {
  if (!field) return schema
  if (field.members) return customProperty(model, field, schema)
  const { label, help, values, default: initial } = field.declaration
  const example = exampleValue(model, field)
  return {
    ...schema,
    title: label,
    ...(help ? { description: help } : {}),
    ...(values ? { 'x-labels': Object.fromEntries(values.map((each) => [each.value, each.label])) } : {}),
    ...(isSortable(field.declaration) ? { 'x-sortable': true } : {}),
    ...(field.declaration.computed ? { 'x-computed': true } : {}),
    ...(field.declaration.encrypted ? { 'x-encrypted': true } : {}),
    ...(field.target ? { 'x-references': field.target } : {}),
    // Not `default`: generators take members that have one for members that are always there.
    ...(initial === undefined || schema['readOnly'] === true ? {} : { 'x-default': initial }),
    ...(example === undefined ? {} : { example }),
  }
}

/** The fields the tenant has added, each described like a declared one. */
function customProperty(model: EntityModel, field: FieldModel, schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema['properties'] as Record<string, JsonSchema>).map(([key, each]) => [
    key,
    property(model, model.byName.get(`${field.name}.${key}`), each),
  ])
  return {
    ...schema,
    title: field.declaration.label,
    properties: Object.fromEntries(properties) as JsonSchema,
    example: exampleValue(model, field),
  }
}

/** Where values are encrypted, one may turn out not to open any more. */
function unreadableProperty({ secret }: EntityModel): [string, JsonSchema][] {
  if (secret.length === 0) return []
  const items = { enum: secret.map(({ name }) => `/${name}`) }
  return [
    [
      UNREADABLE,
      {
        type: 'array',
        items,
        readOnly: true,
        description: {
          en: 'Fields that have a value nobody can read, because it was damaged or its key destroyed. They are null here. Missing where all can be read. A change that does not name such a field keeps its value',
          de: 'Felder mit einem Wert, den niemand lesen kann, weil er beschädigt oder sein Schlüssel vernichtet wurde. Sie sind hier null. Fehlt, wo alles lesbar ist. Eine Änderung, die ein solches Feld nicht nennt, lässt seinen Wert, wie er ist',
        },
      },
    ],
  ]
}

function includeProperties(model: EntityModel): [string, JsonSchema][] {
  return queryFields(model).flatMap((field): [string, JsonSchema][] =>
    field.include === undefined
      ? []
      : [
          [
            field.include,
            {
              anyOf: [ref('Reference'), { type: 'null' }],
              title: field.declaration.label,
            },
          ],
        ],
  )
}

function page(model: EntityModel, item: string, title: Text, record: ObjectSchema): JsonSchema {
  return {
    type: 'object',
    title,
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: ref(item) },
      next: {
        type: ['string', 'null'],
        description: {
          en: 'Cursor of the next page; null on the last one',
          de: 'Zeiger auf die nächste Seite; null auf der letzten',
        },
      },
      total: { type: 'integer', description: { en: 'Only with count=true', de: 'Nur mit count=true' } },
    },
    ...(record['example'] ? { example: { items: [record['example']], next: null, total: 1 } } : {}),
  }
}

/** Says at the field that holds the state what it may become. */
function withStates(
  model: EntityModel,
  schema: ObjectSchema,
  sentence: (declaration: EntityDeclaration, transitions: TransitionsDeclaration) => Text,
): ObjectSchema {
  const { transitions } = model.declaration
  const state = transitions && schema.properties[transitions.field]
  if (!state) return schema
  const description = sentence(model.declaration, transitions)
  return { ...schema, properties: { ...schema.properties, [transitions.field]: { ...state, description } } }
}

function startOf(_declaration: EntityDeclaration, { initial }: TransitionsDeclaration): Text {
  return {
    en: `A new record starts as ${initial.join(' or ')}; anything else is 409 transition_refused.`,
    de: `Ein neuer Datensatz beginnt als ${initial.join(' oder ')}; alles andere ist 409 transition_refused.`,
  }
}

function waysOf(_declaration: EntityDeclaration, { moves }: TransitionsDeclaration): Text {
  const ways = (or: string, using: string) =>
    moves
      .map(
        ({ from, to, permission }) =>
          `${from.join(` ${or} `)} → ${to}${permission === undefined ? '' : ` (${using} ${permission})`}`,
      )
      .join('; ')
  return {
    en: `Goes only these ways: ${ways('or', 'with')}. Anything else is 409 transition_refused, with from, to and allowed.`,
    de: `Geht nur diese Wege: ${ways('oder', 'mit')}. Alles andere ist 409 transition_refused, mit from, to und allowed.`,
  }
}

/** Without what only the platform itself understands. */
export function plain(schema: JsonSchema): ObjectSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (OWN_KEYWORDS.has(key) ? undefined : value)),
  ) as ObjectSchema
}

/** The `{ id, label }` that included references are answered with. */
export const referenceSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'label'],
  properties: { id: { type: 'string', format: 'uuid' }, label: { type: 'string' } },
  description: {
    en: 'A record referred to, by its name',
    de: 'Ein Datensatz, auf den verwiesen wird, mit Namen',
  },
  example: { id: exampleId('reference'), label: 'Nordwind GmbH' },
}
