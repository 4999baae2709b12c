import { expect, test } from 'vitest'
import { isPathWithin } from './is-path-within.ts'

test.each(['/', '/app/crm/customers', '/app/crm/customers?sort=-name&q=a//b', '/a#//b', '/%2F/evil.example'])(
  '%s leads to somewhere within the workspace',
  (path) => expect(isPathWithin(path)).toBe(true),
)

test.each([
  '',
  'app',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/app//evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e%2e/evil',
  'https://evil.example/',
  'javascript:alert(1)',
  ' /app',
  `/${'a'.repeat(1_000)}`,
  undefined,
  ['/app'],
])('%j does not, or might not', (path) => expect(isPathWithin(path)).toBe(false))
