import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const entity = '/entities/booking/was'
const field = '/entities/booking/fields/purpose/was'
const value = '/entities/booking/fields/status/values/0/was'

const FAULTS: PlantedFault[] = [
  ['an entity that was a number', entity, 1, 'type'],
  ['an entity that had no name', entity, '', 'format'],
  ['an entity whose name was none', entity, 'Old-Booking', 'format'],
  ['an entity that was what another one still is', entity, 'series', 'was_in_use'],
  ['an entity that was what it is', entity, 'booking', 'was_in_use'],
  ['a field that was a list', field, ['reason'], 'type'],
  ['a field whose name was none', field, 'the reason', 'format'],
  ['a field that was what another one still is', field, 'notes', 'was_in_use'],
  ['a field that was what it is', field, 'purpose', 'was_in_use'],
  ['a value that was a text', value, 'wished', 'type'],
  ['a value that was nothing', value, [], 'empty'],
  ['a value that was the same twice', value, ['wished', 'wished'], 'duplicate'],
  ['a value that was empty', value, [''], 'empty', '/0'],
  ['a value that was what another one still is', value, ['confirmed'], 'was_in_use', '/0'],
  ['a value that was what it is', value, ['asked'], 'was_in_use', '/0'],
]

describe('was: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, planted, code, below = '') => {
    expect(problemsWith(at, planted)).toEqual([`${at}${below} ${code}`])
  })

  test('two entities that were the same one', () => {
    const { booking, series } = bookings.entities
    const entities = { booking: { ...booking, was: 'visit' }, series: { ...series, was: 'visit' } }
    expect(problemsWith('/entities', entities)).toEqual(['/entities/series/was duplicate'])
  })

  test('two fields that were the same one', () => {
    const { purpose, notes } = bookings.entities.booking.fields
    const fields = {
      ...bookings.entities.booking.fields,
      purpose: { ...purpose, was: 'reason' },
      notes: { ...notes, was: 'reason' },
    }
    expect(problemsWith('/entities/booking/fields', fields)).toEqual([
      '/entities/booking/fields/notes/was duplicate',
    ])
  })

  test('two values that were the same one', () => {
    const values = ['asked', 'confirmed'].map((each) => ({
      value: each,
      label: { en: 'X', de: 'X' },
      was: ['wished'],
    }))
    expect(problemsWith('/entities/booking/fields/status/values', values)).toEqual([
      '/entities/booking/fields/status/values/1/was/0 duplicate',
    ])
  })
})

test('what is called otherwise now may say so', () => {
  expect(problemsWith(entity, 'reservation')).toEqual([])
  expect(problemsWith(field, 'reason')).toEqual([])
  expect(problemsWith(value, ['wished', 'new'])).toEqual([])
})

describe('upgrades in the code of a plugin: exactly one problem for', () => {
  test.each([
    ['a version that is none', { next: ['booking'] }, '/version upgrade_unknown'],
    ['a later version', { '2.1.0': ['booking'] }, '/version upgrade_unknown'],
    ['an entity that is not there', { '2.0.0': ['bookings'] }, '/entities upgrade_unknown'],
  ])('%s', (_fault, upgrades, problem) => {
    expect(problemsWith('/icon', 'calendar', upgrades)).toEqual([problem])
  })

  test('none for versions up to its own', () => {
    const upgrades = { '1.0.0': ['series'], '2.0.1': ['booking', 'series'] }
    expect(problemsWith('/icon', 'calendar', upgrades)).toEqual([])
  })
})
