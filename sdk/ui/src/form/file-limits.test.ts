import { beforeAll, expect, test } from 'vitest'
import { setLocale } from '../i18n/locale.ts'
import { acceptAttribute, limitsText } from './file-limits.ts'

beforeAll(() => setLocale('de'))

test.each([
  [{ accept: ['image/*', 'application/pdf', '.csv'] }, 'Bilder, PDF, CSV'],
  [{ accept: ['application/vnd.ms-excel'], maxBytes: 500 }, 'application/vnd.ms-excel · Höchstens 500 Byte'],
  [{ maxBytes: 26_214_400 }, 'Höchstens 26 MB'],
  [{}, ''],
])('what a field takes is said in words: %o', (field, text) => {
  expect(limitsText(field)).toBe(text)
})

test('which begins as a sentence does', () => {
  setLocale('en')
  expect(limitsText({ accept: ['image/*', 'text/*'], maxBytes: 500 })).toBe(
    'Pictures, texts · At most 500 bytes',
  )
  setLocale('de')
})

test('the dialog of the browser offers the same', () => {
  expect(acceptAttribute({ accept: ['image/*', '.csv'] })).toBe('image/*,.csv')
})
