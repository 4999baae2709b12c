import { expect, test } from 'vitest'
import { cardParts } from './card-list.ts'
import type { GridColumn } from './column.ts'
import { nextSort, sortDirection } from './sort.ts'

const column = (key: string, more: Partial<GridColumn> = {}): GridColumn => ({
  key,
  label: key,
  kind: 'text',
  ...more,
})

test('a card is headed by the name, with the coloured status beside it', () => {
  const columns = [
    column('number', { kind: 'code' }),
    column('name', { title: true }),
    column('type', { kind: 'status', values: [{ value: 'a', label: { en: 'A' } }] }),
    column('status', {
      kind: 'status',
      values: [{ value: 'a', label: { en: 'A' }, tone: 'info' }],
    }),
    column('tags', { kind: 'tags' }),
  ]
  const { title, status, facts } = cardParts(columns)
  expect(title?.key).toBe('name')
  expect(status?.key).toBe('status')
  expect(facts.map(({ key }) => key)).toEqual(['number', 'type'])
})

test('without a name the first column heads the card', () => {
  expect(cardParts([column('day'), column('note')]).title?.key).toBe('day')
})

test('a click on a column sorts ascending, a second one descending', () => {
  expect(nextSort('-createdAt', 'name')).toBe('name')
  expect(nextSort('name', 'name')).toBe('-name')
  expect(nextSort('-name', 'name')).toBe('name')
  expect(sortDirection('name,-id', 'name')).toBe('asc')
  expect(sortDirection('name', 'id')).toBeUndefined()
})
