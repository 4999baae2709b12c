import { expect, test } from 'vitest'
import { policyChanges } from './policy-form.ts'

test('only what has become another is sent, and numbers as numbers', () => {
  const before = { minLength: 15, minScore: 70, requireNumbers: false }
  expect(policyChanges(before, { minLength: '12', minScore: '70', requireNumbers: true })).toEqual({
    minLength: 12,
    requireNumbers: true,
  })
  expect(policyChanges(before, { ...before })).toEqual({})
})
