import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const at = '/entities/booking/actions'
const label = { en: 'X', de: 'X' }
const seats = { type: 'int', label }
const together = { label, on: 'collection', records: true }
const asking = (output: object) => ({ settle: { label, effect: 'read', output: { seats: output } } })
const toldTogether = (field: object) => ({ settle: { ...together, input: { keep: field } } })
const keep = { type: 'ref', entity: 'booking', label, chosen: true }

const FAULTS: PlantedFault[] = [
  ['a place there is not', at, { settle: { label, on: 'plugin' } }, 'value', '/settle/on'],
  ['an effect there is not', at, { settle: { label, effect: 'both' } }, 'value', '/settle/effect'],
  ['records of a record', at, { settle: { label, records: true } }, 'option_conflict', '/settle/records'],
  ['no records', at, { settle: { ...together, records: false } }, 'value', '/settle/records'],
  ['records in words', at, { settle: { ...together, records: 'all' } }, 'type', '/settle/records'],
  [
    'an unknown option of records',
    at,
    { settle: { ...together, records: { most: 3 } } },
    'unknown_key',
    '/settle/records/most',
  ],
  ['no record', at, { settle: { ...together, records: { min: 0 } } }, 'range', '/settle/records/min'],
  ['too many', at, { settle: { ...together, records: { max: 501 } } }, 'range', '/settle/records/max'],
  [
    'more at least than at most',
    at,
    { settle: { ...together, records: { min: 3, max: 2 } } },
    'range',
    '/settle/records/min',
  ],
  [
    'more at least than there are at most without saying',
    at,
    { settle: { ...together, records: { min: 101 } } },
    'range',
    '/settle/records/min',
  ],
  [
    'a condition on no record',
    at,
    { settle: { label, on: 'collection', when: { status: 'asked' } } },
    'option_conflict',
    '/settle/when',
  ],
  [
    'records that are only read',
    at,
    { settle: { ...together, effect: 'read', output: { seats } } },
    'option_conflict',
    '/settle/records',
  ],
  [
    'an input called as the records are',
    at,
    { settle: { ...together, input: { records: seats } } },
    'name_reserved',
    '/settle/input/records',
  ],
  ['one of none', at, { settle: { label, input: { keep } } }, 'option_conflict', '/settle/input/keep/chosen'],
  [
    'one of others',
    at,
    toldTogether({ ...keep, entity: 'series' }),
    'option_conflict',
    '/settle/input/keep/chosen',
  ],
  [
    'one of them in words',
    at,
    toldTogether({ type: 'string', label, chosen: true }),
    'option_conflict',
    '/settle/input/keep/chosen',
  ],
  ['one of them or not', at, toldTogether({ ...keep, chosen: false }), 'value', '/settle/input/keep/chosen'],
  ['an answer of none', at, { settle: { label, effect: 'read' } }, 'option_missing', '/settle/output'],
  ['an empty answer', at, { settle: { label, effect: 'read', output: {} } }, 'empty', '/settle/output'],
  [
    'an answer of what changes something',
    at,
    { settle: { label, output: { seats } } },
    'option_conflict',
    '/settle/output',
  ],
  [
    'a danger of reading',
    at,
    { settle: { label, effect: 'read', danger: true, output: { seats } } },
    'option_conflict',
    '/settle/danger',
  ],
  ['an answer without a label', at, asking({ type: 'int' }), 'missing', '/settle/output/seats/label'],
  ...[
    ['default', 3],
    ['mask', 'full'],
    ['unique', true],
    ['chosen', true],
  ].map(([option, value]): PlantedFault => [
    `an answer with ${String(option)}`,
    at,
    asking({ ...seats, [String(option)]: value }),
    'unknown_key',
    `/settle/output/seats/${String(option)}`,
  ]),
  [
    'an answer that is a record',
    at,
    asking({ type: 'ref', label }),
    'option_not_allowed',
    '/settle/output/seats/type',
  ],
  [
    'an answer that is a member',
    at,
    asking({ type: 'member', label }),
    'option_not_allowed',
    '/settle/output/seats/type',
  ],
  [
    'an answer with an option of another type',
    at,
    asking({ ...seats, maxLength: 3 }),
    'option_not_allowed',
    '/settle/output/seats/maxLength',
  ],
]

/** The code of the manifests has no actions, which is the subject of a test of its own. */
const without = (problems: string[]) => problems.filter((each) => !each.endsWith(' handler_unknown'))

describe('what actions are on, change and answer: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, deeper = '') => {
    expect(without(problemsWith(place, value))).toEqual([`${place}${deeper} ${code}`])
  })
})
