import type { JsonSchema } from '../../data/index.ts'
import { exampleId } from './example-values.ts'

export const text: JsonSchema = { type: 'string' }
export const flag: JsonSchema = { type: 'boolean' }
export const whole: JsonSchema = { type: 'integer' }
export const uuid: JsonSchema = { type: 'string', format: 'uuid', example: exampleId('record') }
export const time: JsonSchema = { type: 'string', format: 'date-time', example: '2026-03-16T09:30:00Z' }
export const anything: JsonSchema = { example: null }
export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items })
export const map = (additionalProperties: JsonSchema, example: unknown = {}): JsonSchema => ({
  type: 'object',
  additionalProperties,
  example,
})

/** An object whose members are all there, but for those named after a question mark. */
export function object(members: Readonly<Record<string, JsonSchema>>, more: JsonSchema = {}): JsonSchema {
  const entries = Object.entries(members)
  return {
    type: 'object',
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace('?', ''), schema])),
    ...more,
  }
}
