import { setTimeZone, timeZone } from '@plinth/ui'
import { afterEach, expect, test } from 'vitest'
import { groupByDay } from './timeline-days.ts'

const own = timeZone.value
afterEach(() => setTimeZone(own))

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

test('the day is that of the workspace, not that of Greenwich nor of the reader', () => {
  setTimeZone('Pacific/Auckland')
  const days = groupByDay([
    { occurredAt: '2026-11-21T11:30:00Z', subject: 'after midnight' },
    { occurredAt: '2026-11-21T10:30:00Z', subject: 'before' },
  ])
  expect(days.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-21'])
})

test('without activities there are no days', () => {
  expect(groupByDay([])).toEqual([])
})
