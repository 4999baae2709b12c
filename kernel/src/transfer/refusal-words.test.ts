import { expect, test } from 'vitest'
import { refusalWords } from './refusal-words.ts'

const error = { column: 0, header: 'Preis', pointer: '/price', code: 'number', detail: 'This is no number.' }

test('a refusal speaks the language of the file, and a plugin’s its own', () => {
  expect(refusalWords(error, 'en')).toBe('Preis: This is no number.')
  expect(refusalWords(error, 'de')).toBe('Preis: Das ist keine Zahl in der gewählten Form.')
  for (const code of ['shop.sold_out', 'check.dates', 'toString'])
    expect(refusalWords({ ...error, header: null, code }, 'de')).toBe('This is no number.')
})
