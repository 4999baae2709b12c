import { describe, expect, test } from 'vitest'
import { problemsWith, type PlantedFault } from '../../../test/planted-faults.ts'

const FAULTS: PlantedFault[] = [
  ['a handler the manifest denies', '/lifecycle/onEnable', false, 'value'],
  ['a lifecycle handler the code lacks', '/lifecycle/onDisable', true, 'handler_unknown'],
]

describe('lifecycle: exactly one problem for', () => {
  test.each(FAULTS)('%s', (_fault, at, value, code, below = '') => {
    expect(problemsWith(at, value)).toEqual([`${at}${below} ${code}`])
  })
})
