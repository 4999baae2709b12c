/** An exact decimal: `units` divided by ten to the power of `scale`. */
export interface Exact {
  readonly units: bigint
  readonly scale: number
}

/** Reads decimal text or a whole number; undefined for anything else. */
export function exact(value: unknown): Exact | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
  if (whole === undefined) return undefined
  const units = BigInt(`${whole}${fraction}`)
  return { units: sign === '-' ? -units : units, scale: fraction.length }
}

export function add(left: Exact, right: Exact): Exact {
  const scale = Math.max(left.scale, right.scale)
  return { units: widen(left, scale) + widen(right, scale), scale }
}

export function negate({ units, scale }: Exact): Exact {
  return { units: -units, scale }
}

export function multiply(left: Exact, right: Exact): Exact {
  return { units: left.units * right.units, scale: left.scale + right.scale }
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right`. */
export function compare(left: Exact, right: Exact): number {
  const { units } = add(left, negate(right))
  return units < 0n ? -1 : units > 0n ? 1 : 0
}

/** Decimal text with so many digits after the point, rounded half away from zero as PostgreSQL does. */
export function toText(value: Exact, scale: number): string {
  const units = round(value, scale)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`
}

function round(value: Exact, scale: number): bigint {
  if (value.scale <= scale) return widen(value, scale)
  const divisor = 10n ** BigInt(value.scale - scale)
  const half = value.units < 0n ? -divisor / 2n : divisor / 2n
  return (value.units + half) / divisor
}

function widen({ units, scale }: Exact, to: number): bigint {
  return units * 10n ** BigInt(to - scale)
}
