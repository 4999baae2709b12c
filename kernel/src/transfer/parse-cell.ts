import { isMask, type ImportSettings } from '@plinth/sdk'
import { hasBackslashName } from '../data/index.ts'
import type { Target } from './import-target.ts'
import { parseAmount, parseNumber, plainNumber } from './parse-number.ts'
import { inZone, parseDay, parseMoment } from './parse-time.ts'
import { cellText, type FileCell } from './table-row.ts'
import { splitTags } from './transfer-column.ts'
import { CUT } from './write-xlsx.ts'

export type Reading = Pick<ImportSettings, 'numbers' | 'dates' | 'timeZone'>

/** What a cell says, or why it says nothing. */
export type Parsed = { readonly value: unknown } | { readonly code: string; readonly detail: string }

const refuse = (code: string, detail: string): Parsed => ({ code, detail })

const TRUE = new Set(['true', 'yes', 'ja', 'wahr', 'y', 'j', 'x', '1', 'on', 'an'])
const FALSE = new Set(['false', 'no', 'nein', 'falsch', 'n', '0', '-', 'off', 'aus'])

/**
 * Reads a cell that is not empty into the value, or the part of a value, that the API would take. What it cannot read it says; whether the
 * value is allowed is judged with the record.
 */
export function parseCell({ field, part }: Target, cell: FileCell, reading: Reading): Parsed {
  const text = cellText(cell)
  if (text.endsWith(CUT)) return refuse('cut', 'The text was too long for a cell and has been cut off.')
  if (part === 'label') return { value: text.trim() }
  // A mask that was taken out with the rest: the record knows whether it is its own.
  const { mask } = field.declaration
  if (mask !== undefined && isMask(mask, text)) return { value: text }
  switch (field.declaration.type) {
    case 'int':
      return number(cell, text, reading, (digits) => (/^-?\d{1,15}$/.test(digits) ? Number(digits) : digits))
    case 'decimal':
      return number(cell, text, reading, (digits) => digits)
    case 'geo':
      // The only numbers that are so small that they are written with an exponent.
      if (/^-?\d+(\.\d+)?e-\d+$/i.test(text)) return { value: Number(text) }
      return number(cell, text, reading, Number)
    case 'money':
      if (part === 'currency') return { value: text.trim().toUpperCase() }
      return money(cell, text, reading, part !== 'amount')
    case 'bool': {
      const word = text.trim().toLowerCase()
      if (TRUE.has(word)) return { value: true }
      return FALSE.has(word) ? { value: false } : refuse('bool', 'Write yes or no here.')
    }
    case 'date': {
      const day = cell instanceof Date ? cell.toISOString().slice(0, 10) : parseDay(text, reading.dates)
      return day === undefined ? refuse('date', 'This is no date in the chosen form.') : { value: day }
    }
    case 'datetime': {
      const moment =
        cell instanceof Date
          ? inZone(cell.getTime(), reading.timeZone)
          : parseMoment(text, reading.dates, reading.timeZone)
      return moment === undefined ? refuse('date', 'This is no time in the chosen form.') : { value: moment }
    }
    case 'enum': {
      const word = text.trim()
      const same = (other: string): boolean => other.toLowerCase() === word.toLowerCase()
      const { values = [] } = field.declaration
      const found =
        values.find(({ value }) => value === word) ??
        values.find(({ value, label }) => same(value) || Object.values(label).some(same))
      return { value: found?.value ?? word }
    }
    case 'tags': {
      const tags = splitTags(text)
      return tags ? { value: tags } : refuse('quotes', 'The quotes in this cell do not match.')
    }
    case 'json':
      if (hasBackslashName(text)) return refuse('json', 'No name can be a single backslash.')
      try {
        return { value: JSON.parse(text) as unknown }
      } catch {
        return refuse('json', 'This is no valid JSON.')
      }
    default:
      return { value: text }
  }
}

function number(
  cell: FileCell,
  text: string,
  { numbers }: Reading,
  convert: (digits: string) => unknown,
): Parsed {
  const digits = typeof cell === 'number' ? plainNumber(cell) : parseNumber(text, numbers)
  if (digits === undefined) return refuse('number', 'This is no number in the chosen form.')
  return { value: convert(digits) }
}

function money(cell: FileCell, text: string, { numbers }: Reading, whole: boolean): Parsed {
  const parsed = typeof cell === 'number' ? { amount: plainNumber(cell) } : parseAmount(text, numbers)
  if (!parsed) return refuse('number', 'This is no amount in the chosen form.')
  return { value: whole ? parsed : parsed.amount }
}
