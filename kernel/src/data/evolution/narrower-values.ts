import type { FieldModel } from '../model/entity-model.ts'
import { valueSchema, type JsonSchema } from '../model/json-schema.ts'

/** Whether values of the version before may be refused by the next one, so that every stored one has to be looked at. */
export function isNarrower(from: FieldModel, to: FieldModel): boolean {
  // Sealed values are looked at when they are changed.
  if (to.declaration.encrypted) return false
  return (to.notNull && !from.notNull) || !admits(valueSchema(to), valueSchema(from))
}

const UPPER = new Set(['maxLength', 'maximum', 'max', 'maxItems'])
const LOWER = new Set(['minLength', 'minimum', 'min', 'minItems'])

/** Whether the schema certainly admits all that the other one does. */
function admits(wide: JsonSchema, narrow: JsonSchema): boolean {
  return [...new Set([...Object.keys(wide), ...Object.keys(narrow)])].every((key) => {
    const [outer, inner] = [wide[key], narrow[key]]
    if (outer === undefined || JSON.stringify(outer) === JSON.stringify(inner)) return true
    if (inner === undefined) return false
    if (UPPER.has(key)) return (outer as number) >= (inner as number)
    if (LOWER.has(key)) return (outer as number) <= (inner as number)
    if (key === 'enum') return (inner as unknown[]).every((value) => (outer as unknown[]).includes(value))
    if (key === 'decimalRange') return admits(outer as JsonSchema, inner as JsonSchema)
    return false
  })
}
