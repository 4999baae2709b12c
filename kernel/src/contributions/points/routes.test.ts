import { describe, expect, test } from 'vitest'
import { bookings } from '../../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const FAULTS: PlantedFault[] = [
  ['a value of the wrong type', '/routes', 'none', 'type'],
  [
    'a route with a permission that does not exist',
    '/routes/0/permission',
    'facilities.bookings.booking.look',
    'permission_unknown',
  ],
  ['a route without a permission', '/routes/0/permission', undefined, 'missing'],
  ['a route with a leading slash', '/routes/0/path', '/free-rooms', 'format'],
  ['a route that begins with a parameter', '/routes/0/path', ':day/free', 'format'],
  ['a route inside a collection', '/routes/0/path', 'bookings/free', 'route_taken'],
  ['a route with a parameter twice', '/routes/0/path', 'free/:day/:day', 'duplicate'],
  [
    'a route another one answers',
    '/routes/2',
    { ...bookings.routes[0], path: 'free-rooms/:date' },
    'duplicate',
    '/path',
  ],
  [
    'a route handler the code lacks',
    '/routes/2',
    { ...bookings.routes[0], path: 'rooms', handler: 'allRooms' },
    'handler_unknown',
    '/handler',
  ],
]

describe('routes: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
