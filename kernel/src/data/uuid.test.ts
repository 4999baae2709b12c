import { expect, it } from 'vitest'
import { isUuid, newId } from './uuid.ts'

it('makes ids of version 7 in the order they were made in, none of them twice', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  expect(ids.every((id) => isUuid(id) && id[14] === '7' && '89ab'.includes(id[19]!))).toBe(true)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

it('begins an id with the moment it was made at', () => {
  const before = Date.now()
  const moment = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16)
  expect(moment).toBeGreaterThanOrEqual(before)
  expect(moment).toBeLessThanOrEqual(Date.now())
})
