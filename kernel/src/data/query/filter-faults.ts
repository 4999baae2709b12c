import type { Condition, Filter, ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { compileFilter, type FilterPlace } from './compile-filter.ts'
import { SqlValues } from './sql-values.ts'

/** More than anyone reads. */
const MOST = 50

/** All that is wrong with a filter that does not compile, of which compiling it names the first. Each condition is tried alone. */
export function filterFaults(
  model: EntityModel,
  filter: Filter,
  place: FilterPlace,
  depth = 0,
): ProblemError[] {
  const isObject = typeof filter === 'object' && filter !== null && !Array.isArray(filter)
  // No object, or nested too deep: nothing inside matters.
  const shape = attempt(model, isObject ? {} : filter, place, depth)
  if (shape.length > 0) return shape
  const found = Object.entries(filter).flatMap(([key, value]) => {
    const at = `${place.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const within = (inner: unknown, pointer: string): ProblemError[] =>
      filterFaults(model, inner as Filter, { ...place, pointer }, depth + 1)
    if (key === 'not') return within(value, at)
    if ((key === 'and' || key === 'or') && Array.isArray(value) && value.length > 0)
      return value.flatMap((each, index) => within(each, `${at}/${index}`))
    return conditionsOf(value as Condition).flatMap((condition) =>
      attempt(model, { [key]: condition }, place, depth),
    )
  })
  return [...new Map(found.map((error) => [`${error.pointer} ${error.code}`, error])).values()].slice(0, MOST)
}

/** A condition of several operators as several of one each. */
function conditionsOf(condition: Condition): Condition[] {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return [condition]
  const operators = Object.entries(condition)
  return operators.length < 2 ? [condition] : operators.map(([operator, value]) => ({ [operator]: value }))
}

function attempt(model: EntityModel, filter: Filter, place: FilterPlace, depth: number): ProblemError[] {
  try {
    compileFilter(model, filter, new SqlValues(), place, depth)
    return []
  } catch (error) {
    if (error instanceof Failure && error.code === 'query_invalid') return [...error.errors]
    throw error
  }
}
