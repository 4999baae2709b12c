import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const FIELDS = '/entities/booking/fields'
const label = { en: 'X', de: 'X' }
const secret = (type: string, rest: object = {}) => ({ type, label, encrypted: true, ...rest })
const values = [{ value: 'a', label }]

const FAULTS: PlantedFault[] = [
  ['no switch', `${FIELDS}/purpose/encrypted`, 'yes', 'type'],
  ['a yes or no', `${FIELDS}/x`, secret('bool'), 'option_not_allowed', '/encrypted'],
  ['a choice', `${FIELDS}/x`, secret('enum', { values }), 'option_not_allowed', '/encrypted'],
  ['tags', `${FIELDS}/x`, secret('tags'), 'option_not_allowed', '/encrypted'],
  ['a place', `${FIELDS}/x`, secret('geo'), 'option_not_allowed', '/encrypted'],
  [
    'any JSON',
    `${FIELDS}/x`,
    secret('json', { schema: { type: 'object' } }),
    'option_not_allowed',
    '/encrypted',
  ],
  ['a reference', `${FIELDS}/x`, secret('ref', { entity: 'series' }), 'option_not_allowed', '/encrypted'],
  ['a member', `${FIELDS}/x`, secret('member'), 'option_not_allowed', '/encrypted'],
  ['a default', `${FIELDS}/x`, secret('string', { default: 'x' }), 'option_conflict', '/default'],
  [
    'a number of a sequence',
    `${FIELDS}/x`,
    secret('string', { sequence: { format: '{n:4}' }, readOnly: true }),
    'option_conflict',
    '/sequence',
  ],
  ['words to search for', `${FIELDS}/x`, secret('string', { search: true }), 'option_conflict', '/search'],
  ...['indexed decimal', 'unique decimal', 'indexed datetime', 'unique datetime', 'indexed money'].map(
    (both): PlantedFault => {
      const [option = '', type = ''] = both.split(' ')
      return [both, `${FIELDS}/x`, secret(type, { [option]: true }), 'option_conflict', `/${option}`]
    },
  ),
]

describe('encrypted is refused, with exactly one problem, for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})

test.each([
  'string',
  'text',
  'email',
  'phone',
  'url',
  'int',
  'decimal',
  'date',
  'datetime',
  'address',
  'money',
  'iban',
])('%s can be encrypted', (type) => {
  expect(problemsWith(`${FIELDS}/x`, secret(type))).toEqual([])
})

test.each(['string', 'email', 'phone', 'url', 'int', 'date', 'iban'])(
  '%s can be looked up, and unique, though encrypted',
  (type) => {
    for (const option of ['indexed', 'unique'])
      expect(problemsWith(`${FIELDS}/x`, secret(type, { [option]: true }))).toEqual([])
  },
)

/** Encryption planted on a field that something else of the entity depends on. */
const DEPENDED: readonly (readonly [what: string, field: string, problem: string])[] = [
  ['names records', 'purpose', '/entities/booking/display/1 field_hidden'],
  ['sorts the list', 'from', '/entities/booking/list/sort field_hidden'],
  ['filters the list', 'quiet', '/entities/booking/list/filters/1 field_hidden'],
  ['is unique together with others', 'from', '/entities/booking/unique/0/1 field_hidden'],
  ['decides which records a role sees', 'seats', '/roles/0/grants/3/condition/or/1/not/seats field_hidden'],
  ['holds the state', 'status', '/entities/booking/transitions/field field_hidden'],
]

describe('encrypted is refused on a field that', () => {
  test.each(DEPENDED)('%s', (_what, field, problem) => {
    const at = `${FIELDS}/${field}/encrypted`
    const states = {
      field: 'status',
      initial: ['asked'],
      moves: [{ from: ['asked'], to: 'confirmed', label }],
    }
    const found =
      field === 'status'
        ? problemsWith('/entities/series', {
            label,
            labelPlural: label,
            collection: 'series',
            display: 'title',
            fields: {
              title: { type: 'string', label },
              status: {
                ...secret('enum', { values: [...values, { value: 'b', label }] }),
                required: true,
              },
            },
            transitions: { ...states, initial: ['a'], moves: [{ from: ['a'], to: 'b', label }] },
          }).map((each) => each.replace('series', 'booking'))
        : problemsWith(at, true)
    expect(found).toContain(problem)
  })
})

test('no rule over several fields looks at what is encrypted', () => {
  const guest = {
    label,
    labelPlural: label,
    collection: 'guests',
    display: 'name',
    fields: { name: { type: 'string', label }, age: secret('int') },
    checks: [{ id: 'grown-up', that: { age: { gte: 18 } }, message: label }],
  }
  expect(problemsWith('/entities/guest', guest)).toContain('/entities/guest/checks/0/that/age field_hidden')
})

test('no field takes the column in which an encrypted one is looked up', () => {
  expect(
    problemsWith(`${FIELDS}/contact`, secret('email', { indexed: true })).concat(
      problemsWith('/entities/guest', {
        label,
        labelPlural: label,
        collection: 'guests',
        display: 'name',
        fields: {
          name: { type: 'string', label },
          account: secret('iban', { indexed: true }),
          accountBlind: { type: 'string', label },
        },
      }),
    ),
  ).toEqual(['/entities/guest/fields/accountBlind name_reserved'])
})

test('a role is not granted what encryption hides: there is no mask to lift', () => {
  const guest = {
    label,
    labelPlural: label,
    collection: 'guests',
    display: 'name',
    fields: { name: { type: 'string', label }, account: secret('iban') },
  }
  expect(problemsWith('/entities/guest', guest)).toEqual([])
  expect(problemsWith('/roles/1/grants/0', { permission: 'facilities.bookings.booking.reveal' })).toEqual([
    '/roles/1/grants/0/permission permission_unknown',
  ])
})
