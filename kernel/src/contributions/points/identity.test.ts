import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const label = { en: 'X', de: 'X' }

const FAULTS: PlantedFault[] = [
  ['an unknown key', '/nam', label, 'unknown_key'],
  ['a missing key', '/icon', undefined, 'missing'],
  ['another manifest version', '/manifestVersion', 2, 'value'],
  ['a version that is none', '/version', '1.0', 'version_invalid'],
  ['a version with a leading v', '/version', 'v1.0.0', 'version_invalid'],
  ['a license that is no expression', '/license', 'all rights: ours!', 'format'],
  ['an icon that is no name', '/icon', 'Calendar', 'format'],
  ['a text without English', '/name', { de: 'Buchungen' }, 'missing', '/en'],
  ['a blank text', '/name', { en: ' ', de: 'Buchungen' }, 'format', '/en'],
  ['a language that is none', '/name/english', 'Bookings', 'format'],
  ['a host API range that is none', '/engines/plinth', 'latest', 'range_invalid'],
  ['a host API that is not this one', '/engines/plinth', '^2', 'engine_unsupported'],
  ['a tier that does not exist', '/tier', 'profesional', 'value'],
]

describe('identity: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
