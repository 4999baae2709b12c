import type { ConditionInput, Filter } from '@plinth/sdk'
import { expect, test } from 'vitest'
import { isWhole, operatorsOf, type Alternatives, type Clause } from './clauses.ts'
import { readCondition } from './read-condition.ts'
import { clauseAt, writeCondition } from './write-condition.ts'

const field = (name: string, type: string, more: object = {}): ConditionInput => ({
  name,
  type,
  label: { en: name },
  ...more,
})

const FIELDS: readonly ConditionInput[] = [
  field('ownerId', 'member'),
  field('departmentId', 'ref', {
    ref: { entity: 'employees.department', api: '/api/v1/employees/departments' },
  }),
  field('status', 'enum', {
    values: ['open', 'done', 'lost'].map((value) => ({ value, label: { en: value } })),
  }),
  field('total', 'int'),
  field('rate', 'decimal', { scale: 2 }),
  field('net', 'money', { currency: 'EUR' }),
  field('price', 'money'),
  field('urgent', 'bool'),
  field('due', 'date'),
  field('createdAt', 'datetime'),
  field('name', 'string'),
  field('labels', 'tags'),
  field('place', 'geo'),
]
const ID = '0190a1b2-0000-7000-8000-000000000001'

test.each<Filter>([
  { ownerId: '$actor.id' },
  { ownerId: { ne: '$actor.id' } },
  { ownerId: ID },
  { departmentId: ID, status: 'open' },
  { departmentId: { isNull: true } },
  { status: { in: ['open', 'done'] } },
  { status: { nin: ['lost'] }, ownerId: { isNull: false } },
  { total: { gte: 3, lt: 9 } },
  { rate: { lte: '12.50' } },
  { net: { gte: { amount: '100.00', currency: 'EUR' } } },
  { price: { eq: { amount: '5', currency: 'CHF' } } },
  { price: { currency: 'CHF' } },
  { urgent: true },
  { due: '2026-01-31' },
  { due: { gte: '2026-01-01', lte: '2026-12-31' } },
  { createdAt: { gte: '2026-01-01T00:00:00.000Z' } },
  { createdAt: { gte: '$now-P30D' } },
  { due: { lt: '$now-P7D' } },
  { due: { gte: '$month', lt: '$month+P1M' } },
  { createdAt: { gte: '$day', lt: '$day+P1D', isNull: false } },
  { and: [{ due: { gte: '$year', lt: '$year+P1Y' } }, { due: { gte: '$now-P9D' } }] },
  { name: { startsWith: 'A', contains: 'b' } },
  { labels: { contains: 'vip' } },
  { place: { isNull: false } },
  { or: [{ ownerId: '$actor.id' }, { status: 'open', total: { lt: 5 } }] },
  { and: [{ name: { contains: 'a' } }, { name: { contains: 'b' } }] },
  { or: [{ and: [{ labels: { contains: 'a' } }, { labels: { contains: 'b' } }] }, { urgent: false }] },
])('%j is shown in the editor and written back as it was', (filter) => {
  const read = readCondition(filter, FIELDS)
  expect(read?.flat().every(isWhole)).toBe(true)
  expect(writeCondition(read!)).toEqual(filter)
})

test.each<[Filter, Filter]>([
  [{ ownerId: { eq: '$actor.id' } }, { ownerId: '$actor.id' }],
  [{ ownerId: null }, { ownerId: { isNull: true } }],
  [{ and: [{ total: { gte: 3 } }, { urgent: true }] }, { total: { gte: 3 }, urgent: true }],
  [{ or: [{ urgent: true }] }, { urgent: true }],
])('%j means %j', (filter, same) => {
  expect(writeCondition(readCondition(filter, FIELDS)!)).toEqual(same)
})

test.each<Filter>([
  { not: { urgent: true } },
  { urgent: true, or: [{ total: 1 }, { total: 2 }] },
  { or: [{ or: [{ total: 1 }, { total: 2 }] }, { urgent: true }] },
  { total: { in: [1, 2] } },
  { ownerId: { in: ['$actor.id', ID] } },
  { place: { near: { lat: 1, lng: 2, km: 3 } } },
  { name: { gte: 'M' } },
  { due: { gte: '$month', lt: '$month+P2M' } },
  { due: { lte: '$now+P14D' } },
  { createdAt: { gte: '$now-PT2H' } },
  { status: 'gone' },
  { gone: 'x' },
  {},
])('%j is left as it is', (filter) => {
  expect(readCondition(filter, FIELDS)).toBeUndefined()
})

test('a field of any type can be asked for something', () => {
  for (const each of FIELDS) expect(operatorsOf(each).length, each.name).toBeGreaterThan(1)
  expect(operatorsOf({ type: 'money', currency: 'EUR' })).not.toContain('currency')
})

test.each<[Partial<Clause>, boolean]>([
  [{ field: '' }, false],
  [{ value: null }, false],
  [{ value: '' }, false],
  [{ value: 0 }, true],
  [{ value: null, problem: 'number' }, false],
  [{ operator: 'empty' }, true],
  [{ operator: 'in', value: [] }, false],
  [{ operator: 'in', value: ['open'] }, true],
  [{ value: { amount: null, currency: 'EUR' } }, false],
  [{ value: { amount: '0', currency: 'EUR' } }, true],
])('%j is whole: %s', (more, whole) => {
  expect(isWhole({ field: 'total', operator: 'eq', value: null, ...more })).toBe(whole)
})

test('a refusal is shown at the clause it is about', () => {
  const clause = (name: string, operator: Clause['operator'], value: unknown = 'x'): Clause => ({
    field: name,
    operator,
    value,
  })
  const one: Alternatives = [[clause('due', 'gte'), clause('due', 'lte'), clause('status', 'in', ['a'])]]
  expect(clauseAt(one, '/due/lte')).toEqual([0, 1])
  expect(clauseAt(one, '/due')).toEqual([0, 0])
  expect(clauseAt(one, '/status/in/0')).toEqual([0, 2])
  expect(clauseAt(one, '/dueness')).toBeUndefined()
  expect(clauseAt(one, '')).toBeUndefined()
  const times: Alternatives = [[clause('due', 'ne'), clause('due', 'during', 'week')]]
  expect(clauseAt(times, '/due/lt')).toEqual([0, 1])
  const two: Alternatives = [[clause('due', 'eq')], [clause('name', 'contains'), clause('name', 'contains')]]
  expect(clauseAt(two, '/or/0/due')).toEqual([0, 0])
  expect(clauseAt(two, '/or/1/and/1/name/contains')).toEqual([1, 1])
})
