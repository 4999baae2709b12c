import { expect, test } from 'vitest'
import { daysLeft } from './days-left.ts'

const NOW = Date.parse('2026-03-16T09:30:00Z')

test.each([
  ['2026-03-23T09:30:00Z', 7],
  ['2026-03-23T09:29:59Z', 7],
  ['2026-03-22T09:30:00Z', 6],
  ['2026-03-17T09:29:59Z', 1],
  ['2026-03-16T09:30:01Z', 1],
  ['2026-03-16T09:30:00Z', 0],
  ['2026-03-01T00:00:00Z', 0],
])('until %s there are %i days left', (end, days) => {
  expect(daysLeft(end, NOW)).toBe(days)
})
