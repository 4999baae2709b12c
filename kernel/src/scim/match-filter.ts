import type { FilterValue, ScimFilter } from './filter.ts'
import { readFlag } from './compile-filter.ts'

/** Whether a value of several, such as a member of a group, is what a filter in a path says. */
export function matches(filter: ScimFilter, value: Readonly<Record<string, unknown>>): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((each) => matches(each, value))
    case 'or':
      return filter.of.some((each) => matches(each, value))
    case 'not':
      return !matches(filter.of, value)
    case 'present':
      return valueAt(value, filter.path) !== undefined
    case 'compare':
      return compare(valueAt(value, filter.path), filter.operator, filter.value)
    default:
      return false
  }
}

function compare(actual: unknown, operator: string, expected: FilterValue): boolean {
  if (typeof actual === 'boolean') {
    const wanted = readFlag(expected)
    return operator === 'eq' ? actual === wanted : operator === 'ne' && actual !== wanted
  }
  const text = typeof actual === 'string' ? actual.toLowerCase() : undefined
  const other = expected === null ? undefined : String(expected).toLowerCase()
  if (operator === 'eq') return text === other
  if (operator === 'ne') return text !== other
  if (text === undefined || other === undefined) return false
  if (operator === 'co') return text.includes(other)
  if (operator === 'sw') return text.startsWith(other)
  if (operator === 'ew') return text.endsWith(other)
  if (operator === 'gt') return text > other
  if (operator === 'ge') return text >= other
  if (operator === 'lt') return text < other
  return text <= other
}

/** The member of this name in whatever case. */
function valueAt(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(value).find(([each]) => each.toLowerCase() === name)?.[1]
}
