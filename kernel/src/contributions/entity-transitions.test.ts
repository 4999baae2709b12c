import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }
const confirm = {
  from: ['asked'],
  to: 'confirmed',
  label,
  permission: 'facilities.bookings.booking.confirm',
  emits: 'bookings.booking.confirmed',
}
const back = { from: ['confirmed'], to: 'asked', label }
const transitions = { field: 'phase', initial: ['asked'], moves: [confirm, back] }
const values = [
  { value: 'asked', label },
  { value: 'confirmed', label },
]
const phase = { type: 'enum', label, required: true, default: 'asked', values }

/** Problems of the manifest with these states, at their place within them. */
function problemsOf(states: unknown, field: unknown = phase): string[] {
  const place = '/entities/occasion'
  const entity = {
    label,
    labelPlural: label,
    collection: 'occasions',
    display: 'name',
    fields: { name: { type: 'string', label }, phase: field },
    transitions: states,
  }
  return problemsWith(place, entity).map((each) => each.replace(`${place}/transitions`, ''))
}

const plain = { ...transitions, moves: [{ from: ['asked'], to: 'confirmed', label }, back] }

test('states without a fault have no problem', () => {
  expect(problemsOf(plain)).toEqual([])
})

describe('states: exactly one problem for', () => {
  test.each<PlantedFault>([
    ['a field that is not there', '', { ...plain, field: 'phases' }, '/field field_unknown'],
    ['an unknown key', '', { ...plain, colour: 'red' }, '/colour unknown_key'],
    ['no start', '', { ...plain, initial: [] }, '/initial empty', '/field state_without_start'],
    ['an unknown start', '', { ...plain, initial: ['asked', 'gone'] }, '/initial/1 value_unknown'],
    ['a default that is no start', '', { ...plain, initial: ['confirmed'] }, '/field state_without_start'],
    [
      'a way to nowhere',
      '',
      { ...plain, moves: [...plain.moves, { ...back, to: 'gone' }] },
      '/moves/2/to value_unknown',
    ],
    [
      'a way from nowhere',
      '',
      { ...plain, moves: [plain.moves[0], { ...back, from: ['gone'] }] },
      '/moves/1/from/0 value_unknown',
    ],
    ['a state no way leads to', '', { ...plain, moves: [back] }, '/moves state_unreachable'],
    [
      'a way back to the same state',
      '',
      { ...plain, moves: [...plain.moves, { ...back, from: ['asked'] }] },
      '/moves/2/from/0 move_to_itself',
    ],
    ['a way there is already', '', { ...plain, moves: [...plain.moves, back] }, '/moves/2/from/0 duplicate'],
    [
      'a move without a label',
      '',
      { ...plain, moves: [plain.moves[0], { from: ['confirmed'], to: 'asked' }] },
      '/moves/1/label missing',
    ],
    [
      'a permission that does not exist',
      '',
      { ...plain, moves: [plain.moves[0], { ...back, permission: 'facilities.bookings.occasion.fly' }] },
      '/moves/1/permission permission_unknown',
    ],
    [
      'a permission of another entity',
      '',
      { ...plain, moves: [plain.moves[0], { ...back, permission: confirm.permission }] },
      '/moves/1/permission permission_foreign',
    ],
    [
      'an event nobody published',
      '',
      { ...plain, moves: [plain.moves[0], { ...back, emits: 'bookings.occasion.lost' }] },
      '/moves/1/emits event_unknown',
    ],
    [
      'an event of another entity',
      '',
      { ...plain, moves: [plain.moves[0], { ...back, emits: confirm.emits }] },
      '/moves/1/emits event_unknown',
    ],
    [
      'an event every change has',
      '',
      { ...plain, moves: [plain.moves[0], { ...back, emits: 'bookings.occasion.updated' }] },
      '/moves/1/emits event_unknown',
    ],
  ])('%s', (_fault, _at, states, ...expected) => {
    expect(problemsOf(states)).toEqual(expected.filter((each) => each !== undefined))
  })

  test.each([
    ['a field of another type', { type: 'string', label, required: true, default: 'asked' }, 'field_type'],
    ['a state that may be empty', { ...phase, required: false }, 'state_optional'],
    ['a field that cannot be changed', { ...phase, immutable: true }, 'state_fixed'],
    ['a field without a default', { ...phase, default: undefined }, 'state_without_start'],
  ])('%s', (_fault, field, code) => {
    expect(problemsOf(plain, JSON.parse(JSON.stringify(field)))).toEqual([`/field ${code}`])
  })
})
