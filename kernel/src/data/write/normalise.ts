import { electronicFormatIBAN } from 'ibantools'
import type { FieldDeclaration } from '@plinth/sdk'
import { composeAccents } from '../model/compose-accents.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { plainDegrees } from '../model/field-columns.ts'

/**
 * Input in the one form in which it is checked, stored and answered: texts trimmed, with their accents composed, so that
 * equal names are equal, and null where nothing of them can be seen, e-mail addresses in lower case, IBANs without spaces in upper case, numbers as decimal text, amounts with all digits of their currency.
 */
export function normalise(model: EntityModel, input: Record<string, unknown>): Record<string, unknown> {
  // Without prototype: a member called __proto__ must be refused like any unknown one, not vanish.
  const result = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(input)) {
    const declaration = model.byName.get(name)?.declaration
    result[name] = declaration ? normalField(declaration, value) : orNull(trimmed(value))
  }
  return result
}

/** One value in its normal form. */
export function normalField(declaration: FieldDeclaration, value: unknown): unknown {
  return orNull(normalValue(declaration, value))
}

function orNull(value: unknown): unknown {
  return typeof value === 'string' && !VISIBLE.test(value) ? null : value
}

/** Neither blanks nor signs that only steer others, such as the joiner of width zero. */
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}]/u

function normalValue(declaration: FieldDeclaration, value: unknown): unknown {
  switch (declaration.type) {
    case 'text':
      return composed(value)
    case 'decimal':
      return decimal(value)
    case 'email':
      return typeof value === 'string' ? trimText(value).toLowerCase() : value
    case 'iban':
      return typeof value === 'string' ? (electronicFormatIBAN(value) ?? value) : value
    case 'url':
      return typeof value === 'string' ? address(trimText(value)) : value
    case 'tags':
      return Array.isArray(value) ? value.map(trimmed) : value
    case 'address':
      return isObject(value) ? postal(value) : value
    case 'money':
      return isObject(value) ? money(value, declaration.currency) : value
    case 'geo':
      return isObject(value) ? place(value) : value
    case 'json':
      return value
    case 'file':
      return isObject(value) ? file(value) : value
    default:
      return trimmed(value)
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? trimText(value) : value
}

function trimText(text: string): string {
  return composeAccents(text).trim()
}

function composed(value: unknown): unknown {
  return typeof value === 'string' ? composeAccents(value) : value
}

function decimal(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : trimmed(value)
}

/** Letters beyond ASCII, as people type them, in the form addresses are sent in. Phones begin with a capital: `Https://`. */
function address(text: string): string {
  const plain = text.replace(/^https?:/i, (scheme) => scheme.toLowerCase())
  return /[^\x20-\x7e]/.test(plain) && URL.canParse(plain) ? new URL(plain).href : plain
}

/** Without its empty parts; nothing when no part is left. Unknown parts stay, to be refused. */
function postal(value: Record<string, unknown>): unknown {
  const parts = Object.entries(value)
    .map(([part, text]) => [part, part === 'country' ? upper(trimmed(text)) : trimmed(text)] as const)
    .filter(([, text]) => orNull(text) !== null)
  return parts.length === 0 ? null : Object.fromEntries(parts)
}

function place(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, typeof each === 'number' ? plainDegrees(each) : each]),
  )
}

/** The id says which; what else is known of a file is not its sender's to say. */
function file({ name: _n, type: _t, size: _s, ...rest }: Record<string, unknown>): Record<string, unknown> {
  const { id } = rest
  return { ...rest, ...(typeof id === 'string' ? { id: id.trim().toLowerCase() } : {}) }
}

function upper(value: unknown): unknown {
  return typeof value === 'string' ? value.toUpperCase() : value
}

/** Nothing when the amount is empty: a form that offers a currency has chosen nothing yet. */
function money(value: Record<string, unknown>, fixed: string | undefined): unknown {
  if (value['amount'] === null || value['amount'] === '') return null
  const currency = upper(trimmed(value['currency'])) ?? fixed
  const amount = decimal(value['amount'])
  return {
    ...value,
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency }),
  }
}
