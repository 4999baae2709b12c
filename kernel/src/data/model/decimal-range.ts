export interface DecimalRange {
  readonly min?: number
  readonly max?: number
}

/** Digits after the point that are compared; no field has more. */
const DIGITS = 15

/** Whether the decimal lies in the range, exactly: 18 digits are more than a binary number can tell apart. */
export function isInRange(text: string, { min, max }: DecimalRange): boolean {
  const value = scaled(text)
  if (value === undefined) return false
  const least = min === undefined ? undefined : scaled(plain(min))
  const most = max === undefined ? undefined : scaled(plain(max))
  return (least === undefined || value >= least) && (most === undefined || value <= most)
}

function scaled(text: string): bigint | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const digits = BigInt(`${whole}${fraction.slice(0, DIGITS).padEnd(DIGITS, '0')}`)
  return sign === '-' ? -digits : digits
}

/** Without exponent: `1e21` and `1e-7` are how JavaScript writes numbers of that size. */
function plain(bound: number): string {
  const text = String(bound)
  if (!text.includes('e')) return text
  return Math.abs(bound) >= 1 ? String(BigInt(bound)) : bound.toFixed(DIGITS)
}
