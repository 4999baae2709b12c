/** What was read from a typed number: the canonical value, or why it is none. */
export type ParsedNumber = { readonly value: string | null } | { readonly problem: 'number' | 'scale' }

interface Separators {
  readonly decimal: string
  readonly group: string
}

const known = new Map<string, Separators>()

function separators(language: string): Separators {
  let found = known.get(language)
  if (!found) {
    const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(-1234567.8)
    const part = (type: string, otherwise: string): string =>
      parts.find((each) => each.type === type)?.value ?? otherwise
    found = { decimal: part('decimal', '.'), group: part('group', ',') }
    known.set(language, found)
  }
  return found
}

/**
 * Reads a number as people type it in their language: `1.234,5` in German, `1,234.5` in English. A single dot or comma
 * that cannot be a thousands separator is taken as the decimal point, as number pads have only one of the two.
 *
 * @param scale digits allowed after the decimal point
 */
export function parseDecimal(text: string, language: string, scale: number): ParsedNumber {
  const typed = text.replace(/[\s\u00a0\u202f'’_]/g, '').replace(/[−–]/, '-')
  if (typed === '') return { value: null }
  const { decimal, group } = separators(language)
  let plain = typed
  if (typed.includes(decimal)) plain = typed.replaceAll(group, '').replace(decimal, '.')
  else if (new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{3})+$`).test(typed)) plain = typed.replaceAll(group, '')
  else plain = typed.replace(group, '.')
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(plain)
  if (!parts || (parts[2] === '' && !/0|\d/.test(plain))) return { problem: 'number' }
  const [, sign, whole, rest = ''] = parts
  const fraction = rest.replace(/0+$/, '')
  if (fraction.length > scale) return { problem: 'scale' }
  const digits = `${whole || '0'}${fraction && `.${fraction}`}`
  return { value: sign === '-' && digits !== '0' ? `-${digits}` : digits }
}

/** A canonical number as it stands in an input: with separators, and all digits after the point. */
export function formatDecimal(
  value: string | number | null | undefined,
  language: string,
  scale: number,
): string {
  if (value === null || value === undefined || value === '') return ''
  // The string form is formatted exactly; a detour through a binary float could change the last digit.
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  }).format(value as number)
}
