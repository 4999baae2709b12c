import { expect, test } from 'vitest'
import { kindOf } from './error-state.ts'

test.each([
  [410, 'key_destroyed', 'shredded'],
  [503, 'key_unavailable', 'sealed'],
  [500, 'ciphertext_invalid', 'tampered'],
  [500, 'internal', 'failed'],
  [503, 'unavailable', 'failed'],
  [409, 'version_conflict', 'conflict'],
  [0, 'network', 'offline'],
] as const)('%i %s has words of its own: %s', (status, code, kind) => {
  expect(kindOf({ status, code })).toBe(kind)
})
