import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayIn, isTimeZone, momentOf, wallClock } from '@plinth/sdk'

test.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'America/Port-au-Prince'])(
  '%s is a time zone',
  (name) => expect(isTimeZone(name)).toBe(true),
)

test.each([
  '',
  'Berlin',
  '+01:00',
  '+0100',
  'europe/berlin',
  'Europe/Berlin ',
  "UTC'",
  'Mars/Base',
  'UTC+3x',
])('%j is none', (name) => expect(isTimeZone(name)).toBe(false))

test.each([
  ['2026-12-31T22:59:59.999Z', 'Europe/Berlin', '2026-12-31'],
  ['2026-12-31T23:00:00.000Z', 'Europe/Berlin', '2027-01-01'],
  ['2026-06-30T21:59:59.000Z', 'Europe/Berlin', '2026-06-30'],
  ['2026-06-30T22:00:00.000Z', 'Europe/Berlin', '2026-07-01'],
  ['2027-01-01T04:59:00.000Z', 'America/New_York', '2026-12-31'],
  // Midnight did not exist that day; and a whole day was left out.
  ['2018-11-04T02:59:59.000Z', 'America/Sao_Paulo', '2018-11-03'],
  ['2018-11-04T03:00:00.000Z', 'America/Sao_Paulo', '2018-11-04'],
  ['2011-12-30T09:59:59.000Z', 'Pacific/Apia', '2011-12-29'],
  ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'],
  ['0050-06-01T12:00:00.000Z', 'Europe/Berlin', '0050-06-01'],
])('at %s it is in %s the %s', (moment, zone, day) => expect(dayIn(new Date(moment), zone)).toBe(day))

test('the moment at which a clock shows a time is one at which it shows that time', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Africa/Cairo')
  const times = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  fc.assert(
    fc.property(zones, times, (zone, time) => {
      const wall = wallClock(time.getTime(), zone)
      expect(wallClock(momentOf(wall, zone), zone)).toBe(wall)
    }),
  )
})
