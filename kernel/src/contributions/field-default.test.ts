import { expect, test } from 'vitest'
import { checkExample } from './field-default.ts'

const faults = (field: Record<string, unknown>) => {
  const found: string[] = []
  checkExample(field, ['example'], (_path, code, message) => void found.push(`${code}: ${message}`))
  return found
}

test('an example is a value the field could hold', () => {
  expect(faults({ type: 'string', example: 'DE136695976', maxLength: 20 })).toEqual([])
  expect(faults({ type: 'int', example: 5, max: 10 })).toEqual([])
  expect(faults({ type: 'string' })).toEqual([])
})

test.each([
  [{ type: 'string', example: 5 }, 'must be a text.'],
  [{ type: 'string', example: 'abcdef', maxLength: 3 }, 'is longer than the 3 characters of "maxLength".'],
  [{ type: 'int', example: 50, max: 10 }, 'is greater than 10, its "max".'],
  [{ type: 'date', example: 'now' }, 'must be a value, not "now".'],
  [{ type: 'ref', example: 'x' }, 'makes no sense for a reference: no record exists in every tenant.'],
])('an example the field could not hold is refused: %o', (field, fault) => {
  expect(faults(field)).toEqual([`example_invalid: The example ${fault}`])
})
