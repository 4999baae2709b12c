import { expect, test } from 'vitest'
import { hasBackslashName } from './backslash-name.ts'

test.each([
  ['{"\\\\":1}', true],
  ['{"a":[{"b":0,"\\\\" :1}]}', true],
  ['{"\\u005C":1}', true],
  ['{"a":"\\\\"}', false],
  ['{"\\\\n":1,"n\\\\":2}', false],
  ['{"\\"":":"}', false],
  ['["\\\\",{"a":1}]', false],
])('%s: %s', (text, has) => {
  expect(hasBackslashName(text)).toBe(has)
})
