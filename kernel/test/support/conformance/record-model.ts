import type { FieldMeta } from '@plinth/sdk'
import fc from 'fast-check'
import type { AnyRecord } from '../make-record.ts'

/*
 * What a list should answer, worked out in memory from the records it is asked of: the oracle for lists of any entity. As in SQL,
 * conditions have three values, of which `null` is unknown because a field is empty.
 */

type Truth = boolean | null
export type AnyFilter = Readonly<Record<string, unknown>>

const NUMBERS: ReadonlySet<string> = new Set(['int', 'decimal'])
const TIMES: ReadonlySet<string> = new Set(['date', 'datetime'])
const PLAIN: ReadonlySet<string> = new Set([
  ...NUMBERS,
  ...TIMES,
  'string',
  'email',
  'url',
  'enum',
  'bool',
  'ref',
  'member',
])

/** Fields whose values a filter may name as a read shows them. */
export function isComparable({ type, mask, encrypted }: FieldMeta): boolean {
  return PLAIN.has(type) && mask === undefined && !encrypted
}

/** Filters over the fields, with values the records have, one they have not, and none. */
export function arbitraryFilterOf(
  fields: readonly FieldMeta[],
  records: readonly AnyRecord[],
): fc.Arbitrary<AnyFilter> {
  const condition = fc.constantFrom(...fields).chain((field) => {
    const values = records.map((record) => record[field.name] as unknown).filter((value) => value !== null)
    const value = values.length === 0 ? undefined : fc.constantFrom(...values)
    const operators: fc.Arbitrary<unknown>[] = [fc.record({ isNull: fc.boolean() }), fc.constant(null)]
    if (value) {
      operators.push(value, fc.record({ eq: value }), fc.record({ ne: fc.option(value) }))
      operators.push(fc.record({ in: fc.array(value, { maxLength: 3 }) }))
      operators.push(fc.record({ nin: fc.array(value, { maxLength: 3 }) }))
      if (NUMBERS.has(field.type) || TIMES.has(field.type))
        operators.push(
          fc.record({ lt: value }),
          fc.record({ gte: value, lte: value }),
          fc.record({ gt: value }),
        )
    }
    return fc.oneof(...operators).map((wanted) => ({ [field.name]: wanted }))
  })
  return fc.letrec<{ filter: AnyFilter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.array(condition, { maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as AnyFilter),
      fc.record({ and: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  })).filter
}

export function meetsFilter(record: AnyRecord, filter: AnyFilter, types: ReadonlyMap<string, string>): Truth {
  return every(
    Object.entries(filter).map(([key, value]) => {
      if (key === 'and') return every((value as AnyFilter[]).map((part) => meetsFilter(record, part, types)))
      if (key === 'or') return some((value as AnyFilter[]).map((part) => meetsFilter(record, part, types)))
      if (key === 'not') return meetsFilter(record, value as AnyFilter, types) !== true
      return meets(types.get(key)!, record[key] as unknown, value)
    }),
  )
}

function meets(type: string, actual: unknown, wanted: unknown): Truth {
  if (wanted === null) return actual === null
  if (typeof wanted !== 'object') return equal(type, actual, wanted)
  return every(Object.entries(wanted).map(([operator, value]) => judge(type, actual, operator, value)))
}

function judge(type: string, actual: unknown, operator: string, value: unknown): Truth {
  const among = (): Truth => some((value as unknown[]).map((each) => equal(type, actual, each)))
  switch (operator) {
    case 'isNull':
      return (actual === null) === value
    case 'eq':
      return equal(type, actual, value)
    case 'ne':
      return value === null ? actual !== null : equal(type, actual, value) !== true
    case 'in':
      return (value as unknown[]).length === 0 ? false : among()
    case 'nin':
      return among() !== true
  }
  if (actual === null) return null
  const order = rank(type, actual) - rank(type, value)
  return { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[operator]!
}

/** Whether the records stand in the order of the field, those without a value last. */
export function isOrdered(field: FieldMeta, records: readonly AnyRecord[]): boolean {
  const values = records.map((record) => record[field.name] as unknown)
  const given = values.filter((value) => value !== null)
  const emptyLast = values.slice(given.length).every((value) => value === null)
  if (!NUMBERS.has(field.type) && !TIMES.has(field.type)) return emptyLast
  const ranks = given.map((value) => rank(field.type, value))
  return emptyLast && ranks.every((each, index) => index === 0 || ranks[index - 1]! <= each)
}

function equal(type: string, actual: unknown, wanted: unknown): Truth {
  if (actual === null) return null
  return NUMBERS.has(type) || type === 'datetime'
    ? rank(type, actual) === rank(type, wanted)
    : actual === wanted
}

function rank(type: string, value: unknown): number {
  return TIMES.has(type) ? Date.parse(String(value)) : Number(value)
}

function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(null) ? null : true
}

function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.includes(null) ? null : false
}
