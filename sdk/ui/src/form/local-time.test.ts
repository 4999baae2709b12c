import { expect, test } from 'vitest'
import { fromLocalTime, toLocalTime } from './local-time.ts'

test('an instant shown as local time and read back is the same minute', () => {
  for (const instant of [
    '2026-11-21T09:30:00.000Z',
    '2026-07-01T22:15:00.000Z',
    '2024-02-29T00:00:00.000Z',
  ]) {
    expect(fromLocalTime(toLocalTime(instant))).toBe(instant)
  }
})

test('nothing stays nothing', () => {
  expect(toLocalTime(null)).toBe('')
  expect(toLocalTime('never')).toBe('')
  expect(fromLocalTime('')).toBeNull()
})
