import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeAccents } from './compose-accents.ts'

const texts = fc.string({ unit: 'grapheme', maxLength: 40 })

test('letters and their marks become one sign, however many marks there are', () => {
  expect(composeAccents('Zoe\u0308 s\u0323\u0307 \u1112\u1161\u11ab')).toBe('Zo\u00eb \u1e69 \ud55c')
})

test('signs that stand alone keep their form', () => {
  for (const sign of ['\ufa19', '\u212b', '\u2126']) {
    expect(composeAccents(sign)).toBe(sign)
    expect(sign.normalize('NFC')).not.toBe(sign)
  }
})

test('a text means the same as before, and doing it again changes nothing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const composed = composeAccents(text)
      expect(composed.normalize('NFC')).toBe(text.normalize('NFC'))
      expect(composeAccents(composed)).toBe(composed)
      expect(composeAccents(text.normalize('NFC'))).toBe(text.normalize('NFC'))
    }),
  )
})
