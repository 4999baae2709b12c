import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }
const at = '/entities/series/children'
const good = { entity: 'booking', field: 'seriesId' }

const FAULTS: PlantedFault[] = [
  ['a collection that is no object', at, [], 'type'],
  ['a name that is not in camelCase', at, { 'the-bookings': good }, 'format', '/the-bookings'],
  ['a name the platform uses', at, { id: good }, 'name_reserved', '/id'],
  ['a name of a field', at, { title: good }, 'duplicate', '/title'],
  ['a name something is included under', at, { parent: good }, 'duplicate', '/parent'],
  ['children without field', at, { bookings: { entity: 'booking' } }, 'missing', '/bookings/field'],
  [
    'children with an unknown option',
    at,
    { bookings: { ...good, most: 3 } },
    'unknown_key',
    '/bookings/most',
  ],
  [
    'children of an unknown entity',
    at,
    { bookings: { ...good, entity: 'boking' } },
    'entity_unknown',
    '/bookings/entity',
  ],
  [
    'children of another plugin',
    at,
    { rooms: { entity: 'rooms.room', field: 'seriesId' } },
    'format',
    '/rooms/entity',
  ],
  ['an unknown field', at, { bookings: { ...good, field: 'serie' } }, 'field_unknown', '/bookings/field'],
  [
    'a field that points elsewhere',
    at,
    { bookings: { ...good, field: 'roomId' } },
    'field_type',
    '/bookings/field',
  ],
  [
    'a field that points nowhere',
    at,
    { bookings: { ...good, field: 'purpose' } },
    'field_type',
    '/bookings/field',
  ],
  ['less than no children', at, { bookings: { ...good, min: -1 } }, 'range', '/bookings/min'],
  ['too many children', at, { bookings: { ...good, max: 201 } }, 'range', '/bookings/max'],
  [
    'more at least than at most',
    at,
    { bookings: { ...good, min: 3, max: 2 } },
    'bound_invalid',
    '/bookings/min',
  ],
  ['children of two', at, { one: good, two: good }, 'duplicate', '/two/entity'],
]

describe('children: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, below = '') => {
    expect(problemsWith(place, value)).toEqual([`${place}${below} ${code}`])
  })
})

test('children are declared with or without label and bounds', () => {
  expect(problemsWith(at, { bookings: { ...good, label, min: 1, max: 50 } })).toEqual([])
  expect(problemsWith(at, { bookings: good })).toEqual([])
})

test('children have no trash of their own, and no field called as their place', () => {
  const { series } = bookings.entities
  const child = { ...series, collection: 'parts', children: undefined }
  const inTrash = { series: { ...series, children: { parts: { entity: 'part', field: 'parentId' } } } }
  const faulty = (part: object) =>
    problemsWith('/entities', {
      ...bookings.entities,
      ...inTrash,
      part: { ...child, operations: ['delete'], ...part },
    })
  expect(faulty({})).toEqual([])
  expect(faulty({ softDelete: true })).toEqual(['/entities/part/softDelete option_conflict'])
  expect(faulty({ fields: { ...series.fields, ordinal: { type: 'int', label } } })).toEqual([
    '/entities/part/fields/ordinal name_reserved',
  ])
  const readOnly = { ...series.fields.parentId, readOnly: true }
  expect(faulty({ fields: { ...series.fields, parentId: readOnly } })).toEqual([
    '/entities/series/children/parts/field option_conflict',
  ])
})
