import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }

const FAULTS: PlantedFault[] = [
  ['a dependency on itself', '/requires/bookings', '^2', 'dependency_self'],
  ['a range that is none', '/requires/rooms', 'newest', 'range_invalid'],
  ['a dependency both required and used', '/uses/rooms', '^1', 'dependency_twice'],
  ['a conflict with a dependency', '/conflicts/rooms', label, 'conflict_with_dependency'],
]

describe('dependencies: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
