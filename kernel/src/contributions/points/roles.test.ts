import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const FAULTS: PlantedFault[] = [
  ['a role declared twice', '/roles/1/id', 'guest', 'duplicate'],
  ['a role without grants', '/roles/1/grants', [], 'empty'],
  ['a grant of no permission', '/roles/1/grants/0', 'facilities.bookings.booking.reed', 'permission_unknown'],
  [
    'a grant of a prefix of nothing',
    '/roles/1/grants/0',
    'facilities.bookings.bookin.*',
    'permission_unknown',
  ],
  ['a wildcard in the middle', '/roles/1/grants/0', 'facilities.*.booking.read', 'format'],
  ['a wildcard over other plugins', '/roles/1/grants/0', 'facilities.*', 'format'],
  [
    'a grant from a plugin not required',
    '/roles/1/grants/0',
    'facilities.catering.order.read',
    'permission_foreign',
  ],
  [
    'a grant a required plugin does not have',
    '/roles/1/grants/0',
    'facilities.rooms.hall.read',
    'permission_unknown',
  ],
  [
    'a condition on an unknown field',
    '/roles/0/grants/2/condition',
    { owner: '$actor.id' },
    'field_unknown',
    '/owner',
  ],
  [
    'a nested condition on an unknown field',
    '/roles/0/grants/3/condition/or/1/not',
    { seat: 1 },
    'field_unknown',
    '/seat',
  ],
  [
    'a condition with an unknown operator',
    '/roles/0/grants/2/condition',
    { seats: { above: 3 } },
    'unknown_key',
    '/seats/above',
  ],
  [
    'a condition with a value the enum lacks',
    '/roles/0/grants/2/condition',
    { status: { in: ['asked', 'lost'] } },
    'value_unknown',
    '/status/in/1',
  ],
  [
    'a condition with an unknown placeholder',
    '/roles/0/grants/2/condition',
    { ownerId: '$actor.name' },
    'placeholder_unknown',
    '/ownerId',
  ],
  [
    'a condition with a time that is none',
    '/roles/0/grants/2/condition',
    { ownerId: '$actor.id', createdAt: { gte: '$yesterday', lt: '$day+P1D' } },
    'placeholder_unknown',
    '/createdAt/gte',
  ],
  [
    'a condition over all entities',
    '/roles/0/grants/2',
    { permission: 'facilities.bookings.*', condition: { ownerId: '$actor.id' } },
    'condition_without_entity',
    '/condition',
  ],
  ['an empty condition', '/roles/0/grants/2/condition', {}, 'empty'],
]

describe('roles: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
