import { expect, test } from 'vitest'
import { relyingParty } from './relying-party.ts'

test('passkeys are made for the configured address of the workspace, whatever a browser says', () => {
  for (const origin of [
    undefined,
    'https://evil.example',
    'https://acme.plinth.example:8443',
    'null',
    'not one',
  ])
    expect(relyingParty('https://acme.plinth.example', 'Acme', origin)).toEqual({
      id: 'acme.plinth.example',
      name: 'Acme',
      origins: ['https://acme.plinth.example'],
    })
})

test('on one’s own machine the port is that of the page, and the host is not', () => {
  expect(relyingParty('http://acme.localhost:4000', 'Acme', 'http://acme.localhost:5123').origins).toEqual([
    'http://acme.localhost:4000',
    'http://acme.localhost:5123',
  ])
  for (const origin of ['http://beta.localhost:4000', 'http://localhost:4000', 'https://evil.example'])
    expect(relyingParty('http://acme.localhost:4000', 'Acme', origin).origins).toEqual([
      'http://acme.localhost:4000',
    ])
})
