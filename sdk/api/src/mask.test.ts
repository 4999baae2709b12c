import { expect, test } from 'vitest'
import { isMask, MASK_KINDS, maskOf, type MaskKind } from './mask.ts'

test.each<[MaskKind, unknown, string]>([
  ['full', 'anything', '****'],
  ['full', { amount: '1.00', currency: 'EUR' }, '****'],
  ['full', false, '****'],
  ['last4', 'AB-1234-3000', '****3000'],
  ['last4', '1234567', '****'],
  ['email', 'margarete@example.de', 'm***@example.de'],
  ['email', 'al@example.de', '***@example.de'],
  ['email', '"a@b"@example.de', '"***@example.de'],
  ['iban', 'DE89370400440532013000', 'DE** **** 3000'],
  ['phone', '+49 40 123456', '+49 *** 56'],
  ['phone', '110', '***'],
  ['year', '1985-03-31', '1985'],
  ['year', '2026-05-04T08:30:00+00:00', '2026'],
])('%s leaves of %j %s', (kind, value, mask) => {
  expect(maskOf(kind, value)).toBe(mask)
  expect(isMask(kind, mask)).toBe(true)
})

test('nothing has no mask', () => {
  for (const kind of MASK_KINDS) expect([maskOf(kind, null), isMask(kind, null)]).toEqual([null, false])
})

test('no value of a field is taken for a mask', () => {
  const values: [MaskKind, unknown][] = [
    ['iban', 'DE89370400440532013000'],
    ['email', 'm@example.de'],
    ['phone', '+49 40 123456'],
    ['year', '1985-03-31'],
    ['last4', '3000'],
    ['full', 3000],
  ]
  for (const [kind, value] of values) expect(isMask(kind, value), String(value)).toBe(false)
})
