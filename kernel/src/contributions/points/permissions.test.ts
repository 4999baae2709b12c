import { describe, expect, test } from 'vitest'
import { bookings } from '../../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }

const FAULTS: PlantedFault[] = [
  [
    'a permission of another plugin',
    '/permissions/1',
    { id: 'facilities.rooms.room.clean', label },
    'permission_prefix',
    '/id',
  ],
  [
    'a permission of three parts',
    '/permissions/1',
    { id: 'facilities.bookings.confirm', label },
    'format',
    '/id',
  ],
  [
    'a permission that is generated',
    '/permissions/1',
    { id: 'facilities.bookings.booking.read', label },
    'permission_generated',
    '/id',
  ],
  ['a permission declared twice', '/permissions/1', bookings.permissions[0], 'duplicate', '/id'],
]

describe('permissions: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
