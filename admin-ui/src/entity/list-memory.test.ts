import { expect, test } from 'vitest'
import { recall, remember, type LeftList } from './list-memory.ts'

const list = (asked: string): LeftList => ({ asked, rows: [], next: null, total: 0, topRow: 7 })

test('a list that was left is found again at its step, once', () => {
  remember(3, list('customers'))
  expect(recall(3, 'customers')?.topRow).toBe(7)
  expect(recall(3, 'customers')).toBeUndefined()
})

test('another question at the same step has another list', () => {
  remember(4, list('customers'))
  expect(recall(4, 'customers of someone else')).toBeUndefined()
})

test('only the lists left last are remembered', () => {
  for (let step = 10; step < 25; step++) remember(step, list('customers'))
  expect(recall(10, 'customers')).toBeUndefined()
  expect(recall(24, 'customers')).toBeDefined()
})
