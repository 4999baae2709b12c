import { expect, test } from 'vitest'
import { isRedirectUri } from './redirect-uri.ts'

test.each([
  'https://app.example/callback',
  'https://app.example/callback?from=plinth',
  'http://localhost:8080/cb',
  'http://127.0.0.1/cb',
  'http://[::1]:3000/cb',
])('%s is somewhere to go back to', (uri) => expect(isRedirectUri(uri, 'web')).toBe(true))

test.each([
  'http://app.example/callback',
  'http://localhost.evil.example/cb',
  'https://app.example/callback#part',
  'https://app.example\\@evil.example/',
  'https://user:secret@app.example/',
  'https://*.example/cb',
  'https://app.example/a b',
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '//evil.example/',
  '/callback',
  'com.example.app:/cb',
  `https://app.example/${'x'.repeat(500)}`,
  '',
])('%s is not', (uri) => expect(isRedirectUri(uri, 'web')).toBe(false))

test('programs on devices have schemes of their own, with a dot', () => {
  expect(isRedirectUri('com.example.app:/cb', 'native')).toBe(true)
  for (const uri of ['myapp:/cb', 'javascript:x.y', 'data:a.b'])
    expect(isRedirectUri(uri, 'native')).toBe(false)
})
