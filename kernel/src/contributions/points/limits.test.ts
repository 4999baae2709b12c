import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const tiers = { free: 5, professional: 100, enterprise: null, custom: null }
const limit = { id: 'bookings', label: { en: 'Bookings', de: 'Buchungen' }, counts: 'booking', tiers }

const FAULTS: PlantedFault[] = [
  ['an unknown entity', '/limits', [{ ...limit, counts: 'bokking' }], 'entity_unknown', '/0/counts'],
  ['an entity counted twice', '/limits', [limit, { ...limit, id: 'more' }], 'duplicate', '/1/counts'],
  ['a name that is none', '/limits', [{ ...limit, id: 'Bookings!' }], 'format', '/0/id'],
  [
    'a tier that is left out',
    '/limits',
    [{ ...limit, tiers: { free: 5, professional: 100, enterprise: null } }],
    'missing',
    '/0/tiers/custom',
  ],
  ['less than none', '/limits', [{ ...limit, tiers: { ...tiers, free: -1 } }], 'range', '/0/tiers/free'],
  [
    'a higher tier that has less',
    '/limits',
    [{ ...limit, tiers: { ...tiers, professional: 4 } }],
    'limit_order',
    '/0/tiers/professional',
  ],
  [
    'a higher tier that has a limit where a lower one has none',
    '/limits',
    [{ ...limit, tiers: { ...tiers, custom: 9 } }],
    'limit_order',
    '/0/tiers/custom',
  ],
]

describe('limits: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})

test('limits with a value for each tier are taken', () => {
  expect(problemsWith('/limits', [limit])).toEqual([])
})
