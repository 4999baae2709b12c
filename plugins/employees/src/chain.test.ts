import { expect, test } from 'vitest'
import { closesCycle } from './chain.ts'

const reportsTo: Record<string, string> = { ben: 'anna', cem: 'ben', dora: 'cem', x: 'y', y: 'x' }
const parentOf = (id: string) => Promise.resolve(reportsTo[id] ?? null)

test('nobody reports to themselves', async () => {
  expect(await closesCycle('anna', 'anna', parentOf)).toBe(true)
})

test('nobody reports to someone who reports to them, however far below', async () => {
  expect(await closesCycle('anna', 'dora', parentOf)).toBe(true)
  expect(await closesCycle('ben', 'cem', parentOf)).toBe(true)
})

test('moving to another line of managers is fine', async () => {
  expect(await closesCycle('dora', 'anna', parentOf)).toBe(false)
  expect(await closesCycle('cem', 'anna', parentOf)).toBe(false)
})

test('a cycle that exists already is refused instead of walked for ever', async () => {
  expect(await closesCycle('anna', 'x', parentOf)).toBe(true)
})
