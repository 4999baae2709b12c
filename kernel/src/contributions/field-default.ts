import { currencyDigits, type FieldType } from '@plinth/sdk'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isValidIBAN } from 'ibantools'
import { suggestion } from './nearest.ts'
import type { Path, Report } from './point.ts'
import { dicts, finite, text, type Dict } from './reading.ts'

/** What is wrong with the default of a field, as the rest of a sentence beginning "The default …", or nothing. */
type Fault = string | undefined

function hasFormat(name: 'date' | 'date-time' | 'email' | 'uri', value: string): boolean {
  const format = fullFormats[name]
  if (typeof format === 'function') return format(value)
  if (format instanceof RegExp) return format.test(value)
  const validate = typeof format === 'object' ? format.validate : undefined
  if (typeof validate === 'function') return validate(value as never) === true
  return validate instanceof RegExp && validate.test(value)
}

/** The pattern of the field is not tried: it may take for ever, and its author is not trusted yet. */
function textFault(value: unknown, field: Dict): Fault {
  if (typeof value !== 'string') return 'must be a text.'
  const length = Array.from(value).length
  const least = finite(field['minLength'])
  const most = finite(field['maxLength'])
  if (least !== undefined && length < least) return `is shorter than the ${least} characters of "minLength".`
  if (most !== undefined && length > most) return `is longer than the ${most} characters of "maxLength".`
  if (field['type'] === 'email' && !hasFormat('email', value)) return 'must be an e-mail address.'
  if (field['type'] === 'iban' && !isValidIBAN(value)) return 'must be an IBAN without spaces.'
  if (field['type'] === 'url' && !hasFormat('uri', value)) return 'must be an absolute address.'
  return undefined
}

function numberFault(value: number, field: Dict): Fault {
  const least = finite(field['min'])
  const most = finite(field['max'])
  if (least !== undefined && value < least) return `is less than ${least}, its "min".`
  if (most !== undefined && value > most) return `is greater than ${most}, its "max".`
  return undefined
}

function decimalFault(value: unknown, field: Dict): Fault {
  const digits = typeof value === 'number' ? String(value) : text(value)
  const match = digits === undefined ? null : /^-?\d{1,30}(?:\.(\d{1,30}))?$/u.exec(digits)
  if (!match) return 'must be a decimal number, like "40.00".'
  const scale = finite(field['scale']) ?? 2
  if ((match[1] ?? '').length > scale) return `has more than ${scale} digits after the point.`
  return numberFault(Number(digits), field)
}

function moneyFault(value: unknown, field: Dict): Fault {
  const currency = text(field['currency'])
  if (currency === undefined) return 'of an amount needs a "currency".'
  const digits = currencyDigits(currency)
  return digits === undefined ? undefined : decimalFault(value, { ...field, scale: digits })
}

function timeFault(value: unknown, format: 'date' | 'date-time'): Fault {
  if (value === 'now' || (typeof value === 'string' && hasFormat(format, value))) return undefined
  return format === 'date'
    ? 'must be "now" or a date like "2026-01-31".'
    : 'must be "now" or a time like "2026-01-31T08:00:00Z".'
}

function enumFault(value: unknown, field: Dict): Fault {
  const values = dicts(field['values']).flatMap(([, one]) => text(one['value']) ?? [])
  if (typeof value !== 'string') return 'must be one of its values.'
  if (values.includes(value) || values.length === 0) return undefined
  return `must be one of its values.${suggestion(value, values)}`
}

const FAULTS: Readonly<Record<FieldType, (value: unknown, field: Dict) => Fault>> = {
  string: textFault,
  text: textFault,
  email: textFault,
  phone: textFault,
  url: textFault,
  int: (value, field) =>
    Number.isSafeInteger(value) ? numberFault(Number(value), field) : 'must be a whole number.',
  decimal: decimalFault,
  bool: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false.'),
  date: (value) => timeFault(value, 'date'),
  datetime: (value) => timeFault(value, 'date-time'),
  enum: enumFault,
  tags: (value) =>
    Array.isArray(value) && value.every((tag) => typeof tag === 'string')
      ? undefined
      : 'must be a list of texts.',
  address: () => 'makes no sense for an address.',
  money: moneyFault,
  iban: textFault,
  geo: () => 'makes no sense for a place.',
  json: () => 'makes no sense for a JSON value.',
  file: () => 'makes no sense for a file.',
  ref: () => 'makes no sense for a reference: no record exists in every tenant.',
  member: () => 'makes no sense for a member: no member exists in every tenant.',
}

/** Why the field could not hold the value, as the rest of a sentence, or undefined where it could. */
export function fieldFault(field: Dict, value: unknown): string | undefined {
  return FAULTS[field['type'] as FieldType](value, field)
}

/** Checks that the default of a field is a value the field could hold. */
export function checkDefault(field: Dict, path: Path, report: Report): void {
  const { default: value, type } = field
  if (value === undefined || typeof type !== 'string' || !Object.hasOwn(FAULTS, type)) return
  const fault = fieldFault(field, value)
  if (fault !== undefined) report(path, 'default_invalid', `The default ${fault}`)
}

/** Checks that the example of a field is a value the field could hold. */
export function checkExample(field: Dict, path: Path, report: Report): void {
  const { example, type } = field
  if (example === undefined || typeof type !== 'string' || !Object.hasOwn(FAULTS, type)) return
  const fault =
    example === 'now' && type.startsWith('date')
      ? 'must be a value, not "now".'
      : FAULTS[type as FieldType](example, field)
  if (fault !== undefined) report(path, 'example_invalid', `The example ${fault}`)
}
