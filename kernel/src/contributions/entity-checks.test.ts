import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const at = '/entities/booking/checks'
const message = { en: 'No.', de: 'Nein.' }
const check = (that: unknown, more: object = {}) => [{ id: 'rule', that, message, field: 'seats', ...more }]

const FAULTS: PlantedFault[] = [
  ['a rule without that', at, [{ id: 'rule', message, field: 'seats' }], 'missing', '/0/that'],
  [
    'a rule without message',
    at,
    [{ id: 'rule', that: { seats: 1 }, field: 'seats' }],
    'missing',
    '/0/message',
  ],
  ['an id not in kebab-case', at, check({ seats: 1 }, { id: 'theRule' }), 'format', '/0/id'],
  ['two rules of one id', at, [...check({ seats: 1 }), ...check({ seats: 2 })], 'duplicate', '/1/id'],
  ['pointing to an unknown field', at, check({ seats: 1 }, { field: 'seat' }), 'field_unknown', '/0/field'],
  ['an unknown field', at, check({ seets: 1 }), 'field_unknown', '/0/that/seets'],
  [
    'an unknown field within',
    at,
    check({ or: [{ seats: 1 }, { not: { seets: 1 } }] }),
    'field_unknown',
    '/0/that/or/1/not/seets',
  ],
  [
    'an unknown field in when',
    at,
    check({ seats: 1 }, { when: { stat: 'asked' } }),
    'field_unknown',
    '/0/when/stat',
  ],
  ['an unknown operator', at, check({ seats: { like: 1 } }), 'unknown_key', '/0/that/seats/like'],
  [
    'an unknown other field',
    at,
    check({ seats: { gt: { field: 'seat' } } }),
    'field_unknown',
    '/0/that/seats/gt/field',
  ],
  [
    'fields that cannot be compared',
    at,
    check({ seats: { gt: { field: 'day' } } }),
    'field_type',
    '/0/that/seats/gt/field',
  ],
  ['an order of texts', at, check({ purpose: { gt: 'a' } }), 'field_type', '/0/that/purpose/gt'],
  ['a value of tags', at, check({ needs: 'beamer' }), 'field_type', '/0/that/needs'],
  ['a value of another type', at, check({ seats: 'many' }), 'value_invalid', '/0/that/seats'],
  [
    'a value the field cannot have',
    at,
    check({ status: { in: ['asked', 'askd'] } }),
    'value_invalid',
    '/0/that/status/in/1',
  ],
  ['the time of now', at, check({ day: { gte: 'now' } }), 'value_invalid', '/0/that/day/gte'],
]

describe('checks: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, below = '') => {
    expect(problemsWith(place, value)).toEqual([`${place}${below} ${code}`])
  })
})

test('what is hidden decides no rule', () => {
  const { booking } = bookings.entities
  const fields = { ...booking.fields, salary: { type: 'int', label: message, mask: 'full' } }
  for (const [that, below] of [
    [{ salary: { gt: 10 } }, 'salary'],
    [{ seats: { lte: { field: 'salary' } } }, 'seats/lte/field'],
  ] as const)
    expect(problemsWith('/entities/booking', { ...booking, fields, checks: check(that) })).toEqual([
      `${at}/0/that/${below} field_hidden`,
    ])
})

test('rules compare fields with values and with each other', () => {
  const that = {
    or: [
      { seats: { lte: 20 }, quiet: false },
      { fee: { gte: { field: 'seats' } } },
      { contact: { isNull: true } },
    ],
    not: { status: { in: ['asked', null] } },
    seriesId: null,
  }
  expect(problemsWith(at, check(that, { when: { day: { lt: '2026-12-31' } } }))).toEqual([])
})
