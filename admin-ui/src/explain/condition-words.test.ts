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
  [{ or: [{ status: 'open' }, { not: { total: 3 } }] }, '(“Status” is Open or not (“Total” is 3))'],
  [{ and: [{ status: 'open' }, { urgent: false }] }, '“Status” is Open and “Urgent” is No'],
  [{ ownerId: '0199a000-0000-7000-8000-000000000000' }, '“Owner” is a certain member'],
  [{ gone: 'x' }, '“gone” is “x”'],
])('%j reads: %s', (filter, words) => {
  expect(conditionWords(filter, FIELDS, 'you')).toBe(words)
})

test('speaks the language of whoever reads', () => {
  setLocale('de')
  expect(conditionWords({ ownerId: '$actor.id', status: 'open' }, FIELDS, 'Mara')).toBe(
    '„Besitzer“ nennt Mara und „Stand“ ist Offen',
  )
})
