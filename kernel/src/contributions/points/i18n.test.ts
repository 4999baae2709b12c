import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const FAULTS: PlantedFault[] = [
  ['a text of a first-party plugin without German', '/name', { en: 'Bookings' }, 'language_missing', '/de'],
  [
    'a field label without German',
    '/entities/booking/fields/seats/label',
    { en: 'Seats' },
    'language_missing',
    '/de',
  ],
  ['languages without English', '/i18n/languages', ['de'], 'language_missing'],
  ['languages of a first-party plugin without German', '/i18n/languages', ['en'], 'language_missing'],
  ['a language without its file', '/i18n/languages', ['en', 'de', 'fr'], 'file_missing', '/2'],
]

describe('i18n: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
