import type { Condition, Filter } from '@plinth/sdk'
import { SELF, type Alternatives, type Clause } from './clauses.ts'

/** JSON Pointers into a filter: to the field a clause is about, and to what is asked of it. */
type Place = readonly [field: string, question: string]

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
      ([field, question]) => pointer === field || pointer === question || pointer.startsWith(`${question}/`),
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
      places.map(([field, question]): Place => [`/or/${index}${field}`, `/or/${index}${question}`]),
    ),
  }
}

function writeAll(clauses: readonly Clause[]): Written {
  const asked = clauses.map((clause) => ({ field: clause.field, ...meaning(clause) }))
  const names = asked.map(({ field, operator }) => `${field} ${operator}`)
  if (new Set(names).size < names.length)
    // One object has room for one question of a kind about a field.
    return {
      filter: {
        and: asked.map(({ field, operator, value }) => ({ [field]: condition([[operator, value]]) })),
      },
      places: asked.map(({ field, operator }, index) => placeOf(`/and/${index}/${field}`, operator, 1)),
    }
  const fields = Map.groupBy(asked, ({ field }) => field)
  return {
    filter: Object.fromEntries(
      [...fields].map(([field, all]) => [
        field,
        condition(all.map(({ operator, value }) => [operator, value])),
      ]),
    ),
    places: asked.map(({ field, operator }) => placeOf(`/${field}`, operator, fields.get(field)!.length)),
  }
}

function meaning({ operator, value }: Clause): { readonly operator: string; readonly value: unknown } {
  switch (operator) {
    case 'self':
      return { operator: 'eq', value: SELF }
    case 'notSelf':
      return { operator: 'ne', value: SELF }
    case 'yes':
    case 'no':
      return { operator: 'eq', value: operator === 'yes' }
    case 'empty':
    case 'filled':
      return { operator: 'isNull', value: operator === 'empty' }
    default:
      return { operator, value }
  }
}

/** Equality alone is written as the plain value, but for values that are objects themselves. */
function condition(operators: readonly (readonly [string, unknown])[]): Condition {
  const [[operator, value] = ['', null]] = operators
  return operators.length === 1 && operator === 'eq' && typeof value !== 'object'
    ? (value as Condition)
    : Object.fromEntries(operators)
}

/** @param count how much is asked of the field in the same object */
const placeOf = (field: string, operator: string, count: number): Place => [
  field,
  operator === 'eq' && count === 1 ? field : `${field}/${operator}`,
]
