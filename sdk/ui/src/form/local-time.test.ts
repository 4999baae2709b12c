import { afterEach, expect, test } from 'vitest'
import { foreignZone, setTimeZone, timeZone } from '../i18n/time-zone.ts'
import { fromLocalTime, today, toLocalTime } from './local-time.ts'

const own = timeZone.value
afterEach(() => setTimeZone(own))

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

test('inputs show the clocks of the workspace, whatever they do', () => {
  setTimeZone('America/New_York')
  expect(toLocalTime('2026-11-21T09:30:00.000Z')).toBe('2026-11-21T04:30')
  expect(fromLocalTime('2026-07-01T23:15')).toBe('2026-07-02T03:15:00.000Z')
  // There are two such times in autumn and none in spring: whichever is meant, it is one near it.
  expect(toLocalTime(fromLocalTime('2026-11-01T01:30'))).toBe('2026-11-01T01:30')
  expect(['2026-03-08T01:30', '2026-03-08T03:30']).toContain(toLocalTime(fromLocalTime('2026-03-08T02:30')))
  expect(today(new Date('2026-11-22T03:00:00Z'))).toBe('2026-11-21')
})

test('a zone the browser has never heard of leaves it with its own', () => {
  setTimeZone('Mars/Base')
  expect(timeZone.value).toBe(own)
})

test('whose clocks are meant is said to those whose own show something else', () => {
  expect(foreignZone()).toBe('')
  setTimeZone('Asia/Kathmandu')
  expect(foreignZone()).toBe('Asia/Kathmandu')
  setTimeZone('America/Port-au-Prince')
  expect(foreignZone()).toBe('America/Port-au-Prince')
})
