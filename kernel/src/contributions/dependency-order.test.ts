import type { Manifest } from '@plinth/sdk'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookings } from '../../test/fixtures/manifests/bookings.ts'
import { catering } from '../../test/fixtures/manifests/catering.ts'
import { rooms } from '../../test/fixtures/manifests/rooms.ts'
import { orderPlugins } from './dependency-order.ts'

const plugin = (id: string, requires: Record<string, string> = {}, version = '1.0.0'): Manifest => ({
  ...rooms,
  id,
  version,
  requires,
})

const summary = (...manifests: Manifest[]) => {
  const { order, problems } = orderPlugins(manifests)
  return {
    order,
    problems: problems.map(({ plugin: id, path, code, message }) => `${id} ${path} ${code}: ${message}`),
  }
}

describe('the order of plugins', () => {
  test('puts each after all it requires, and does not mind that one only uses the other', () => {
    expect(summary(catering, bookings, rooms)).toEqual({
      order: ['rooms', 'bookings', 'catering'],
      problems: [],
    })
  })

  test('leaves out a plugin whose dependency is missing, and what requires it, with the chain', () => {
    expect(
      summary(plugin('a', { b: '*' }), plugin('b', { c: '*' }), plugin('c', { gone: '^1' }), plugin('d')),
    ).toEqual({
      order: ['d'],
      problems: [
        'c /requires/gone dependency_missing: Requires "gone", which is not installed.',
        'a /requires/b dependency_refused: Requires a plugin that cannot be used: a → b → c.',
        'b /requires/c dependency_refused: Requires a plugin that cannot be used: b → c.',
      ],
    })
  })

  test('leaves out a plugin that needs another version of its dependency', () => {
    expect(summary(plugin('a', { b: '^2' }), plugin('b', {}, '1.9.0'))).toEqual({
      order: ['b'],
      problems: ['a /requires/b dependency_version: Requires "b" ^2, but 1.9.0 is installed.'],
    })
  })

  test('leaves out every plugin of a cycle with the way round, and what requires one of them', () => {
    const cycle = [plugin('a', { b: '*' }), plugin('b', { c: '*' }), plugin('c', { a: '*' })]
    expect(summary(...cycle, plugin('d', { b: '*', e: '*' }), plugin('e'))).toEqual({
      order: ['e'],
      problems: [
        'a /requires/b dependency_cycle: Requires itself: a → b → c → a.',
        'b /requires/c dependency_cycle: Requires itself: b → c → a → b.',
        'c /requires/a dependency_cycle: Requires itself: c → a → b → c.',
        'd /requires/b dependency_refused: Requires a plugin that cannot be used: d → b.',
      ],
    })
  })

  test('leaves out a plugin that requires itself', () => {
    expect(summary(plugin('a', { a: '*' })).problems).toEqual([
      'a /requires/a dependency_cycle: Requires itself: a → a.',
    ])
  })

  test('reports every fault of one plugin', () => {
    expect(summary(plugin('a', { b: '*', c: '*' })).problems).toHaveLength(2)
  })

  test('leaves out both of two plugins with the same id', () => {
    expect(summary(plugin('a'), plugin('a'), plugin('b'))).toMatchObject({
      order: ['b'],
      problems: ['a /id id_taken: Two plugins have the id "a".'],
    })
  })

  test('is the same whatever the plugins, in whatever sequence they are found: complete, sound and repeatable', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const found = fc.uniqueArray(
      fc.record({
        id: fc.constantFrom(...ids),
        needs: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }),
      }),
      { selector: ({ id }) => id },
    )
    fc.assert(
      fc.property(found, (specs) => {
        const manifests = specs.map(({ id, needs }) =>
          plugin(id, Object.fromEntries(needs.map((need) => [need, '*']))),
        )
        const { order, problems } = orderPlugins(manifests)
        expect(orderPlugins(manifests.toReversed()).order).toEqual(order)
        const refused = new Set(problems.map((problem) => problem.plugin))
        expect([...order, ...refused].toSorted()).toEqual(specs.map(({ id }) => id).toSorted())
        for (const { id, needs } of specs.filter((spec) => order.includes(spec.id))) {
          for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(id))
          for (const need of needs) expect(order).toContain(need)
        }
      }),
    )
  })
})
