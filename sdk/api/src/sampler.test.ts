import { expect, test } from 'vitest'
import { sampler } from './sampler.ts'

const draw = (seed: string) => {
  const sample = sampler(seed)
  return Array.from({ length: 200 }, () => sample.int(1, 6))
}

test('the same seed draws the same numbers, another seed others', () => {
  expect(draw('acme')).toEqual(draw('acme'))
  expect(draw('acme')).not.toEqual(draw('globex'))
})

test('every value between the bounds is drawn and none outside', () => {
  expect([...new Set(draw('acme'))].toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6])
})

test('shuffling keeps every value and leaves the list given alone', () => {
  const given = Array.from({ length: 20 }, (_, index) => index)
  const shuffled = sampler('acme').shuffle(given)
  expect(shuffled).not.toEqual(given)
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(given)
  expect(given[0]).toBe(0)
})

test('picking from an empty list is an error instead of nothing', () => {
  expect(() => sampler('acme').pick([])).toThrow(RangeError)
})
