import { describe, expect, test } from 'vitest'
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
  ['one summand', { type: 'int', computed: { add: ['seats'] } }, 'too_few', '/computed/add'],
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
