import { isDeepStrictEqual } from 'node:util'
import { currencyDigits, type FieldType } from '@plinth/sdk'
import type { FieldModel } from '../model/entity-model.ts'
import { LEAST_INT, MOST_INT } from '../model/int-range.ts'
import { physicalColumns } from '../model/orm-schema.ts'

/** How the values of a field become those of the next version and back, as SQL over the columns `$0` and `$1`. */
export interface Conversion {
  /** One expression per column of the next version. Never fails; what cannot be converted becomes NULL. */
  readonly forward: readonly string[]
  /** One expression per column of the version before. */
  readonly backward: readonly string[]
  /** Values that do not come back as they were are not convertible. */
  readonly exact: boolean
}

const TEXTS: readonly FieldType[] = ['string', 'text', 'email', 'phone', 'url', 'iban', 'enum']

/** The closed table of conversions. What is not in it is not guessed: it takes code of the plugin, or is refused. */
export function findConversion(from: FieldModel, to: FieldModel): Conversion | undefined {
  // What is sealed cannot be looked into.
  if (from.declaration.encrypted || to.declaration.encrypted) return undefined
  const [source, target] = [from.declaration.type, to.declaration.type]
  if (TEXTS.includes(source) && TEXTS.includes(target)) return textConversion(from, to)
  if (source === 'int' && target === 'decimal') return intToDecimal(to)
  if (source === 'decimal' && target === 'decimal') return decimalToDecimal(from, to)
  if ((source === 'decimal' || source === 'int') && target === 'money') return numberToMoney(from, to)
  return undefined
}

/** Whether both versions can work in the same columns: the same types in the database, and every value means the same. */
export function sharesColumns(from: FieldModel, to: FieldModel): boolean {
  const [source, target] = [from.declaration.type, to.declaration.type]
  const types = (field: FieldModel) =>
    JSON.stringify(physicalColumns(field).map(({ type, collation }) => [type, collation]))
  if (types(from) !== types(to) || renamesValues(from, to)) return false
  // Each version goes on working it out its own way.
  if (to.declaration.computed && !isDeepStrictEqual(from.declaration.computed, to.declaration.computed))
    return false
  if (source === target) return true
  // Those two are stored in a form of their own.
  return TEXTS.includes(source) && TEXTS.includes(target) && target !== 'email' && target !== 'iban'
}

/** Former enum values and what becomes of each. */
function valueMap({ declaration }: FieldModel): Map<string, string> {
  return new Map((declaration.values ?? []).flatMap(({ value, was = [] }) => was.map((old) => [old, value])))
}

/** A `was` that has been carried out in an earlier version says nothing any more. */
function renamesValues(from: FieldModel, to: FieldModel): boolean {
  const before = new Set((from.declaration.values ?? []).map(({ value }) => value))
  return [...valueMap(to).keys()].some((old) => from.declaration.type !== 'enum' || before.has(old))
}

function textConversion(from: FieldModel, to: FieldModel): Conversion {
  const known = new Set((to.declaration.values ?? []).map(({ value }) => value))
  const before = new Set((from.declaration.values ?? []).map(({ value }) => value))
  const renamed = [...valueMap(to)].filter(([old]) => !known.has(old))
  const forward = cases(renamed, normal(to.declaration.type))
  const back = new Map<string, string>()
  for (const [old, value] of renamed)
    if (before.has(old) && !before.has(value) && !back.has(value)) back.set(value, old)
  return { forward: [forward], backward: [cases([...back], '$0')], exact: false }
}

function cases(pairs: readonly (readonly [string, string])[], otherwise: string): string {
  if (pairs.length === 0) return otherwise
  const whens = pairs.map(([value, result]) => `WHEN ${literal(value)} THEN ${literal(result)}`)
  return `CASE $0 ${whens.join(' ')} ELSE ${otherwise} END`
}

function literal(text: string): string {
  return `'${text.replaceAll(`'`, `''`)}'`
}

/** As `normalise` does; the exact form is stored when the values are checked. */
function normal(type: FieldType): string {
  switch (type) {
    case 'text':
      return '$0'
    case 'email':
      return `nullif(lower(btrim($0)), '')`
    case 'iban':
      return `nullif(upper(regexp_replace($0, '[\\s-]', '', 'g')), '')`
    default:
      return `nullif(btrim($0), '')`
  }
}

function scaleOf({ declaration }: FieldModel): number {
  return declaration.scale ?? 2
}

/** What is too large becomes the nearest number there is. In brackets: PostgreSQL reads a bare minus after the cast. */
function intOf(sql: string): string {
  return `greatest(least(${sql}, ${MOST_INT}), (${LEAST_INT}))`
}

function intToDecimal(to: FieldModel): Conversion {
  return {
    forward: [`$0::numeric(20,${scaleOf(to)})`],
    backward: [`${intOf('round($0)')}::integer`],
    exact: true,
  }
}

function decimalToDecimal(from: FieldModel, to: FieldModel): Conversion {
  const within = (scale: number) =>
    `CASE WHEN abs($0) < 1e${20 - scale - 1} THEN round($0, ${scale})::numeric(20,${scale}) END`
  return { forward: [within(scaleOf(to))], backward: [within(scaleOf(from))], exact: true }
}

function numberToMoney(from: FieldModel, to: FieldModel): Conversion | undefined {
  const { currency } = to.declaration
  const digits = currency === undefined ? undefined : currencyDigits(currency)
  // Amounts of no known currency cannot be made up.
  if (currency === undefined || digits === undefined) return undefined
  const value = `$0::numeric`
  const fits = `abs(${value}) < 1e14`
  const whole = from.declaration.type === 'int'
  const major = `$0::numeric / ${10 ** digits}`
  return {
    forward: [
      `CASE WHEN ${fits} THEN round(${value} * ${10 ** digits})::bigint END`,
      `CASE WHEN ${fits} THEN ${literal(currency)} END`,
    ],
    backward: [whole ? `${intOf(`round(${major})`)}::integer` : `(${major})::numeric(20,${scaleOf(from)})`],
    exact: true,
  }
}
