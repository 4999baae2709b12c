import { describe, expect, test } from 'vitest'
import { bookings } from '../../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }

const FAULTS: PlantedFault[] = [
  [
    'an entity not in camelCase',
    '/entities/room-plan',
    { ...bookings.entities.series, collection: 'plans' },
    'format',
  ],
  [
    'an entity named like part of every object',
    '/entities/constructor',
    { ...bookings.entities.series, collection: 'plans' },
    'name_reserved',
  ],
  ['an entity without fields', '/entities/booking/fields', undefined, 'missing'],
  [
    'a table name that is too long',
    `/entities/${'aB'.repeat(15)}`,
    { ...bookings.entities.series, collection: 'plans' },
    'name_too_long',
  ],
  ['a collection taken twice', '/entities/series/collection', 'bookings', 'duplicate'],
  ['a collection called new', '/entities/series/collection', 'new', 'name_reserved'],
  ['a collection not in kebab-case', '/entities/series/collection', 'bookingSeries', 'format'],
  [
    'a name made of an unknown field',
    '/entities/booking/display',
    ['number', 'porpose'],
    'field_unknown',
    '/1',
  ],
  ['a name made of a field every object has', '/entities/booking/display', 'constructor', 'field_unknown'],
  ['a name made of tags', '/entities/booking/display', 'needs', 'field_type'],
  ['a column that is no field', '/entities/booking/list/columns/0', 'nummer', 'field_unknown'],
  ['a column shown twice', '/entities/booking/list/columns', ['number', 'number'], 'duplicate'],
  ['a quick filter on a text', '/entities/booking/list/filters', ['purpose'], 'field_type', '/0'],
  ['sorting by an unknown field', '/entities/booking/list/sort', '-form', 'field_unknown'],
  ['sorting by a long text', '/entities/booking/list/sort', 'notes', 'field_type'],
  ['a form group with an unknown field', '/entities/booking/form/groups/0/fields/1', 'room', 'field_unknown'],
  [
    'a field in two form groups',
    '/entities/booking/form/groups/1',
    { label, fields: ['from'] },
    'duplicate',
    '/fields/0',
  ],
  ['a unique combination with an unknown field', '/entities/booking/unique/0/1', 'till', 'field_unknown'],
  ['a unique combination with tags', '/entities/booking/unique/0/1', 'needs', 'field_type'],
  ['a unique combination that stands twice', '/entities/booking/unique/1', ['from', 'roomId'], 'duplicate'],
  ['an operation that does not exist', '/entities/booking/operations', ['read'], 'value', '/0'],
]

describe('entities: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
