import { expect, test } from 'vitest'
import { countries } from './countries.ts'

test('every country is there once, in the language of the member', () => {
  const german = countries('de')
  expect(german.find(({ code }) => code === 'AT')?.name).toBe('Österreich')
  expect(new Set(german.map(({ name }) => name)).size).toBe(german.length)
  expect(german.length).toBeGreaterThan(240)
  expect(german.length).toBeLessThan(260)
})
