import { expect, test } from 'vitest'
import { resolveTenant } from './index.ts'

test.each([
  ['acme.localhost:4000', '/api/v1/shell', 'acme', '', '/api/v1/shell'],
  ['ACME.localhost', '/', 'acme', '', '/'],
  ['localhost:4000', '/t/acme/api/v1/shell', 'acme', '/t/acme', '/api/v1/shell'],
  ['localhost', '/t/acme', 'acme', '/t/acme', '/'],
  ['beta.localhost', '/t/acme/x', 'acme', '/t/acme', '/x'],
  ['localhost', '/', undefined, '', '/'],
  ['127.0.0.1:4000', '/api', undefined, '', '/api'],
  ['a.b.localhost', '/', undefined, '', '/'],
  ['-acme.localhost', '/', undefined, '', '/'],
  ['acme.localhost.evil.example', '/', undefined, '', '/'],
  ['localhost', '/t/Not A Slug/x', undefined, '/t/Not A Slug', '/x'],
])('%s%s names %s', (host, path, slug, base, rest) => {
  expect(resolveTenant(host, path, 'localhost')).toEqual({ slug, base, path: rest })
})
