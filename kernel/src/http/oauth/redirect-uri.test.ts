import { expect, test } from 'vitest'
import { isNamed, isRedirectUri } from './redirect-uri.ts'

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

const device = {
  kind: 'native',
  redirect_uris: ['http://127.0.0.1/cb', 'http://[::1]:1/', 'http://localhost/cb', 'https://app.example/cb'],
} as const

test.each(['http://127.0.0.1:50123/cb', 'http://127.0.0.1/cb', 'http://[::1]:8080/', 'http://localhost/cb'])(
  'a program on a device has named %s',
  (uri) => expect(isNamed(uri, device)).toBe(true),
)

test.each([
  'http://127.0.0.1:50123/cb/',
  'http://127.0.0.1:50123/cb?x=1',
  'http://127.0.0.1:99999/cb',
  'http://127.0.0.1:80@evil.example/cb',
  'http://127.0.0.1:80\\@evil.example/cb',
  'http://127.0.0.1.evil.example/cb',
  'http://127.0.0.1:/cb',
  'http://localhost:50123/cb',
  'https://127.0.0.1:50123/cb',
  'https://app.example:444/cb',
  'HTTP://127.0.0.1:50123/cb',
])('it has not named %s', (uri) => expect(isNamed(uri, device)).toBe(false))

test('a program on a server has named no other port', () => {
  expect(isNamed('http://127.0.0.1:50123/cb', { ...device, kind: 'web' })).toBe(false)
})
