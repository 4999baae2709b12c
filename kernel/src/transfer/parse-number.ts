const FORMATS = {
  de: /^([-−]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/,
  en: /^([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/,
} as const

/** A number as decimal text, exactly; undefined when it is not written that way. Spaces and apostrophes may group its digits. */
export function parseNumber(text: string, format: 'de' | 'en'): string | undefined {
  const plain = text
    .trim()
    .replaceAll(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(\D|$))/g, '')
    .replace(/^\+/, '')
  const [, sign, whole, fraction] = FORMATS[format].exec(plain) ?? []
  if (whole === undefined) return undefined
  const digits = whole.replaceAll(/[.,]/g, '')
  return `${sign ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`
}

/** A number of a workbook as decimal text; the binary number next to a decimal one prints as that. */
export function plainNumber(value: number): string {
  if (!/e/.test(String(value))) return String(value)
  return Math.abs(value) >= 1 ? String(BigInt(Math.trunc(value))) : value.toFixed(20).replace(/0+$/, '')
}

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY', Fr: 'CHF' }

/** An amount with or without its currency: `1.234,56 €`, `EUR -5`. */
export function parseAmount(
  text: string,
  format: 'de' | 'en',
): { readonly amount: string; readonly currency?: string } | undefined {
  const found = /([€$£¥]|\bFr\b\.?|\b[A-Z]{3}\b)/.exec(text)?.[1]
  const amount = parseNumber(text.replace(found ?? '', '').replaceAll(/^\s*(-?)\s*/g, '$1'), format)
  if (amount === undefined) return undefined
  return found === undefined ? { amount } : { amount, currency: SIGNS[found.replace('.', '')] ?? found }
}
