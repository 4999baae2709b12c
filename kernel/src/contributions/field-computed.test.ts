import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { problemsWith } from '../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }
const at = '/entities/booking/fields/extra'

/** What is wrong · the field · the code · where below the field it is reported. */
const FAULTS: [fault: string, field: object, code: string, below: string][] = [
  ['nothing to compute', { type: 'int', computed: {} }, 'computed_invalid', '/computed'],
  [
    'two ways to compute',
    { type: 'int', computed: { add: ['seats', 'seats'], count: 'x' } },
    'computed_invalid',
    '/computed',
  ],
  [
    'an unknown way',
    { type: 'int', computed: { divide: ['seats', 'seats'] } },
    'unknown_key',
    '/computed/divide',
  ],
  ['one summand', { type: 'int', computed: { add: ['seats'] } }, 'empty', '/computed/add'],
  ['code', { type: 'int', computed: 'seats * 2' }, 'type', '/computed'],
  [
    'an unknown field',
    { type: 'int', computed: { add: ['seats', 'seets'] } },
    'field_unknown',
    '/computed/add/1',
  ],
  [
    'a text to add',
    { type: 'int', computed: { add: ['seats', 'purpose'] } },
    'field_type',
    '/computed/add/1',
  ],
  [
    'a value that is no decimal',
    { type: 'int', computed: { add: ['seats', { value: 'x' }] } },
    'format',
    '/computed/add/1/value',
  ],
  ['a text of numbers', { type: 'string', computed: { add: ['seats', 'seats'] } }, 'field_type', '/computed'],
  [
    'an amount of numbers',
    { type: 'money', computed: { add: ['seats', 'seats'] } },
    'field_type',
    '/computed',
  ],
  ['itself', { type: 'int', computed: { add: ['extra', 'seats'] } }, 'computed_circle', '/computed'],
  [
    'no field at all',
    { type: 'int', computed: { add: [{ value: '1' }, { value: '2' }] } },
    'computed_invalid',
    '/computed',
  ],
  [
    'a sum of what are no children',
    { type: 'int', computed: { sum: 'parts.size' } },
    'field_unknown',
    '/computed/sum',
  ],
  [
    'a number of what are no children',
    { type: 'int', computed: { count: 'parts' } },
    'field_unknown',
    '/computed/count',
  ],
  [
    'where without a number',
    { type: 'int', computed: { add: ['seats', 'seats'], where: { quiet: true } } },
    'option_conflict',
    '/computed/where',
  ],
  [
    'a joined list',
    { type: 'string', computed: { concat: ['purpose', 'needs'] } },
    'field_type',
    '/computed/concat/1',
  ],
  [
    'joined personal data',
    { type: 'string', computed: { concat: ['purpose', 'contact'] } },
    'pii_lost',
    '/computed',
  ],
  ['joined texts as a number', { type: 'int', computed: { concat: ['purpose'] } }, 'field_type', '/computed'],
  [
    'a needed value',
    { type: 'int', required: true, computed: { add: ['seats', 'seats'] } },
    'option_conflict',
    '/required',
  ],
  [
    'a default',
    { type: 'int', default: 1, computed: { add: ['seats', 'seats'] } },
    'option_conflict',
    '/default',
  ],
]

describe('a computed field: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, field, code, below) => {
    expect(problemsWith(at, { label, ...field })).toEqual([`${at}${below} ${code}`])
  })
})

/** The extra field together with others of the booking, and a collection of bookings in each series. */
function withFields(fields: object, children: object = {}): string[] {
  const { booking, series } = bookings.entities
  return problemsWith('/entities', {
    booking: { ...booking, fields: { ...booking.fields, ...fields } },
    series: { ...series, ...children },
  })
}

test('what is personal or hidden stays so in what follows from it', () => {
  const quantity = { type: 'int', label, mask: 'full' }
  const double = { type: 'int', label, computed: { multiply: ['quantity', { value: '2' }] } }
  expect(withFields({ quantity, double })).toEqual(['/entities/booking/fields/double/computed mask_lost'])
  expect(withFields({ quantity, double: { ...double, mask: 'full' } })).toEqual([])
})

test('nothing follows from what is encrypted, and nothing computed is encrypted', () => {
  const quantity = { type: 'int', label, encrypted: true }
  const double = { type: 'int', label, computed: { multiply: ['quantity', { value: '2' }] } }
  const path = '/entities/booking/fields/double'
  expect(withFields({ quantity, double })).toEqual([`${path}/computed field_hidden`])
  expect(withFields({ quantity, double: { ...double, mask: 'full' } })).toEqual([
    `${path}/computed field_hidden`,
  ])
  expect(withFields({ quantity: { type: 'int', label }, double: { ...double, encrypted: true } })).toEqual([
    `${path}/computed option_conflict`,
  ])
})

describe('children are added up and counted', () => {
  const list = { bookings: { entity: 'booking', field: 'seriesId' } }
  const inSeries = (computed: object, type = 'int', fields: object = {}, option: object = {}) =>
    withFields(fields, {
      children: list,
      fields: { ...bookings.entities.series.fields, extra: { type, label, computed, ...option } },
    })
  const here = '/entities/series/fields/extra'

  test('by what fits', () => {
    expect(inSeries({ sum: 'bookings.seats' })).toEqual([])
    expect(inSeries({ sum: 'bookings.seats' }, 'decimal')).toEqual([])
    expect(inSeries({ count: 'bookings', where: { quiet: true, status: 'asked' } })).toEqual([])
  })

  test.each([
    [{ sum: 'bookings.seets' }, 'int', {}, 'computed/sum field_unknown'],
    [{ sum: 'bookings' }, 'int', {}, 'computed/sum field_unknown'],
    [{ sum: 'bookings.purpose' }, 'int', {}, 'computed/sum field_type'],
    [{ sum: 'bookings.fee' }, 'int', {}, 'computed/sum field_type'],
    [{ sum: 'bookings.seats' }, 'money', {}, 'computed/sum field_type'],
    [
      { sum: 'bookings.price' },
      'money',
      { price: { type: 'money', label, currency: 'EUR' } },
      'computed/sum field_type',
    ],
    [
      { sum: 'bookings.guests' },
      'int',
      { guests: { type: 'int', label, mask: 'full' } },
      'computed/sum field_hidden',
    ],
    [{ sum: 'bookings.seats' }, 'int', { seats: { type: 'int', label, pii: true } }, 'computed pii_lost'],
    [{ count: 'bookings' }, 'decimal', {}, 'computed field_type'],
    [{ count: 'bookings', where: { silent: true } }, 'int', {}, 'computed/where/silent field_unknown'],
    [{ count: 'bookings', where: { quiet: 'yes' } }, 'int', {}, 'computed/where/quiet value_invalid'],
    [{ count: 'bookings', where: { status: 'done' } }, 'int', {}, 'computed/where/status value_invalid'],
    [{ count: 'bookings', where: { purpose: 'x' } }, 'int', {}, 'computed/where/purpose value_invalid'],
    [
      { count: 'bookings', where: { paid: true } },
      'int',
      { paid: { type: 'bool', label, mask: 'full' } },
      'computed/where/paid field_hidden',
    ],
    [{ sum: 'bookings.seats', separator: ', ' }, 'int', {}, 'computed/separator option_conflict'],
    [
      { count: 'bookings' },
      'int',
      { roomId: { type: 'ref', entity: 'rooms.room', label, onDelete: 'cascade', required: true } },
      'computed/count cascade_uncounted',
    ],
  ])('but not by %j as %s', (computed, type, fields, problem) => {
    expect(inSeries(computed, type, fields)).toEqual([`${here}/${problem}`])
  })
})

test('numbers are calculated, texts are joined', () => {
  expect(
    problemsWith(at, {
      type: 'decimal',
      label,
      computed: { subtract: ['fee', { multiply: ['fee', { value: '0.1' }] }] },
    }),
  ).toEqual([])
  expect(
    problemsWith(at, {
      type: 'string',
      label,
      pii: true,
      computed: { concat: ['number', 'contact', { value: '!' }], separator: '' },
    }),
  ).toEqual([])
})
