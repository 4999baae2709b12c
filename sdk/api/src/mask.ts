import { FIELD_TYPES, type FieldType } from './field.ts'

/**
 * What is left of a value for those who may not see it.
 *
 * `full` `****` · `last4` `****3000` · `email` `m***@example.de` · `iban` `DE** **** 3000` · `phone` `+49 *** 56` · `year` `1985`
 *
 * None tells how long the value is. What is too short to hide anything in is hidden whole.
 */
export const MASK_KINDS = ['full', 'last4', 'email', 'iban', 'phone', 'year'] as const

export type MaskKind = (typeof MASK_KINDS)[number]

/** References have none: what they point to has rights of its own. */
const ANY: readonly FieldType[] = FIELD_TYPES.filter((type) => type !== 'ref' && type !== 'member')

/** The field types each kind of mask goes with. */
export const MASKED_TYPES: Readonly<Record<MaskKind, readonly FieldType[]>> = {
  full: ANY,
  last4: ['string', 'phone', 'iban'],
  email: ['email'],
  iban: ['iban'],
  phone: ['phone'],
  year: ['date', 'datetime'],
}

/** A text needs this many characters before some of them are shown. */
const LEAST = 8

/** The mask of a value as the API shows values; of nothing it is nothing. PostgreSQL computes the very same, see the kernel's `maskSql`. */
export function maskOf(kind: MaskKind, value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? MASKS[kind](value) : '****'
}

const MASKS: Readonly<Record<MaskKind, (text: string) => string>> = {
  full: () => '****',
  last4(text) {
    const letters = Array.from(text)
    return letters.length >= LEAST ? `****${letters.slice(-4).join('')}` : '****'
  },
  email(text) {
    const at = text.lastIndexOf('@')
    const local = Array.from(at < 0 ? text : text.slice(0, at))
    return `${local.length >= 3 ? local[0]! : ''}***${at < 0 ? '' : text.slice(at)}`
  },
  iban: (text) => `${text.slice(0, 2)}** **** ${text.slice(-4)}`,
  phone(text) {
    const digits = text.replaceAll(/[^0-9]/g, '')
    return digits.length >= LEAST - 1 ? `${text.slice(0, 3)} *** ${digits.slice(-2)}` : '***'
  },
  year: (text) => text.slice(0, 4),
}

const SHAPES: Readonly<Record<MaskKind, RegExp>> = {
  full: /^\*{4}$/,
  last4: /^\*{4}(.{4})?$/su,
  email: /^.?\*{3}(@[^@]*)?$/su,
  iban: /^..\*\* \*{4} .{4}$/su,
  phone: /\*{3}/,
  year: /^\d{4}$/,
}

/** Whether a value looks like a mask of this kind: no field takes one as its value. */
export function isMask(kind: MaskKind, value: unknown): boolean {
  return typeof value === 'string' && SHAPES[kind].test(value)
}
