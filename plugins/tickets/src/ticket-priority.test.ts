import { expect, test } from 'vitest'
import { responseDue } from './ticket-priority.ts'

test.each([
  ['critical', '2026-11-20T17:30:00.000Z'],
  ['high', '2026-11-20T23:30:00.000Z'],
  ['medium', '2026-11-21T15:30:00.000Z'],
  ['low', '2026-11-23T15:30:00.000Z'],
] as const)('a %s request of Friday 15:30 is to be answered by %s', (priority, due) => {
  expect(responseDue('2026-11-20T15:30:00Z', priority)).toBe(due)
})
