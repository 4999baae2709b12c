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

/** Fields a tenant adds, by the names queries know them by. */
export const CUSTOM_FIELDS = [
  { type: 'string', label: 'Nick', search: true },
  { type: 'text', label: 'Remark' },
  { type: 'int', label: 'Score' },
  { type: 'decimal', label: 'Price', scale: 3 },
  { type: 'bool', label: 'Vip' },
  { type: 'date', label: 'Since' },
  { type: 'datetime', label: 'Called' },
  {
    type: 'enum',
    label: 'Level',
    values: [{ label: 'Gold' }, { label: 'Silver' }, { label: 'Bronze' }],
  },
  { type: 'tags', label: 'Marks' },
  { type: 'money', label: 'Fee', currency: 'EUR' },
] as const
const TEXTS = ['name', 'biography', 'email', 'custom.nick', 'custom.remark']
/** With the order of languages; all others sort by code. */
const WORDS = new Set(['name', 'biography', 'custom.nick', 'custom.remark', 'custom.level'])
const NUMBERS = new Set(['rating', 'works', 'version', 'custom.score', 'custom.price', 'custom.fee'])
const INSTANTS = new Set(['seenAt', 'createdAt', 'custom.called'])
const ORDERED = ['name', 'works', 'rating', 'active', 'born', 'seenAt', 'genre', 'email']
const CUSTOM_ORDERED = ['nick', 'score', 'price', 'vip', 'since', 'called', 'level', 'fee'].map(
  (name) => `custom.${name}`,
)
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
  works: [-2_147_483_648, -2, 0, 1, 2, 10, 2_147_483_647],
  rating: ['0.0', '0.5', '2.0', '9.5', '10.0'],
  active: [true, false],
  born: ['0001-01-01', '1900-12-31', '2000-02-29', '9999-12-31'],
  seenAt: ['2024-01-01T00:00:00+00:00', '2024-01-01T00:00:00.001+00:00', '2024-06-01T12:00:00+00:00'],
  genre: ['novel', 'poetry', 'essay'],
  tags: [['x'], ['y', 'x'], ['%']],
}
const customPools: Readonly<Record<string, readonly unknown[]>> = {
  'custom.nick': words,
  'custom.remark': words,
  'custom.score': [-2_147_483_648, -2, 0, 1, 2, 10, 2_147_483_647],
  'custom.price': ['-0.001', '0.000', '0.010', '10.000', '999999999999999.999'],
  'custom.vip': [true, false],
  'custom.since': ['0001-01-01', '1900-12-31', '2000-02-29', '9999-12-31'],
  'custom.called': pools['seenAt']!,
  'custom.level': ['gold', 'silver', 'bronze'],
  'custom.marks': pools['tags']!,
  // Amounts of one currency are asked for by their number alone.
  'custom.fee': ['-5.00', '0.00', '9.99', '10.00', '99999999999999.99'],
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

/** The same with values of the fields in CUSTOM_FIELDS. */
export const arbitraryExtended: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    arbitraryAuthor,
    fc.record(
      Object.fromEntries(
        Object.entries(customPools).map(([name, pool]) => [
          name.slice('custom.'.length),
          fc.option(fc.constantFrom(...pool), { freq: 2 }),
        ]),
      ),
      { requiredKeys: [] },
    ),
  )
  .map(([author, { fee, ...custom }]) => ({
    ...author,
    custom: { ...custom, ...(fee === undefined ? {} : { fee: fee && { amount: fee } }) },
  }))

/** References that are followed: a mentor is an author too. */
const PATHS = ['', '', '', 'mentor.', 'mentor.mentor.', 'mentor.mentor.mentor.']

const conditionOn = (known: typeof pools) =>
  fc.constantFrom(...Object.keys(known)).chain((field) => {
    const value = fc.constantFrom(...known[field]!)
    const operators: fc.Arbitrary<unknown>[] = [fc.record({ isNull: fc.boolean() })]
    const tags = Array.isArray(known[field]![0])
    if (!tags)
      operators.push(
        value,
        fc.constant(null),
        fc.record({ eq: value }),
        fc.record({ ne: fc.option(value) }),
        fc.record({ in: fc.array(value, { maxLength: 3 }) }),
        fc.record({ nin: fc.array(value, { maxLength: 3 }) }),
      )
    if (ORDERED.includes(field) || CUSTOM_ORDERED.includes(field))
      operators.push(
        fc.record({ lt: value }),
        fc.record({ gte: value, lte: value }),
        fc.record({ gt: value }),
      )
    if (TEXTS.includes(field))
      operators.push(fc.record({ contains: value }), fc.record({ startsWith: value }))
    if (tags) operators.push(fc.record({ contains: fc.constantFrom('x', 'y', '%', 'z') }))
    return fc
      .tuple(fc.constantFrom(...PATHS), fc.oneof(...operators))
      .map(([path, wanted]) => ({ [`${path}${field}`]: wanted }))
  })

const filterOf = (condition: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      fc.array(condition, { maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as Filter),
      fc.record({ and: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }) }),
      fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  })).filter

export const arbitraryFilter = filterOf(conditionOn(pools))
export const arbitraryExtendedFilter = filterOf(conditionOn({ ...pools, ...customPools }))

const sortBy = (known: readonly string[]): fc.Arbitrary<readonly SortKey[]> =>
  fc
    .uniqueArray(fc.constantFrom(...known), { minLength: 1, maxLength: 3 })
    .chain((fields) =>
      fc.tuple(...fields.map((field) => fc.boolean().map((descending) => ({ field, descending })))),
    )

export const arbitrarySort = sortBy([...ORDERED, 'createdAt', 'version'])
export const arbitraryExtendedSort = sortBy([
  ...ORDERED,
  ...CUSTOM_ORDERED,
  ...CUSTOM_ORDERED,
  'createdAt',
  'version',
])

/** The value of a field, also of one a tenant has added. */
function valueOf(record: AnyRecord, field: string): unknown {
  const values = field.startsWith('custom.') ? (record['custom'] as Record<string, unknown>) : record
  const value = values[field.replace('custom.', '')]
  return field === 'custom.fee' && value !== null ? (value as { amount: string }).amount : value
}

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
      const field = names.splice(names.at(-2) === 'custom' ? -2 : -1).join('.')
      let end: AnyRecord | undefined = record
      for (const name of names) end = end && find(end[`${name}Id`])
      // Who follows a reference asks whether there is such a record: yes or no, never unknown.
      return names.length > 0
        ? end !== undefined && meets(field, valueOf(end, field), value) === true
        : meets(field, valueOf(record, field), value)
    }),
  )
}

/** By the keys, then by id in the direction of the first key. Empty values come last in either direction. */
export function compareBy(sort: readonly SortKey[]): (left: AnyRecord, right: AnyRecord) => number {
  const keys = [...sort, { field: 'id', descending: sort[0]!.descending }]
  return (left, right) => {
    for (const { field, descending } of keys) {
      const [one, other] = [valueOf(left, field), valueOf(right, field)]
      const order = compareOrEmpty(field, one, other)
      const stays = one === null || other === null
      if (order !== 0) return descending && !stays ? -order : order
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
  if (NUMBERS.has(field)) return Number(left) - Number(right)
  if (INSTANTS.has(field)) return Date.parse(String(left)) - Date.parse(String(right))
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
