import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyNumberOf, seal, SealBroken, unseal } from './sealed-value.ts'
import { runs } from '../../test/support/chance.ts'

const key = createSecretKey(randomBytes(32))
const other = createSecretKey(randomBytes(32))
const place = fc.tuple(fc.uuid(), fc.string(), fc.string(), fc.uuid()).map((parts) => parts.join('|'))
const number = fc.integer({ min: 1, max: 65_535 })

test('what was sealed opens at its place, with its key, as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), place, number, (text, at, n) => {
      const sealed = seal(key, n, text, at)
      expect(unseal(key, sealed, at)).toBe(text)
      expect(keyNumberOf(sealed)).toBe(n)
      if (text.length > 8) expect(sealed.includes(text)).toBe(false)
    }),
    { numRuns: runs(300) },
  )
})

test('it opens nowhere else and with no other key', () => {
  fc.assert(
    fc.property(fc.string(), place, place, (text, at, elsewhere) => {
      fc.pre(at !== elsewhere)
      const sealed = seal(key, 1, text, at)
      expect(() => unseal(key, sealed, elsewhere)).toThrow(SealBroken)
      expect(() => unseal(other, sealed, at)).toThrow(SealBroken)
    }),
    { numRuns: runs(300) },
  )
})

test('no bit of it can be changed, and no byte taken away', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.integer({ min: 0, max: 7 }), (text, at, bit) => {
      const sealed = seal(key, 7, text, 'here')
      const changed = Buffer.from(sealed)
      const index = at % sealed.length
      changed[index] = changed[index]! ^ (1 << bit)
      expect(() => unseal(key, changed, 'here')).toThrow(SealBroken)
      expect(() => unseal(key, sealed.subarray(0, index), 'here')).toThrow(SealBroken)
    }),
    { numRuns: runs(300) },
  )
})

test('the same text never looks the same twice', () => {
  expect(seal(key, 1, 'x', 'here').equals(seal(key, 1, 'x', 'here'))).toBe(false)
})
