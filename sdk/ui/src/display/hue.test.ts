import { expect, it } from 'vitest'
import { hueOf, initials } from './hue.ts'

it('takes the first letters of first and last name', () => {
  expect(['Jana Behrens', 'ömer von der Heide', 'Plinth', '  '].map(initials)).toEqual(['JB', 'ÖH', 'P', ''])
})

it('leaves the legal form out of a company’s initials', () => {
  expect(['Acme Werkzeugbau GmbH', 'Düring Spedition GmbH & Co. KG', 'AG Weser'].map(initials)).toEqual([
    'AW',
    'DS',
    'AW',
  ])
})

it('gives a name the same hue every time', () => {
  expect(hueOf('crm.customer')).toBe(hueOf('crm.customer'))
  expect(hueOf('crm.customer')).toBeGreaterThanOrEqual(0)
  expect(hueOf('')).toBeLessThan(360)
})
