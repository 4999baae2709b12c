import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const FAULTS: PlantedFault[] = [
  ['an entry that leads nowhere', '/ui/navigation/2', { order: 1 }, 'navigation_target'],
  [
    'an entry that leads to two places',
    '/ui/navigation/1',
    { entity: 'booking', screen: 'week', order: 1 },
    'navigation_target',
  ],
  ['an entry to an unknown entity', '/ui/navigation/1/entity', 'bokings', 'entity_unknown'],
  ['an entry to an unknown screen', '/ui/navigation/0/screen', 'weak', 'screen_unknown'],
  [
    'a screen with a permission that does not exist',
    '/ui/screens/0/permission',
    'facilities.bookings.week.read',
    'permission_unknown',
  ],
  ['a screen in the place of a collection', '/ui/screens/1/id', 'series', 'duplicate'],
  ['a screen declared twice', '/ui/screens/1/id', 'week', 'duplicate'],
  ['a detail screen of nothing', '/ui/screens/1/detailOf', 'bookings', 'entity_unknown'],
  ['screens without a module', '/ui/module', undefined, 'module_missing'],
  ['a module that is not there', '/ui/module', 'ui/gone.ts', 'file_missing'],
  ['a module outside the folder', '/ui/module', '../rooms/ui/index.ts', 'format'],
]

describe('ui: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
