import { CURRENCIES, currencyDigits, type Money } from '@plinth/sdk'

/** Whole digits an amount may have: with the four digits of the finest currency it still fits a `bigint`. */
export const MAX_WHOLE_DIGITS = 14

const AMOUNT = new RegExp(`^(-?)(\\d{1,${MAX_WHOLE_DIGITS}})(?:\\.(\\d{1,4}))?$`)

/** The amount in the currency's minor units, or undefined when it has more digits than the currency, or there is no such currency. */
export function toMinor({ amount, currency }: Money): bigint | undefined {
  const digits = currencyDigits(currency)
  const [, sign, whole, fraction = ''] = AMOUNT.exec(amount) ?? []
  if (digits === undefined || whole === undefined || fraction.length > digits) return undefined
  return BigInt(`${whole}${fraction.padEnd(digits, '0')}`) * (sign === '-' ? -1n : 1n)
}

/** As PostgreSQL renders it by `moneySql`. */
export function fromMinor(minor: bigint, currency: string): Money {
  const digits = currencyDigits(currency) ?? 2
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const fraction = digits > 0 ? `.${text.slice(-digits)}` : ''
  return { amount: `${minor < 0n ? '-' : ''}${whole}${fraction}`, currency }
}

const codes = (digits: number) =>
  CURRENCIES.filter((code) => currencyDigits(code) === digits)
    .map((code) => `'${code}'`)
    .join(', ')

/** Numeric literals, whose digits after the point the product takes over. */
const FACTOR = (currency: string) =>
  `CASE WHEN ${currency} IN (${codes(0)}) THEN 1 WHEN ${currency} IN (${codes(3)}) THEN 0.001 WHEN ${currency} IN (${codes(4)}) THEN 0.0001 ELSE 0.01 END`

/** JSON of an amount as the API shows it; both are column expressions. */
export function moneySql(minor: string, currency: string): string {
  return `CASE WHEN ${minor} IS NOT NULL THEN json_build_object('amount', (${minor} * ${FACTOR(currency)})::text, 'currency', ${currency}) END`
}
