import { CURRENCIES, currencyDigits, FIELD_TYPES, type FieldType } from '@plinth/sdk'
import { checkAccept } from './field-accept.ts'
import { checkJsonSchema } from './json-field-schema.ts'
import { suggestion } from './nearest.ts'
import type { Path, Report } from './point.ts'
import { dict, finite, text, type Dict } from './reading.ts'

const TEXT_LIKE = ['string', 'text', 'email', 'phone', 'url'] as const satisfies readonly FieldType[]
const NUMBERS = ['int', 'decimal', 'money'] as const satisfies readonly FieldType[]
/** A long text does not fit into an index key, and lists and objects have no order. */
const UNORDERED: readonly FieldType[] = ['text', 'tags', 'address', 'geo', 'json', 'file']
const ORDERED = FIELD_TYPES.filter((type) => !UNORDERED.includes(type))

/** Whether fields of the type have an order; amounts of money have one within a currency. */
export function isOrdered(type: FieldType): boolean {
  return ORDERED.includes(type)
}

/** Options that only some types may have. All others go with every type. */
const TYPES_OF_OPTION: Readonly<Record<string, readonly FieldType[]>> = {
  minLength: TEXT_LIKE,
  maxLength: TEXT_LIKE,
  pattern: TEXT_LIKE,
  search: [...TEXT_LIKE, 'iban'],
  min: NUMBERS,
  max: NUMBERS,
  scale: ['decimal'],
  currency: ['money'],
  schema: ['json'],
  maxBytes: ['file'],
  accept: ['file'],
  values: ['enum'],
  entity: ['ref'],
  onDelete: ['ref'],
  sequence: ['string'],
  unique: ORDERED.filter((type) => type !== 'bool' && type !== 'money'),
  indexed: [...ORDERED, 'geo'],
}

const NEEDED_OPTION: Readonly<Partial<Record<FieldType, string>>> = { enum: 'values', ref: 'entity' }

function checkSequence(format: string, path: Path, report: Report): void {
  const placeholders = format.match(/\{[^{}]*\}/gu) ?? []
  const rest = placeholders.reduce((left, placeholder) => left.replace(placeholder, ''), format)
  const counters = placeholders.filter((placeholder) => /^\{n(:([1-9]|1[0-9]))?\}$/u.test(placeholder))
  const years = placeholders.filter((placeholder) => placeholder === '{year}')
  if (counters.length + years.length !== placeholders.length || /[{}]/u.test(rest)) {
    report(
      path,
      'sequence_invalid',
      'A sequence knows "{n}", "{n:4}" (padded, up to 19 digits) and "{year}" only.',
    )
  } else if (counters.length !== 1 || years.length > 1) {
    report(
      path,
      'sequence_invalid',
      'A sequence needs the counter "{n}" exactly once, and "{year}" once at most.',
    )
  }
}

function checkBounds(field: Dict, [low, high]: readonly [string, string], path: Path, report: Report): void {
  const from = finite(field[low])
  const to = finite(field[high])
  if (field['type'] === 'int') {
    for (const [key, bound] of [
      [low, from],
      [high, to],
    ] as const) {
      if (bound === undefined || Number.isSafeInteger(bound)) continue
      report([...path, key], 'bound_invalid', `The bound of an int must be a whole number within ±(2⁵³ − 1).`)
    }
  }
  if (from !== undefined && to !== undefined && from > to) {
    report(
      [...path, low],
      'bound_invalid',
      `"${low}" is greater than "${high}", so no value could ever be given.`,
    )
  }
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

/** Checks that the options of a field make sense for its type and go together. */
export function checkOptions(field: Dict, path: Path, report: Report): void {
  const type = FIELD_TYPES.find((one) => one === field['type'])
  if (type) {
    for (const [option, types] of Object.entries(TYPES_OF_OPTION)) {
      if (field[option] === undefined || field[option] === false || types.includes(type)) continue
      const message = `"${option}" makes no sense for a field of type ${type}; it belongs to ${types.join(', ')}.`
      report([...path, option], 'option_not_allowed', message)
    }
    const needed = NEEDED_OPTION[type]
    if (needed && field[needed] === undefined) {
      report([...path, needed], 'option_missing', `A field of type ${type} needs "${needed}".`)
    }
  }
  const currency = text(field['currency'])
  if (currency !== undefined && currencyDigits(currency) === undefined) {
    const message = `"${currency}" is no currency of ISO 4217.${suggestion(currency, CURRENCIES)}`
    report([...path, 'currency'], 'currency_unknown', message)
  }
  checkAccept(field['accept'], [...path, 'accept'], report)
  if (field['type'] === 'json') checkJsonSchema(field['schema'], [...path, 'schema'], report)
  checkBounds(field, ['min', 'max'], path, report)
  checkBounds(field, ['minLength', 'maxLength'], path, report)
  const pattern = text(field['pattern'])
  if (pattern !== undefined && !compiles(pattern)) {
    report(
      [...path, 'pattern'],
      'pattern_invalid',
      'Not a regular expression that compiles with the "u" flag.',
    )
  }
  const format = text(dict(field['sequence'])['format'])
  if (format !== undefined) checkSequence(format, [...path, 'sequence', 'format'], report)
  if (field['sequence'] !== undefined && field['default'] !== undefined) {
    report(
      [...path, 'default'],
      'option_conflict',
      'A field numbered from a sequence cannot have a default as well.',
    )
  }
  if (field['required'] === true && field['onDelete'] === 'setNull') {
    report(
      [...path, 'onDelete'],
      'option_conflict',
      'A required field cannot be emptied when its target is deleted.',
    )
  }
}

/** Checks that the records of an entity that requests create can be created: who must give a value may do so. */
export function checkCreatable(field: Dict, path: Path, report: Report): void {
  const filled = field['sequence'] !== undefined || field['default'] !== undefined
  if (field['required'] !== true || field['readOnly'] !== true || filled) return
  const message =
    'Requests may not write the field and yet must: it needs a "default" or a "sequence", or not be required.'
  report([...path, 'readOnly'], 'option_conflict', message)
}
