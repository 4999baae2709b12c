import fc from 'fast-check'
import { composeIBAN } from 'ibantools'
import type { FieldMeta } from '@plinth/sdk'
import { draw } from './chance.ts'

/** JSON Schema of one field in the create schema of an entity. */
export interface ValueSchema {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly anyOf?: readonly ValueSchema[]
}

/**
 * A value the schema accepts, different each time where the schema leaves room.
 *
 * @param mark text to put into values that are free text
 */
export function sampleValue(schema: ValueSchema, field: FieldMeta, mark: string): unknown {
  if (schema.anyOf) return sampleValue(schema.anyOf[0]!, field, mark)
  switch (field.type) {
    case 'int':
      return chooseInt(schema.minimum ?? 0, schema.maximum ?? 1_000_000)
    case 'decimal':
      return String(field.min ?? Math.min(1, field.max ?? 1))
    case 'bool':
      return true
    case 'date':
      return '2024-05-17'
    case 'datetime':
      return '2024-05-17T08:00:00Z'
    case 'tags':
      return [mark.slice(0, 50)]
    case 'address':
      return { street: mark, city: 'Hamburg', country: 'DE' }
    case 'money':
      return {
        amount: String(field.min ?? Math.min(1, field.max ?? 1)),
        currency: field.currency ?? 'EUR',
      }
    case 'iban':
      return composeIBAN({ countryCode: 'DE', bban: `37040044${chooseInt(1_000_000_000, 9_999_999_999)}` })
    case 'geo':
      return { lat: 53.5511, lng: 9.9937 }
    case 'json':
      return undefined
    case 'email':
      return `${mark}@sample.example`
    case 'url':
      return `https://sample.example/${mark}`
    case 'phone':
      return `+49 40 ${chooseInt(1_000_000, 9_999_999)}`
    case 'string':
    case 'text':
      return schema.pattern === undefined ? fitting(mark, schema) : matching(schema)
    case 'enum':
      return schema.enum![0]
    case 'ref':
    case 'member':
    case 'file':
      return undefined
  }
  return undefined
}

function chooseInt(from: number, to: number): number {
  return draw(fc.integer({ min: Math.ceil(from), max: Math.floor(to) }))
}

function fitting(mark: string, { minLength = 0, maxLength = Infinity }: ValueSchema): string {
  return mark.padEnd(minLength, '.').slice(-maxLength)
}

function matching({ pattern, minLength = 0, maxLength = Infinity }: ValueSchema): string {
  const texts = fc
    .stringMatching(new RegExp(pattern!, 'u'))
    .filter((text) => text.length >= minLength && text.length <= maxLength && text.trim() === text)
  return draw(texts)
}
