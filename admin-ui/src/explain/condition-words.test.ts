import type { ConditionField } from '@plinth/sdk'
import { setLocale } from '@plinth/ui'
import { beforeEach, expect, test } from 'vitest'
import { conditionWords } from './condition-words.ts'

const FIELDS: readonly ConditionField[] = [
  { name: 'ownerId', label: { en: 'Owner', de: 'Besitzer' }, type: 'member' },
  {
    name: 'status',
    label: { en: 'Status', de: 'Stand' },
    type: 'enum',
    values: [
      { value: 'open', label: { en: 'Open', de: 'Offen' } },
      { value: 'done', label: { en: 'Done', de: 'Erledigt' } },
    ],
  },
  { name: 'total', label: { en: 'Total', de: 'Summe' }, type: 'int' },
  { name: 'rate', label: { en: 'Rate', de: 'Satz' }, type: 'decimal' },
  { name: 'net', label: { en: 'Net', de: 'Netto' }, type: 'money' },
  { name: 'due', label: { en: 'Due', de: 'Fällig' }, type: 'date' },
  { name: 'departmentId', label: { en: 'Department', de: 'Abteilung' }, type: 'ref' },
  { name: 'urgent', label: { en: 'Urgent', de: 'Eilig' }, type: 'bool' },
]

beforeEach(() => setLocale('en'))

test.each([
  [{ ownerId: '$actor.id' }, '“Owner” names you'],
  [{ status: { ne: 'done' } }, '“Status” is not Done'],
  [{ status: { in: ['open', 'done'] } }, '“Status” is one of Open, Done'],
  [{ total: { gte: 3, lt: 9 } }, '“Total” is at least 3 and “Total” is below 9'],
  [{ urgent: true, ownerId: null }, '“Urgent” is Yes and “Owner” is empty'],
  [{ ownerId: { isNull: false } }, '“Owner” is filled in'],
  [{ or: [{ status: 'open' }, { not: { total: 3 } }] }, '“Status” is Open or not (“Total” is 3)'],
  [
    { or: [{ status: 'open', urgent: true }, { total: { gte: 3, lt: 9 } }, { rate: 1 }] },
    '(“Status” is Open and “Urgent” is Yes) or (“Total” is at least 3 and “Total” is below 9) or “Rate” is 1',
  ],
  [
    { urgent: true, or: [{ status: 'open' }, { total: 3 }] },
    '“Urgent” is Yes and (“Status” is Open or “Total” is 3)',
  ],
  [{ and: [{ status: 'open' }, { urgent: false }] }, '“Status” is Open and “Urgent” is No'],
  [{ ownerId: '0199a000-0000-7000-8000-000000000000' }, '“Owner” is a certain member'],
  [{ departmentId: '0199a000-0000-7000-8000-000000000001' }, '“Department” is a certain record'],
  [{ rate: { gt: '1234.5' } }, '“Rate” is above 1,234.5'],
  [{ net: { gte: { amount: '1500', currency: 'EUR' } } }, '“Net” is at least €1,500.00'],
  [{ net: { currency: 'CHF' } }, '“Net” is in CHF'],
  [{ due: { gte: '2026-01-31' } }, '“Due” is 31/01/2026 or later'],
  [{ due: { lt: '2026-01-31' } }, '“Due” is before 31/01/2026'],
  [{ due: { gte: '$now-P30D' } }, '“Due” is not older than 30 days'],
  [{ due: { lt: '$now-PT1H' } }, '“Due” is older than 1 hour'],
  [
    { due: { gte: '$month', lt: '$month+P1M', ne: '$day' } },
    '“Due” is in this month and “Due” is not the beginning of today',
  ],
  [{ due: { lte: '$now+P2W' } }, '“Due” is now plus 2 weeks or earlier'],
  [{ due: { gte: '$year-P1Y' } }, '“Due” is the beginning of this year less 1 year or later'],
  [{ gone: 'x' }, '“gone” is “x”'],
])('%j reads: %s', (filter, words) => {
  expect(conditionWords(filter, FIELDS, 'you')).toBe(words)
})

test('calls members and records by their names where these are known', () => {
  const names = new Map([
    ['1', 'Sales'],
    ['2', 'Mara'],
  ])
  const words = conditionWords({ departmentId: '1', ownerId: { in: ['2', '3'] } }, FIELDS, 'you', (_, id) =>
    names.get(id),
  )
  expect(words).toBe('“Department” is Sales and “Owner” is one of Mara, a certain member')
})

test('speaks the language of whoever reads', () => {
  setLocale('de')
  expect(conditionWords({ ownerId: '$actor.id', status: 'open' }, FIELDS, 'Mara')).toBe(
    '„Besitzer“ nennt Mara und „Stand“ ist Offen',
  )
  expect(conditionWords({ due: { gte: '$now-P1D', lt: '$week' } }, FIELDS, 'Mara')).toBe(
    '„Fällig“ ist nicht älter als 1 Tag und „Fällig“ liegt vor Beginn dieser Woche',
  )
})
