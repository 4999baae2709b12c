import { isMask, type Address, type FieldMeta, type FileReference, type Money } from '@plinth/sdk'
import type { GeoDraft } from './geo-editor.ts'
import { fromLocalTime, toLocalTime } from './local-time.ts'
import type { MoneyDraft } from './money-editor.ts'

export type FormValues = Readonly<Record<string, unknown>>

const ADDRESS_PARTS = ['street', 'zip', 'city', 'country'] as const

/** Empty parts of an address left out; null when nothing is left. */
function tidyAddress(address: Address | null | undefined): Address | null {
  const parts = ADDRESS_PARTS.flatMap((part) => {
    const text = address?.[part]?.trim()
    return text ? [[part, text] as const] : []
  })
  return parts.length > 0 ? (Object.fromEntries(parts) as Address) : null
}

/** Nothing while no amount is typed. */
function tidyMoney(money: MoneyDraft): Money | null {
  return money.amount ? { amount: money.amount, currency: money.currency } : null
}

/** Only the parts that are typed, so that the server can say which is missing; null when none is. */
function tidyGeo(place: GeoDraft): object | null {
  const parts = Object.entries(place).filter(([, degrees]) => degrees !== null)
  return parts.length > 0 ? Object.fromEntries(parts) : null
}

/** A number without meaningless zeros, so that `40` and `40.00` count as the same. */
function tidyNumber(value: unknown): string {
  const text = String(value)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** The value in one form, so that what means the same compares as the same: no empty text, no seconds, no empty lists. */
function comparable(field: FieldMeta, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return field.type === 'tags' ? '[]' : null
  switch (field.type) {
    case 'tags':
      return JSON.stringify(value)
    case 'address':
      return JSON.stringify(tidyAddress(value))
    case 'decimal':
      return tidyNumber(value)
    case 'money': {
      const money = tidyMoney(value as MoneyDraft)
      return money && `${tidyNumber(money.amount)} ${money.currency}`
    }
    case 'geo': {
      const { lat, lng } = value as GeoDraft
      return lat === null && lng === null ? null : `${lat} ${lng}`
    }
    case 'iban':
      return (value as string).replaceAll(/\s/g, '').toUpperCase()
    case 'file':
      return (value as FileReference).id
    case 'json':
      return JSON.stringify(value)
    case 'datetime':
      return toLocalTime(value as string)
    default:
      return value
  }
}

/** The value as it is sent. */
export function sendable(field: FieldMeta, value: unknown): unknown {
  if (field.type === 'tags') return value ?? []
  if (value === undefined || value === '') return null
  if (field.type === 'address') return tidyAddress(value)
  if (field.type === 'money' && value !== null) return tidyMoney(value as MoneyDraft)
  if (field.type === 'geo' && value !== null) return tidyGeo(value as GeoDraft)
  if (field.type === 'datetime') return fromLocalTime(toLocalTime(value as string | null))
  if (field.type === 'file' && value !== null) return { id: (value as FileReference).id }
  if (field.type === 'int' && value !== null) return Number(value)
  return value
}

export function isChanged(field: FieldMeta, before: unknown, now: unknown): boolean {
  // A mask that still stands there is a text, whatever the type of what it hides.
  if (field.mask && (before === now || isMask(field.mask.kind, before))) return before !== now
  return comparable(field, before) !== comparable(field, now)
}

/**
 * Only what the person changed, ready to be sent. Fields the server would refuse are left out.
 *
 * @param before the record as it was loaded
 */
export function changedFields(fields: readonly FieldMeta[], before: FormValues, now: FormValues): FormValues {
  return Object.fromEntries(
    fields
      .filter(
        (field) =>
          !field.readOnly && !field.immutable && isChanged(field, before[field.name], now[field.name]),
      )
      .map((field) => [field.name, sendable(field, now[field.name])]),
  )
}

/** Everything creation needs; what was left empty is left to the server's defaults. */
export function createdFields(fields: readonly FieldMeta[], values: FormValues): FormValues {
  return Object.fromEntries(
    fields
      .filter((field) => !field.readOnly)
      .map((field) => [field, sendable(field, values[field.name])] as const)
      // A default that was emptied on purpose has to be said; anything else empty need not.
      .filter(
        ([field, value]) =>
          (value !== null && !(Array.isArray(value) && value.length === 0)) ||
          (field.default !== undefined && !field.required),
      )
      .map(([field, value]) => [field.name, value]),
  )
}
