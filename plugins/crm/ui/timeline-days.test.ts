import { expect, test } from 'vitest'
import { dayOf, groupByDay } from './timeline-days.ts'

/** A moment of the reader's own day, whatever the time zone of the machine. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()

test('activities of one day stand together, in the order they came', () => {
  const activities = [
    { occurredAt: at(21, 15), subject: 'second call' },
    { occurredAt: at(21, 9), subject: 'first call' },
    { occurredAt: at(20, 17), subject: 'mail' },
  ]
  expect(groupByDay(activities)).toEqual([
    { day: '2026-11-21', entries: [activities[0], activities[1]] },
    { day: '2026-11-20', entries: [activities[2]] },
  ])
})

test('the day is that of the reader, not that of Greenwich', () => {
  expect(dayOf(new Date(2026, 10, 21, 0, 5))).toBe('2026-11-21')
  expect(dayOf(new Date(2026, 10, 21, 23, 55))).toBe('2026-11-21')
})

test('without activities there are no days', () => {
  expect(groupByDay([])).toEqual([])
})
