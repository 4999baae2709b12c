import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repeatedMembers } from './repeated-members.ts'

const of = (text: string) => repeatedMembers(text, JSON.parse(text))

test.each([
  ['{"a":1,"a":1}', ['/a']],
  ['{"a":1,"\\u0061":2}', ['/a']],
  ['[{"a":{"b":1,"c":[],"b":2}}]', ['/0/a/b']],
  ['[0,[1,{"x":1},{"x":1,"x":2,"x":3}]]', ['/1/2/x']],
  ['{"__proto__":1,"__proto__":2}', ['/__proto__']],
  ['{"a/b":1,"a/b":2,"~":1,"~":2}', ['/a~1b', '/~0']],
  ['{"":1,"":2}', ['/']],
  ['{"a":"{\\"b\\":1,\\"b\\":2}","b":":"}', []],
  ['{"a":[{"a":1},{"a":1}]}', []],
  ['"a:b"', []],
])('%s has %j twice', (text, pointers) => {
  expect(of(text)).toEqual(pointers)
})

test('what was written by a machine has nothing twice, and with one member more it has', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, pick) => {
      const text = JSON.stringify(value)
      expect(of(text)).toEqual([])
      const names = Object.keys(value)
      const name = names[pick % names.length]!
      const more = `${text.slice(0, -1)},${JSON.stringify(name)}:0}`
      expect(of(more)).toEqual([`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`])
    }),
  )
})

test('depth is no danger', () => {
  const text = `${'['.repeat(200_000)}{"a":1,"a":2}${']'.repeat(200_000)}`
  expect(repeatedMembers(text, undefined)).toHaveLength(1)
})
