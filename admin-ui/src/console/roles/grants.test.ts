import { expect, test } from 'vitest'
import {
  conditionsOf,
  difference,
  isIncluded,
  isUnwritten,
  reachOf,
  withCondition,
  withReach,
  type Grant,
} from './grants.ts'

const READ = 'a.b.c.read'
const own = { permission: READ, condition: { ownerId: '$actor.id' } }

test('a permission is granted for none, for all, for one’s own records, or by conditions', () => {
  expect(reachOf([], READ)).toBe('none')
  expect(reachOf([READ, own], READ)).toBe('all')
  expect(reachOf([own], READ)).toBe('own:ownerId')
  expect(reachOf([own, own], READ)).toBe('condition')
  expect(reachOf([{ permission: READ, condition: { ownerId: '$actor.id', status: 'open' } }], READ)).toBe(
    'condition',
  )
  expect(reachOf([{ permission: READ, condition: { status: 'open' } }], READ)).toBe('condition')
  expect(reachOf([{ permission: 'a.b.c.reveal', fields: ['iban'] }], 'a.b.c.reveal')).toBe('condition')
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

test('conditions take the place of what was granted, and are read back as what one of must hold', () => {
  const open = { permission: READ, condition: { status: 'open' } }
  expect(withCondition([READ, 'x.*', own], READ, open.condition)).toEqual(['x.*', open])
  expect(conditionsOf([own, 'x.*', open], READ)).toEqual([own.condition, open.condition])
  expect(conditionsOf([open, { ...open, fields: ['iban'] }], READ)).toBeUndefined()
  expect(conditionsOf([{ permission: READ }], READ)).toBeUndefined()
  expect([READ, own, { permission: READ, condition: {} }].map(isUnwritten)).toEqual([false, false, true])
})
