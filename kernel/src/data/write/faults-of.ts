import type { FieldDeclaration, ProblemError } from '@plinth/sdk'
import type { ErrorObject } from 'ajv/dist/2020.js'
import type { FieldModel } from '../model/entity-model.ts'

const EMPTY_BRANCH = /^#\/properties\/[^/]+\/anyOf(\/1\/type)?$/

/**
 * What ajv found, as the API says it: one sentence for each refused value.
 *
 * @param input what was checked
 * @param fieldOf the field whose value a member of the input is
 */
export function faultsOf(
  errors: readonly ErrorObject[],
  input: unknown,
  fieldOf: (name: string) => FieldModel | undefined,
): ProblemError[] {
  const found = new Map<string, ProblemError>()
  for (const error of errors) {
    // An empty value is admitted through anyOf; only the branch for values says what is wrong.
    if (EMPTY_BRANCH.test(error.schemaPath)) continue
    const name = error.params['missingProperty'] ?? error.params['additionalProperty']
    const pointer =
      name === undefined ? error.instancePath : `${error.instancePath}/${escapePointer(String(name))}`
    if (found.has(pointer)) continue
    const path = error.instancePath.split('/').slice(1).map(unescapePointer)
    const fault =
      name === undefined && valueAt(input, path) === null
        ? (['required', 'This value is needed.'] as const)
        : explain(error, fieldOf(path[0] ?? '')?.declaration)
    found.set(pointer, { pointer, code: fault[0], detail: fault[1] })
  }
  return [...found.values()]
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    input,
  )
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescapePointer(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~')
}

const NEEDED: Readonly<Record<string, string>> = {
  string: 'A text is needed here.',
  integer: 'A whole number is needed here.',
  number: 'A number is needed here.',
  boolean: 'True or false is needed here.',
  array: 'A list is needed here.',
  object: 'An object is needed here.',
  email: 'An e-mail address is needed here, like name@example.com.',
  phone: 'A phone number is needed here, like +49 40 123456.',
  uri: 'A complete address is needed here, like https://example.com.',
  date: 'A date is needed here, like 2026-01-31.',
  'date-time': 'A time with its offset is needed here, like 2026-01-31T08:00:00Z.',
  iban: 'An IBAN is needed here, like DE89 3704 0044 0532 0130 00.',
  currency: 'A currency after ISO 4217 is needed here, like EUR.',
  country: 'A country after ISO 3166 is needed here, like DE.',
  uuid: 'An id is needed here.',
}

/** Code and sentence by keyword. */
function explain(error: ErrorObject, field: FieldDeclaration | undefined): readonly [string, string] {
  const { keyword, params } = error
  const limit = Number(params['limit'])
  switch (keyword) {
    case 'required':
      return [keyword, 'This value is needed.']
    case 'additionalProperties':
      return ['unknown', 'There is no such field, or it cannot be set.']
    case 'type':
      return [keyword, NEEDED[String(params['type'])] ?? `One of these is needed here: ${params['type']}.`]
    case 'enum':
      return [keyword, `One of: ${(params['allowedValues'] as unknown[]).join(', ')}.`]
    case 'format':
      return [keyword, NEEDED[String(params['format'])] ?? `The value ${error.message}.`]
    case 'pattern':
      return [keyword, patternText(String(params['pattern']), field)]
    case 'minLength':
      return field?.type === 'iban'
        ? [keyword, NEEDED['iban']!]
        : [keyword, limit === 1 ? 'The text is empty.' : `At least ${limit} characters are needed.`]
    case 'maxLength':
      return [keyword, `At most ${limit} characters are accepted.`]
    case 'minItems':
      return [keyword, limit === 1 ? 'The list is empty.' : `At least ${limit} are needed.`]
    case 'maxItems':
      return [keyword, `At most ${limit} are accepted.`]
    case 'uniqueItems':
      return [
        keyword,
        `The same stands twice, at ${Math.min(params['i'], params['j'])} and ${Math.max(params['i'], params['j'])} counted from 0.`,
      ]
    case 'minimum':
      return [keyword, `The least value is ${limit}.`]
    case 'maximum':
      return [keyword, `The greatest value is ${limit}.`]
    case 'decimalRange':
      return [keyword, 'The number is out of range.']
    default:
      return [keyword, `The value ${error.message ?? 'is not accepted'}.`]
  }
}

function patternText(pattern: string, field: FieldDeclaration | undefined): string {
  if (field?.pattern !== undefined) return `The text does not have the form ${pattern}.`
  switch (field?.type) {
    case 'phone':
      return NEEDED['phone']!
    case 'url':
      return NEEDED['uri']!
    case 'decimal': {
      const digits = field.scale ?? 2
      const point = digits === 0 ? 'none' : `at most ${digits}`
      return `A number is needed here, with at most ${18 - digits} digits before the point and ${point} after it.`
    }
    case 'money':
      return 'An amount in digits is needed here, like 12.34.'
    default:
      return `The text does not have the form ${pattern}.`
  }
}
