import { describe, expect, test } from 'vitest'
import { bookings } from '../../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }

const FAULTS: PlantedFault[] = [
  [
    'an event of another plugin',
    '/events/publishes/1',
    { type: 'rooms.room.cleaned', label },
    'event_prefix',
    '/type',
  ],
  [
    'an event that is generated',
    '/events/publishes/1',
    { type: 'bookings.series.created', label },
    'event_generated',
    '/type',
  ],
  ['an event declared twice', '/events/publishes/1', bookings.events.publishes[0], 'duplicate', '/type'],
  ['an event of two parts', '/events/publishes/1', { type: 'bookings.confirmed', label }, 'format', '/type'],
  [
    'a subscription to a plugin not named',
    '/events/subscribes/0/event',
    'crm.customer.created',
    'event_foreign',
  ],
  [
    'a subscription to an unknown event',
    '/events/subscribes/1/event',
    'catering.order.eaten',
    'event_unknown',
  ],
  [
    'a subscription to an unknown event of its own',
    '/events/subscribes/2/event',
    'bookings.booking.confirmd',
    'event_unknown',
  ],
  ['a subscription that stands twice', '/events/subscribes/3', bookings.events.subscribes[0], 'duplicate'],
  [
    'a subscriber the code lacks',
    '/events/subscribes/3',
    { event: 'rooms.room.updated', handler: 'roomDone' },
    'handler_unknown',
    '/handler',
  ],
]

describe('events: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
