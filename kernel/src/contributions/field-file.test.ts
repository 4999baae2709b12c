import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const ENTITY = '/entities/booking'
const at = `${ENTITY}/fields/x`
const label = { en: 'X', de: 'X' }
const file = (rest: object = {}) => ({ type: 'file', label, ...rest })

const FAULTS: PlantedFault[] = [
  ...['unique', 'indexed'].map((option): PlantedFault => [
    `to be ${option}`,
    at,
    file({ [option]: true }),
    'option_not_allowed',
    `/${option}`,
  ]),
  ['to be searched', at, file({ search: true }), 'option_not_allowed', '/search'],
  ['to be encrypted', at, file({ encrypted: true }), 'option_not_allowed', '/encrypted'],
  ['a default', at, file({ default: 'x' }), 'default_invalid', '/default'],
  ['an example', at, file({ example: 'x' }), 'example_invalid', '/example'],
  ['a mask of numbers', at, file({ mask: 'last4' }), 'option_not_allowed', '/mask'],
  ['a length', at, file({ maxLength: 3 }), 'option_not_allowed', '/maxLength'],
  ['no bytes', at, file({ maxBytes: 0 }), 'range', '/maxBytes'],
  ['half a byte', at, file({ maxBytes: 1.5 }), 'type', '/maxBytes'],
  ['more bytes than any', at, file({ maxBytes: 1_073_741_825 }), 'range', '/maxBytes'],
  ['nothing to accept', at, file({ accept: [] }), 'empty', '/accept'],
  ['a text to accept', at, file({ accept: 'image/*' }), 'type', '/accept'],
  ['words to accept', at, file({ accept: ['pictures'] }), 'media_type_invalid', '/accept/0'],
  ['half a media type', at, file({ accept: ['image/png', 'image/'] }), 'media_type_invalid', '/accept/1'],
  ['everything', at, file({ accept: ['*/*'] }), 'media_type_invalid', '/accept/0'],
  ['a media type in capitals', at, file({ accept: ['Image/PNG'] }), 'media_type_invalid', '/accept/0'],
  ['an ending no one knows', at, file({ accept: ['.xyz'] }), 'ending_unknown', '/accept/0'],
  ['an ending in capitals', at, file({ accept: ['.PDF'] }), 'ending_unknown', '/accept/0'],
  ['the same twice', at, file({ accept: ['.pdf', '.pdf'] }), 'duplicate', '/accept/1'],
]

describe('a file is refused, with exactly one problem,', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, below = '') => {
    expect(problemsWith(place, value)).toEqual([`${place}${below} ${code}`])
  })
})

test.each(['maxBytes', 'accept'])('%s belongs to files alone', (option) => {
  const value = { type: 'string', label, [option]: option === 'accept' ? ['.pdf'] : 5 }
  expect(problemsWith(at, value)).toEqual([`${at}/${option} option_not_allowed`])
})

test.each([
  {},
  { required: true, pii: true },
  { mask: 'full', immutable: true },
  { readOnly: true },
  { accept: ['image/*', 'application/pdf', '.csv', 'application/vnd.ms-excel'], maxBytes: 1_073_741_824 },
])('%o is fine', (rest) => {
  expect(problemsWith(at, file(rest))).toEqual([])
})

test('a record cannot be named or told apart by a file', () => {
  expect(problemsWith(`${ENTITY}/fields/purpose`, file())).toEqual(
    expect.arrayContaining([expect.stringMatching(/field_type|option_not_allowed/)]),
  )
})

test('an action is told no file', () => {
  expect(
    problemsWith(`${ENTITY}/actions`, { scan: { label, input: { paper: { type: 'file', label } } } }),
  ).toEqual(expect.arrayContaining([`${ENTITY}/actions/scan/input/paper/type option_not_allowed`]))
})
