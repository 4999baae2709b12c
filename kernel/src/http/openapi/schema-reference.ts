import type { JsonSchema } from '../../data/index.ts'

/** Where the document keeps the schemas that others refer to. */
export const SCHEMAS = '#/components/schemas/'

/** Stands for a schema of the document. */
export const ref = (name: string): JsonSchema => ({ $ref: `${SCHEMAS}${name}` })

/** A list that is answered whole. */
export const itemsOf = (items: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['items'],
  properties: { items: { type: 'array', items } },
})
