import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }

const FAULTS: PlantedFault[] = [
  ['an unknown key deep inside', '/seats/lable', label, 'unknown_key'],
  ['a field not in camelCase', '/due_date', { type: 'date', label }, 'format'],
  ['a field name the platform uses', '/createdAt', { type: 'date', label }, 'name_reserved'],
  ['a field name the database uses', '/xmin', { type: 'int', label }, 'name_reserved'],
  ['a field in the place of an included record', '/room', { type: 'string', label }, 'name_reserved'],
  ['a field type that does not exist', '/seats/type', 'integer', 'value'],
  ['an enum without values', '/mood', { type: 'enum', label }, 'option_missing', '/values'],
  ['values on a field that is no enum', '/seats/values', [{ value: 'a', label }], 'option_not_allowed'],
  ['an enum value that stands twice', '/status/values/2', { value: 'asked', label }, 'duplicate', '/value'],
  ['a scale on an int', '/seats/scale', 2, 'option_not_allowed'],
  ['a minimum on a text', '/purpose/min', 2, 'option_not_allowed'],
  ['a length on a number', '/seats/maxLength', 2, 'option_not_allowed'],
  ['searching a number', '/seats/search', true, 'option_not_allowed'],
  ['a sequence on a long text', '/notes/sequence', { format: '{n}' }, 'option_not_allowed'],
  ['a sequence without a counter', '/number/sequence/format', 'B-{year}', 'sequence_invalid'],
  ['a sequence with an unknown placeholder', '/number/sequence/format', 'B-{month}-{n}', 'sequence_invalid'],
  ['a sequence beside a default', '/number/default', 'B-0', 'option_conflict'],
  [
    'bounds that exclude each other',
    '/contact',
    { type: 'email', label, minLength: 9, maxLength: 2 },
    'bound_invalid',
    '/minLength',
  ],
  ['a fractional bound of an int', '/seats/max', 9.5, 'bound_invalid'],
  ['a unique bool', '/quiet/unique', true, 'option_not_allowed'],
  ['a required field nobody can write', '/purpose/readOnly', true, 'option_conflict'],
  ['a pattern that does not compile', '/purpose/pattern', '^(', 'pattern_invalid'],
  ['a pattern that needs another flag', '/purpose/pattern', '\\-', 'pattern_invalid'],
  ['a default of the wrong type', '/seats/default', '2', 'default_invalid'],
  ['a default below the minimum', '/seats/default', 0, 'default_invalid'],
  ['a default that is no date', '/day/default', '2026-02-30', 'default_invalid'],
  ['a default the enum lacks', '/status/default', 'aksed', 'default_invalid'],
  ['a default with too many digits', '/fee/default', '0.005', 'default_invalid'],
  ['a default for a reference', '/roomId/default', 'x', 'default_invalid'],
  ['a default that is no e-mail address', '/contact/default', 'nobody', 'default_invalid'],
  ['a default shorter than allowed', '/purpose/default', 'no', 'default_invalid'],
  ['a reference to nothing', '/seriesId/entity', undefined, 'option_missing'],
  ['a reference to an unknown entity', '/seriesId/entity', 'serie', 'entity_unknown'],
  ['a reference into a plugin only used', '/seriesId/entity', 'catering.order', 'reference_foreign'],
  ['a reference to an unknown foreign entity', '/roomId/entity', 'rooms.hall', 'entity_unknown'],
  ['a required reference that may be emptied', '/roomId/onDelete', 'setNull', 'option_conflict'],
]

describe('fields: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    const path = `/entities/booking/fields${at}`
    expect(problemsWith(path, value)).toEqual([`${path}${below} ${code}`])
  })
})
