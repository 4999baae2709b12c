import type { Condition, Filter } from '@plinth/sdk'
import { SELF, type Alternatives, type Clause } from './clauses.ts'
import { duringPeriod } from './periods.ts'

/** JSON Pointers into a filter: to the field a clause is about, and to all that is asked of it. */
type Place = readonly [field: string, ...questions: string[]]

/** What is asked of a field: operators with their values. */
type Asked = readonly (readonly [operator: string, value: unknown])[]

interface Written {
  readonly filter: Filter
  readonly places: readonly Place[]
}

/** Whole alternatives as the server takes them. */
export function writeCondition(alternatives: Alternatives): Filter {
  return write(alternatives).filter
}

/**
 * The clause a refusal is about.
 *
 * @param pointer into the condition, as the server names it
 * @returns places of the alternative and of the clause in it
 */
export function clauseAt(alternatives: Alternatives, pointer: string): readonly [number, number] | undefined {
  for (const [group, clauses] of write(alternatives).places.entries()) {
    // A refusal may be about the field as a whole, or about one value of a list.
    const place = clauses.findIndex(
      ([field, ...questions]) =>
        pointer === field || questions.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
    )
    if (place >= 0) return [group, place]
  }
  return undefined
}

function write(alternatives: Alternatives): { filter: Filter; places: (readonly Place[])[] } {
  const groups = alternatives.map((clauses) => writeAll(clauses))
  const [only, ...others] = groups
  if (only && others.length === 0) return { filter: only.filter, places: [only.places] }
  return {
    filter: { or: groups.map(({ filter }) => filter) },
    places: groups.map(({ places }, index) =>
      places.map(([field, ...questions]): Place => [
        `/or/${index}${field}`,
        ...questions.map((each) => `/or/${index}${each}`),
      ]),
    ),
  }
}

function writeAll(clauses: readonly Clause[]): Written {
  const all = clauses.map((clause) => ({ field: clause.field, asked: meaning(clause) }))
  const names = all.flatMap(({ field, asked }) => asked.map(([operator]) => `${field} ${operator}`))
  if (new Set(names).size < names.length)
    // One object has room for one question of a kind about a field.
    return {
      filter: { and: all.map(({ field, asked }) => ({ [field]: condition(asked) })) },
      places: all.map(({ field, asked }, index) => placeOf(`/and/${index}/${field}`, asked, asked.length)),
    }
  const fields = new Map(
    [...Map.groupBy(all, ({ field }) => field)].map(([field, some]) => [
      field,
      some.flatMap(({ asked }) => asked),
    ]),
  )
  return {
    filter: Object.fromEntries([...fields].map(([field, asked]) => [field, condition(asked)])),
    places: all.map(({ field, asked }) => placeOf(`/${field}`, asked, fields.get(field)!.length)),
  }
}

function meaning({ operator, value }: Clause): Asked {
  switch (operator) {
    case 'self':
      return [['eq', SELF]]
    case 'notSelf':
      return [['ne', SELF]]
    case 'yes':
    case 'no':
      return [['eq', operator === 'yes']]
    case 'empty':
    case 'filled':
      return [['isNull', operator === 'empty']]
    case 'during':
      return Object.entries(duringPeriod(String(value)))
    case 'younger':
    case 'older':
      return [[operator === 'younger' ? 'gte' : 'lt', `$now-P${String(value)}D`]]
    default:
      return [[operator, value]]
  }
}

/** Equality alone is written as the plain value, but for values that are objects themselves. */
function condition(asked: Asked): Condition {
  const [[operator, value] = ['', null]] = asked
  return asked.length === 1 && operator === 'eq' && typeof value !== 'object'
    ? (value as Condition)
    : Object.fromEntries(asked)
}

/** @param count how much is asked of the field in the same object */
const placeOf = (field: string, asked: Asked, count: number): Place => [
  field,
  ...asked.map(([operator]) => (operator === 'eq' && count === 1 ? field : `${field}/${operator}`)),
]
