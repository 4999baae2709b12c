import fc from 'fast-check'
import type { AnyRecord } from './support/index.ts'

/*
 * What an aggregate of the library's authors should answer, worked out in memory with whole numbers: the oracle for aggregates.
 */

const KEYS = [
  'genre',
  'active',
  'mentorId',
  ...['born', 'seenAt'].flatMap((field) =>
    ['day', 'week', 'month', 'quarter', 'year'].map((bucket) => `${field}:${bucket}`),
  ),
]
const RANGES = ['works', 'rating', 'born', 'seenAt']

export interface Asked {
  readonly group: readonly string[]
  readonly sum: readonly string[]
  readonly avg: readonly string[]
  readonly min: readonly string[]
  readonly max: readonly string[]
}

export const arbitraryAggregate: fc.Arbitrary<Asked> = fc.record({
  group: fc.uniqueArray(fc.constantFrom(...KEYS), {
    maxLength: 3,
    selector: (key) => key.split(':')[0],
  }),
  sum: fc.subarray(['works', 'rating', 'version']),
  avg: fc.subarray(['works', 'rating']),
  min: fc.subarray(RANGES),
  max: fc.subarray(RANGES),
})

/** The day a moment falls on. */
type DayOf = (time: Date) => string

/** Groups in no particular order. */
export function aggregate(
  records: readonly AnyRecord[],
  asked: Asked,
  dayOf: DayOf = (time) => time.toISOString().slice(0, 10),
): unknown[] {
  const groups = new Map<string, AnyRecord[]>()
  // Without keys there is one group, even of nothing.
  if (asked.group.length === 0) groups.set('{}', [])
  for (const record of records) {
    const key = JSON.stringify(
      Object.fromEntries(asked.group.map((each) => [each.split(':')[0], keyOf(record, each, dayOf)])),
    )
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return [...groups].map(([key, members]) => {
    const results = (['sum', 'avg', 'min', 'max'] as const).flatMap((measure) =>
      asked[measure].length === 0
        ? []
        : [
            [
              measure,
              Object.fromEntries(asked[measure].map((field) => [field, work(measure, field, members)])),
            ],
          ],
    )
    return { key: JSON.parse(key) as object, count: members.length, ...Object.fromEntries(results) }
  })
}

function keyOf(record: AnyRecord, key: string, dayOf: DayOf): unknown {
  const [field, bucket] = key.split(':') as [string, string?]
  const value = record[field]
  if (bucket === undefined || value === null) return value
  const text = String(value)
  const day = text.length > 10 ? dayOf(new Date(text)) : text
  const date = new Date(`${day}T00:00:00Z`)
  if (bucket === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  if (bucket === 'quarter') date.setUTCMonth(Math.floor(date.getUTCMonth() / 3) * 3, 1)
  if (bucket === 'month') date.setUTCDate(1)
  if (bucket === 'year') date.setUTCMonth(0, 1)
  return date.toISOString().slice(0, 10)
}

function work(measure: string, field: string, records: readonly AnyRecord[]): unknown {
  const values = records.map((each) => each[field]).filter((value) => value !== null)
  if (values.length === 0) return null
  if (measure === 'min' || measure === 'max') {
    const sorted = values.toSorted((left, right) => order(field, left) - order(field, right))
    return measure === 'min' ? sorted[0] : sorted.at(-1)
  }
  // Ratings have one digit after the point.
  const digits = field === 'rating' ? 1n : 0n
  const sum = values.reduce<bigint>((total, value) => total + BigInt(String(value).replace('.', '')), 0n)
  if (measure === 'sum') return field === 'rating' ? decimal(sum, 1) : Number(sum)
  return decimal(divide(sum * 10n ** (6n - digits), BigInt(values.length)), 6)
}

function order(field: string, value: unknown): number {
  return field === 'born' || field === 'seenAt' ? Date.parse(String(value)) : Number(value)
}

/** Halves are rounded away from zero. */
function divide(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor
  return (2n * dividend + half) / (2n * divisor)
}

function decimal(value: bigint, digits: number): string {
  const text = String(value < 0n ? -value : value).padStart(digits + 1, '0')
  return `${value < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
