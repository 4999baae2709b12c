import { expect, test } from 'vitest'
import { refusalWords } from './refusal-words.ts'

const error = { column: 0, header: 'Preis', pointer: '/price', code: 'number', detail: 'This is no number.' }

test('a refusal speaks the language of the file, and a plugin’s its own', () => {
  expect(refusalWords(error, 'en')).toBe('Preis: This is no number.')
  expect(refusalWords(error, 'de')).toBe('Preis: Das ist keine Zahl in der gewählten Form.')
  for (const code of ['shop.sold_out', 'check.dates', 'toString'])
    expect(refusalWords({ ...error, header: null, code }, 'de')).toBe('This is no number.')
})

test('a rule of the manifest speaks the languages it has, English where it lacks one', () => {
  const rule = { id: 'dates', that: { day: { isNull: false } }, field: 'day' }
  const broken = { ...error, header: null, pointer: '/day', code: 'check.dates', detail: 'Say when.' }
  const both = [{ ...rule, message: { en: 'Say when.', de: 'Bitte sagen, wann.' } }]
  expect(refusalWords(broken, 'de', both)).toBe('Bitte sagen, wann.')
  expect(refusalWords(broken, 'en', both)).toBe('Say when.')
  expect(refusalWords(broken, 'de', [{ ...rule, message: { en: 'Say when.' } }])).toBe('Say when.')
  // A rule of another entity that happens to be called the same.
  expect(refusalWords({ ...broken, pointer: '/total' }, 'de', both)).toBe('Say when.')
})
