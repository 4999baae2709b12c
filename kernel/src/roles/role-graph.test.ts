import { expect, test } from 'vitest'
import { heirsOf, isCircular } from './role-graph.ts'

const graph = (edges: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(edges).map(([id, inherits]) => [id, { inherits }]))

test('K-PERM-02: a role that leads back to itself is found, however long the way', () => {
  expect(isCircular(graph({ a: ['a'] }), 'a')).toBe(true)
  expect(isCircular(graph({ a: ['b'], b: ['c'], c: ['a'] }), 'b')).toBe(true)
  expect(isCircular(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }), 'a')).toBe(false)
  // A circle further up is not one of this role.
  expect(isCircular(graph({ a: ['b'], b: ['c'], c: ['b'] }), 'a')).toBe(false)
})

test('those who inherit a role are found with the shortest way', () => {
  const roles = graph({ leaf: ['middle'], middle: ['root'], short: ['root', 'middle'], other: [] })
  expect([...heirsOf(roles, 'root')]).toEqual([
    ['root', ['root']],
    ['middle', ['middle', 'root']],
    ['short', ['short', 'root']],
    ['leaf', ['leaf', 'middle', 'root']],
  ])
})
