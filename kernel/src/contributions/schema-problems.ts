import type { ErrorObject } from 'ajv'
import { suggestion } from './nearest.ts'
import type { Path } from './point.ts'
import { dict, list, text } from './reading.ts'

/** What a validator found, in words for the author of a manifest. */
interface SchemaProblem {
  readonly path: Path
  readonly code: string
  readonly message: string
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
  undefined: 'nothing',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return TYPES[typeof value] ?? typeof value
}

const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

const shown = (value: unknown): string => {
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 60 ? `${json.slice(0, 57)}…` : json
}

/** How the vocabulary describes what is expected, to stand after "must be". */
const described = (schema: unknown): string => text(dict(schema)['description']) ?? 'what the schema says'

/** The sentence and the code for one error, by keyword. `propertyNames` only repeats what was wrong with the name. */
const EXPLAIN: Readonly<Record<string, (error: ErrorObject) => readonly [code: string, message: string]>> = {
  type: ({ params, data }) => {
    const wanted = Array.isArray(params['type']) ? list(params['type']) : String(params['type']).split(',')
    return [
      'type',
      `Must be ${oneOf(wanted.map((type) => TYPES[String(type)] ?? String(type)))}, not ${kindOf(data)}.`,
    ]
  },
  required: ({ params }) => ['missing', `"${params['missingProperty']}" is missing.`],
  additionalProperties: ({ params, parentSchema }) => {
    const key = String(params['additionalProperty'])
    return [
      'unknown_key',
      `Unknown key "${key}".${suggestion(key, Object.keys(dict(dict(parentSchema)['properties'])))}`,
    ]
  },
  enum: ({ params, data }) => {
    const allowed = list(params['allowedValues']).map(String)
    const near = typeof data === 'string' ? suggestion(data, allowed) : ''
    return [
      'value',
      `Must be one of ${oneOf(allowed.map((value) => `"${value}"`))}, not ${shown(data)}.${near}`,
    ]
  },
  const: ({ parentSchema, data }) => ['value', `Must be ${described(parentSchema)}, not ${shown(data)}.`],
  pattern: ({ parentSchema, data }) => ['format', `${shown(data)} must be ${described(parentSchema)}.`],
  minLength: () => ['empty', 'Must not be empty.'],
  minItems: () => ['empty', 'Must not be empty.'],
  minProperties: () => ['empty', 'Must not be empty.'],
  maxLength: ({ params }) => ['too_long', `Must not be longer than ${params['limit']} characters.`],
  maxItems: ({ params }) => ['too_long', `Must not have more than ${params['limit']} items.`],
  minimum: ({ params }) => ['range', `Must not be less than ${params['limit']}.`],
  maximum: ({ params }) => ['range', `Must not be greater than ${params['limit']}.`],
  uniqueItems: ({ params }) => [
    'duplicate',
    `Items ${params['j']} and ${params['i']} are the same, counted from 0.`,
  ],
}

/** From a JSON Pointer back to its parts. */
function partsOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The key an error is about when it is reported at the object around it. */
function keyOf({ keyword, params, propertyName }: ErrorObject): string | undefined {
  if (keyword === 'required') return text(params['missingProperty'])
  if (keyword === 'additionalProperties') return text(params['additionalProperty'])
  return propertyName
}

/** Turns the errors of ajv (run with `allErrors` and `verbose`) into problems: one per fault, at the place of the fault. */
export function schemaProblems(errors: readonly ErrorObject[]): SchemaProblem[] {
  return errors.flatMap((error) => {
    if (error.keyword === 'propertyNames') return []
    const key = keyOf(error)
    const path = [...partsOf(error.instancePath), ...(key === undefined ? [] : [key])]
    const [code, message] = EXPLAIN[error.keyword]?.(error) ?? [
      'schema',
      `It ${error.message ?? 'is not accepted'}.`,
    ]
    return [{ path, code, message }]
  })
}
