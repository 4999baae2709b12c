import { expect, test } from 'vitest'
import { difference, isIncluded, reachOf, withReach, type Grant } from './grants.ts'

const READ = 'a.b.c.read'
const own: Grant = { permission: READ, condition: { ownerId: '$actor.id' } }

test('a permission is granted for none, for all, for one’s own records, or specially', () => {
  expect(reachOf([], READ)).toBe('none')
  expect(reachOf([READ, own], READ)).toBe('all')
  expect(reachOf([own], READ)).toBe('own:ownerId')
  expect(reachOf([own, own], READ)).toBe('special')
  expect(reachOf([{ permission: READ, condition: { ownerId: '$actor.id', status: 'open' } }], READ)).toBe(
    'special',
  )
  expect(reachOf([{ permission: READ, condition: { status: 'open' } }], READ)).toBe('special')
  expect(reachOf([{ permission: 'a.b.c.reveal', fields: ['iban'] }], 'a.b.c.reveal')).toBe('special')
})

test('a prefix takes the place of what it includes, and of nothing else', () => {
  const before: Grant[] = [READ, 'a.bc.d.read', own, 'a.b.d.read']
  expect(withReach(before, 'a.b.c.*', 'all')).toEqual(['a.bc.d.read', 'a.b.d.read', 'a.b.c.*'])
  expect(withReach(before, READ, 'none')).toEqual(['a.bc.d.read', 'a.b.d.read'])
  expect(withReach([READ], READ, 'own:ownerId')).toEqual([own])
  expect(isIncluded(['a.b.*'], READ)).toBe(true)
  expect(isIncluded(['a.b.*'], 'a.bc.d.read')).toBe(false)
  expect(isIncluded([READ], READ)).toBe(false)
})

test('the difference names what came and what went, conditions included', () => {
  expect(difference<Grant>([READ, 'x.*'], [own, 'x.*'])).toEqual({ added: [own], removed: [READ] })
})
