import { createHash } from 'node:crypto'
import type { FieldDeclaration } from '@plinth/sdk'
import { literalDefault, type EntityModel, type FieldModel, type JsonSchema } from '../../data/index.ts'
import { SCHEMAS } from './schema-reference.ts'

/** Believable values for fields that are called so. */
const BY_NAME: Readonly<Record<string, string>> = {
  firstname: 'Mara',
  lastname: 'Lindner',
  company: 'Nordwind GmbH',
  street: 'Hafenstraße 12',
  zip: '20457',
  city: 'Hamburg',
  country: 'DE',
  subject: 'The printer on the second floor does not print',
  note: 'Called back on Monday and wants an offer.',
  notes: 'Called back on Monday and wants an offer.',
  text: 'Called back on Monday and wants an offer.',
  body: 'Called back on Monday and wants an offer.',
  description: 'Called back on Monday and wants an offer.',
  code: 'A-100',
  color: 'blue',
}

/** An id that looks like one and is the same in every document. */
export function exampleId(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return `0198c5a4-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-9${hex.slice(7, 10)}-${hex.slice(10, 22)}`
}

const TIME = '2026-03-16T09:30:00Z'

/** A believable value of a field, or undefined where none is known: a pattern needs an `example` in the manifest. */
export function exampleValue(model: EntityModel, field: FieldModel): unknown {
  const { declaration, members } = field
  if (members)
    return Object.fromEntries(
      members.map((each) => [
        each.custom!.key,
        isOptionalReference(each) ? null : (exampleValue(model, each) ?? null),
      ]),
    )
  if (declaration.example !== undefined) return declaration.example
  const initial = literalDefault(declaration)
  if (initial !== undefined && initial !== 'now') return initial
  if (declaration.sequence) return sequenceNumber(declaration.sequence)
  switch (declaration.type) {
    case 'string':
    case 'text':
      return textValue(model, field)
    case 'email':
      return 'mara.lindner@nordwind.example'
    case 'phone':
      return fits('+49 40 3009876', declaration)
    case 'url':
      return fits('https://nordwind.example/about', declaration)
    case 'iban':
      return 'DE89370400440532013000'
    case 'int':
      return field.name === 'version' ? 3 : clamp(5, declaration)
    case 'decimal':
      return decimal(clamp(128, declaration), declaration.scale ?? 2)
    case 'money':
      return { amount: String(clamp(128, declaration)), currency: declaration.currency ?? 'EUR' }
    case 'bool':
      return true
    case 'date':
      return '2026-03-16'
    case 'datetime':
      return TIME
    case 'enum':
      return declaration.values?.[0]?.value
    case 'tags':
      return ['important']
    case 'address':
      return { street: 'Hafenstraße 12', zip: '20457', city: 'Hamburg', country: 'DE' }
    case 'geo':
      return { lat: 53.5511, lng: 9.9937 }
    case 'file':
      return {
        id: exampleId(`file ${field.name}`),
        name: 'contract.pdf',
        type: 'application/pdf',
        size: 48_213,
      }
    case 'json':
      return exampleOf(declaration.schema ?? {})
    case 'ref':
      return exampleId(field.target ?? model.id)
    case 'member':
      return exampleId('member')
    default:
      return undefined
  }
}

/** Nobody could follow the reference of an example. */
function isOptionalReference({ declaration: { type, required } }: FieldModel): boolean {
  return type === 'ref' && required !== true
}

function textValue(model: EntityModel, { name, declaration }: FieldModel): string | undefined {
  const known = BY_NAME[name.toLowerCase()]
  const naming = model.display.includes(name) || name === 'name' || name === 'title'
  const text =
    known ?? (naming ? `Example of a ${model.declaration.label.en.toLowerCase()}` : declaration.label.en)
  return fits(text, declaration)
}

function fits(
  text: string,
  { minLength = 0, maxLength = Infinity, pattern }: FieldDeclaration,
): string | undefined {
  const fitting = text.padEnd(minLength, '.').slice(0, maxLength).trim()
  return pattern === undefined || new RegExp(pattern, 'u').test(fitting) ? fitting : undefined
}

function clamp(value: number, { min = -Infinity, max = Infinity }: FieldDeclaration): number {
  return Math.max(min, Math.min(max, value))
}

function decimal(value: number, scale: number): string {
  return Number.isInteger(value) ? value.toFixed(Math.min(scale, 2)) : String(value)
}

function sequenceNumber({ format, start = 1 }: NonNullable<FieldDeclaration['sequence']>): string {
  return format
    .replaceAll('{year}', '2026')
    .replaceAll(/\{n(?::(\d+))?\}/g, (_all, width: string | undefined) =>
      String(start).padStart(Number(width ?? 1), '0'),
    )
}

type Components = Readonly<Record<string, JsonSchema>>

/** A value of a JSON Schema, as far as one can be told from it: its own example first. */
export function exampleOf(schema: JsonSchema, components: Components = {}): unknown {
  if (typeof schema['$ref'] === 'string')
    return exampleOf(components[schema['$ref'].slice(SCHEMAS.length)] ?? {}, components)
  if (schema['example'] !== undefined) return schema['example']
  if (schema['default'] !== undefined) return schema['default']
  if (schema['const'] !== undefined) return schema['const']
  const choices = (schema['enum'] ?? schema['anyOf'] ?? schema['oneOf']) as readonly unknown[] | undefined
  if (schema['enum']) return choices![0]
  if (choices) return exampleOf(choices[0] as JsonSchema, components)
  const type = Array.isArray(schema['type'])
    ? (schema['type'] as string[])[0]
    : (schema['type'] as string | undefined)
  switch (type) {
    case 'array': {
      const item = schema['items'] ? exampleOf(schema['items'] as JsonSchema, components) : undefined
      return item === undefined ? [] : [item]
    }
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1
    case 'boolean':
      return true
    case 'null':
      return null
    case 'string':
      return stringOf(schema)
    default: {
      const members = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
      const values = members.map(([name, each]) => [name, exampleOf(each, components)] as const)
      return Object.fromEntries(values.filter(([, value]) => value !== undefined))
    }
  }
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: exampleId('record'),
  'date-time': TIME,
  date: '2026-03-16',
  email: 'mara.lindner@nordwind.example',
  uri: 'https://nordwind.example/about',
}

function stringOf({ format, minLength, maxLength, pattern }: JsonSchema): string | undefined {
  const text = BY_FORMAT[String(format)] ?? 'text'
  return fits(text, {
    type: 'string',
    label: { en: '' },
    ...(minLength === undefined ? {} : { minLength: minLength as number }),
    ...(maxLength === undefined ? {} : { maxLength: maxLength as number }),
    ...(pattern === undefined ? {} : { pattern: pattern as string }),
  })
}
