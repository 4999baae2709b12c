import fc from 'fast-check'
import type { AnyRecord } from './support/index.ts'

/*
 * What a list of the library's authors should answer, worked out in memory: the oracle for lists. Conditions have three
 * values as in SQL: true, false, and null for what is unknown because a field is empty.
 */

type Truth = boolean | null
export type Filter = Readonly<Record<string, unknown>>

export interface SortKey {
  readonly field: string
  readonly descending: boolean
}

const TEXTS = ['name', 'biography', 'email']
/** Declared with the order of languages; all others sort by code. */
const WORDS = new Set(['name', 'biography'])
const ORDERED = ['name', 'works', 'rating', 'active', 'born', 'seenAt', 'genre', 'email']
const collator = new Intl.Collator('und')

const words = [
  'a',
  'A',
  'b',
  'B',
  'ä',
  'Ä',
  'z',
  'é',
  '1',
  '10',
  '9',
  'a b',
  'a_b',
  'a%b',
  'a\\b',
  'Zoe',
  'zoe',
  'Öl',
  'Ol',
]
const pools: Readonly<Record<string, readonly unknown[]>> = {
  name: words,
  biography: words,
  works: [-2, 0, 1, 2, 10, 2_147_483_647],
  rating: ['0.0', '0.5', '2.0', '9.5', '10.0'],
  active: [true, false],
  born: ['0001-01-01', '1900-12-31', '2000-02-29', '9999-12-31'],
  seenAt: ['2024-01-01T00:00:00+00:00', '2024-01-01T00:00:00.001+00:00', '2024-06-01T12:00:00+00:00'],
  genre: ['novel', 'poetry', 'essay'],
  tags: [['x'], ['y', 'x'], ['%']],
}
const OPTIONAL = ['biography', 'works', 'rating', 'active', 'born', 'seenAt', 'genre', 'tags']

/** Input for an author: values come from small pools, so that they meet again, and are often empty. */
export const arbitraryAuthor: fc.Arbitrary<Record<string, unknown>> = fc.record({
  name: fc.constantFrom(...(pools['name'] as string[])),
  ...Object.fromEntries(
    // "active" has a default and is never empty.
    OPTIONAL.map((field) => [
      field,
      field === 'active'
        ? fc.constantFrom(...pools[field]!)
        : fc.option(fc.constantFrom(...pools[field]!), { freq: 2 }),
    ]),
  ),
})

/** References that are followed: a mentor is an author too. */
const PATHS = ['', '', '', 'mentor.', 'mentor.mentor.', 'mentor.mentor.mentor.']

const condition = fc.constantFrom(...Object.keys(pools)).chain((field) => {
  const value = fc.constantFrom(...pools[field]!)
  const operators: fc.Arbitrary<unknown>[] = [fc.record({ isNull: fc.boolean() })]
  if (field !== 'tags')
    operators.push(
      value,
      fc.constant(null),
      fc.record({ eq: value }),
      fc.record({ ne: fc.option(value) }),
      fc.record({ in: fc.array(value, { maxLength: 3 }) }),
      fc.record({ nin: fc.array(value, { maxLength: 3 }) }),
    )
  if (ORDERED.includes(field))
    operators.push(fc.record({ lt: value }), fc.record({ gte: value, lte: value }), fc.record({ gt: value }))
  if (TEXTS.includes(field)) operators.push(fc.record({ contains: value }), fc.record({ startsWith: value }))
  if (field === 'tags') operators.push(fc.record({ contains: fc.constantFrom('x', 'y', '%', 'z') }))
  return fc
    .tuple(fc.constantFrom(...PATHS), fc.oneof(...operators))
    .map(([path, wanted]) => ({ [`${path}${field}`]: wanted }))
})

export const arbitraryFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    fc.array(condition, { maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as Filter),
    fc.record({ and: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter

export const arbitrarySort: fc.Arbitrary<readonly SortKey[]> = fc
  .uniqueArray(fc.constantFrom(...ORDERED, 'createdAt', 'version'), { minLength: 1, maxLength: 3 })
  .chain((fields) =>
    fc.tuple(...fields.map((field) => fc.boolean().map((descending) => ({ field, descending })))),
  )

/** @param find the author of an id, to follow references */
export function matches(
  record: AnyRecord,
  filter: Filter,
  find: (id: unknown) => AnyRecord | undefined,
): Truth {
  return every(
    Object.entries(filter).map(([key, value]) => {
      if (key === 'and') return every((value as Filter[]).map((part) => matches(record, part, find)))
      if (key === 'or') return some((value as Filter[]).map((part) => matches(record, part, find)))
      if (key === 'not') return matches(record, value as Filter, find) !== true
      const names = key.split('.')
      const field = names.pop()!
      let end: AnyRecord | undefined = record
      for (const name of names) end = end && find(end[`${name}Id`])
      // Who follows a reference asks whether there is such a record: yes or no, never unknown.
      return names.length > 0
        ? end !== undefined && meets(field, end[field], value) === true
        : meets(field, record[field], value)
    }),
  )
}

/** By the keys, then by id in the direction of the first key. Empty values come last ascending, first descending. */
export function compareBy(sort: readonly SortKey[]): (left: AnyRecord, right: AnyRecord) => number {
  const keys = [...sort, { field: 'id', descending: sort[0]!.descending }]
  return (left, right) => {
    for (const { field, descending } of keys) {
      const order = compareOrEmpty(field, left[field], right[field])
      if (order !== 0) return descending ? -order : order
    }
    return 0
  }
}

function meets(field: string, actual: unknown, wanted: unknown): Truth {
  if (wanted === null) return actual === null
  if (typeof wanted !== 'object') return equal(actual, wanted)
  return every(Object.entries(wanted).map(([operator, value]) => judge(field, actual, operator, value)))
}

function judge(field: string, actual: unknown, operator: string, value: unknown): Truth {
  if (operator === 'isNull') return (actual === null) === value
  if (operator === 'ne') return value === null ? actual !== null : equal(actual, value) !== true
  if (operator === 'in')
    return (value as unknown[]).length === 0
      ? false
      : some((value as unknown[]).map((each) => equal(actual, each)))
  if (operator === 'nin') return some((value as unknown[]).map((each) => equal(actual, each))) !== true
  if (actual === null) return null
  if (operator === 'eq') return equal(actual, value)
  if (operator === 'contains' && Array.isArray(actual)) return actual.includes(value)
  if (operator === 'contains') return fold(actual).includes(fold(value))
  if (operator === 'startsWith') return fold(actual).startsWith(fold(value))
  const order = compare(field, actual, value)
  return { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[operator]!
}

function equal(actual: unknown, wanted: unknown): Truth {
  return actual === null ? null : actual === wanted
}

function compareOrEmpty(field: string, left: unknown, right: unknown): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  return compare(field, left, right)
}

function compare(field: string, left: unknown, right: unknown): number {
  if (field === 'rating' || field === 'works' || field === 'version') return Number(left) - Number(right)
  if (field === 'seenAt' || field === 'createdAt') return Date.parse(String(left)) - Date.parse(String(right))
  const byLanguage = WORDS.has(field) ? collator.compare(String(left), String(right)) : 0
  return byLanguage || Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)))
}

function fold(value: unknown): string {
  return String(value).toLowerCase()
}

function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(null) ? null : true
}

function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.includes(null) ? null : false
}
