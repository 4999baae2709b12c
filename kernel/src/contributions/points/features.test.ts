import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }
const at = '/features'
const waitlist = { id: 'waitlist', type: 'boolean', label, default: true }
const of = (more: object) => [{ ...waitlist, ...more }]
const each = { free: false, professional: true, enterprise: true, custom: true }

const FAULTS: PlantedFault[] = [
  ['something else than a list', at, { waitlist }, 'type'],
  ['an id in capitals', at, of({ id: 'Waitlist' }), 'format', '/0/id'],
  ['no id', at, of({ id: undefined }), 'missing', '/0/id'],
  ['one declared twice', at, [waitlist, waitlist], 'duplicate', '/1/id'],
  ['no label', at, of({ label: undefined }), 'missing', '/0/label'],
  ['a label without a language', at, of({ label: { en: 'X' } }), 'language_missing', '/0/label/de'],
  ['a type there is not', at, of({ type: 'string' }), 'value', '/0/type'],
  ['no type', at, of({ type: undefined }), 'missing', '/0/type'],
  ['a tier there is not', at, of({ tier: 'gold' }), 'value', '/0/tier'],
  ['a tier the plugin itself is not for', at, of({ tier: 'free' }), 'option_conflict', '/0/tier'],
  ['no default', at, of({ default: undefined }), 'missing', '/0/default'],
  ['a default of another type', at, of({ default: 'yes' }), 'type', '/0/default'],
  [
    'a default that leaves a tier out',
    at,
    of({ default: { ...each, custom: undefined } }),
    'missing',
    '/0/default/custom',
  ],
  [
    'a default for an unknown tier',
    at,
    of({ default: { ...each, gold: true } }),
    'unknown_key',
    '/0/default/gold',
  ],
  [
    'on by default in a tier that cannot have it',
    at,
    of({ tier: 'enterprise', default: each }),
    'option_conflict',
    '/0/default/professional',
  ],
  ['an option there is not', at, of({ percentage: 20 }), 'unknown_key', '/0/percentage'],
  [
    'an action of an unknown feature',
    '/entities/booking/actions',
    { move: { label, feature: 'x' } },
    'feature_unknown',
    '/move/feature',
  ],
  ['a route of one', '/routes/0/feature', 'waitlist', 'feature_unknown'],
  ['a screen of one', '/ui/screens/0/feature', 'waitlist', 'feature_unknown'],
  ['an entry of one', '/ui/navigation/0/feature', 'waitlist', 'feature_unknown'],
  ['a feature that is no name', '/ui/navigation/0/feature', { on: true }, 'type'],
]

describe('features: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, place, value, code, deeper = '') => {
    const problems = problemsWith(place, JSON.parse(JSON.stringify(value)))
    expect(problems.filter((problem) => !problem.includes('handler_'))).toEqual([`${place}${deeper} ${code}`])
  })
})

test('what is declared can be named', () => {
  expect(problemsWith(at, of({ tier: 'professional', default: each, description: label }))).toEqual([])
})
