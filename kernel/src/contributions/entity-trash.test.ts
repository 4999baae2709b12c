import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { problemsWith, type PlantedFault } from '../../test/planted-faults.ts'

const place = '/entities/booking/softDelete'

const FAULTS: PlantedFault[] = [
  ['no', place, false, 'value'],
  ['a number', place, 30, 'type'],
  ['no days', place, {}, 'missing', '/keepDays'],
  ['less than a day', place, { keepDays: 0 }, 'range', '/keepDays'],
  ['half a day', place, { keepDays: 1.5 }, 'type', '/keepDays'],
  ['more than ten years', place, { keepDays: 4_000 }, 'range', '/keepDays'],
  ['something else', place, { keepDays: 30, who: 'me' }, 'unknown_key', '/who'],
]

describe('softDelete: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})

test('records that cannot be deleted need no trash', () => {
  const entity = {
    ...bookings.entities.series,
    collection: 'plans',
    softDelete: true,
    operations: ['create'],
  }
  expect(problemsWith('/entities/plan', entity)).toContain('/entities/plan/softDelete option_conflict')
})

test('fields cannot take the names of the trash', () => {
  const field = { type: 'date', label: { en: 'X', de: 'X' } }
  for (const name of ['deletedAt', 'deletedBy', 'deletedWith'])
    expect(problemsWith(`/entities/booking/fields/${name}`, field)).toEqual([
      `/entities/booking/fields/${name} name_reserved`,
    ])
})

test('with a trash there are rights and an event more', () => {
  expect(problemsWith('/entities/booking/softDelete', true)).toEqual([])
  const grant = 'facilities.bookings.booking.restore'
  expect(problemsWith('/roles/0/grants/0', grant)).toEqual(['/roles/0/grants/0 permission_unknown'])
})
