import { currencyDigits, type Money } from '@plinth/sdk'
import type { SchemaValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isValidIBAN } from 'ibantools'
import { isDate, isInstant } from '../query/filter-value.ts'
import { isInRange, type DecimalRange } from './decimal-range.ts'
import { toMinor } from './money.ts'

/** The validator of values with all formats and keywords `valueSchema` uses. Schemas with unknown keywords are refused. */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false })
  formats.default(ajv, { formats: ['email', 'uuid'] })
  ajv.addFormat('uri', { type: 'string', validate: isAddress })
  ajv.addFormat('date', {
    type: 'string',
    validate: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text),
  })
  ajv.addFormat('date-time', { type: 'string', validate: isInstant })
  ajv.addFormat('iban', { type: 'string', validate: (text) => isValidIBAN(text) })
  ajv.addFormat('currency', { type: 'string', validate: (text) => currencyDigits(text) !== undefined })
  ajv.addFormat('country', { type: 'string', validate: isCountry })
  ajv.addKeyword({
    keyword: 'decimalRange',
    type: 'string',
    errors: false,
    validate: (range: DecimalRange, text: string) => isInRange(text, range),
  })
  ajv.addKeyword({ keyword: 'currencyDigits', type: 'object', schemaType: 'boolean', validate: fitsCurrency })
  return ajv
}

/** Refuses digits the currency does not have, at the amount. What is no amount or no currency is refused elsewhere. */
const fitsCurrency: SchemaValidateFunction = (_schema: unknown, value: Partial<Money>, _parent, context) => {
  const digits = currencyDigits(String(value.currency))
  if (digits === undefined || typeof value.amount !== 'string' || !/^-?\d+(\.\d+)?$/.test(value.amount))
    return true
  if (toMinor(value as Money) !== undefined || (value.amount.split('.')[1] ?? '').length <= digits)
    return true
  fitsCurrency.errors = [
    {
      keyword: 'scale',
      instancePath: `${context?.instancePath ?? ''}/amount`,
      message: `has more digits after the point than ${value.currency}, which has ${digits}`,
      params: { digits },
    },
  ]
  return false
}

const uri = fullFormats.uri as (text: string) => boolean

function isAddress(text: string): boolean {
  return uri(text) && URL.canParse(text)
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
/** Asking for a name takes as long as checking all the rest of a record. */
const countries = new Map<string, boolean>()

function isCountry(text: string): boolean {
  // Only so many texts of two letters there are.
  if (!/^[A-Z]{2}$/.test(text) || text === 'ZZ') return false
  const known = countries.get(text) ?? regions.of(text) !== undefined
  countries.set(text, known)
  return known
}
