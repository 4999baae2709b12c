import { describe, expect, it } from 'vitest'
import { keyInput, keyValues } from './key-form.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

describe('the form of a key', () => {
  it('ends a new key after ninety days, unless something else is chosen', () => {
    const values = keyValues(undefined)
    expect(keyInput(values, ['*'], NOW).expiresAt).toBe('2026-05-30T12:00:00.000Z')
    expect(keyInput({ ...values, ends: 'never' }, ['*'], NOW).expiresAt).toBeNull()
  })

  it('leaves the end of a key alone that is only named anew', () => {
    const key = {
      id: '1',
      name: 'Site',
      hint: 'plk_a_1234',
      permissions: ['*'],
      createdAt: '2026-01-01T00:00:00Z',
      scopeLabels: [],
      createdBy: null,
      expiresAt: '2026-09-01T00:00:00Z',
      lastUsedAt: null,
      perMinute: 60,
      status: 'active',
    } as const
    expect(keyInput({ ...keyValues(key), name: ' Web ' }, ['*'], NOW)).toEqual({
      name: 'Web',
      permissions: ['*'],
      perMinute: 60,
    })
  })
})
