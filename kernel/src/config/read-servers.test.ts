import { expect, test } from 'vitest'
import { readServers } from './read-servers.ts'

test('servers are read with their settings', () => {
  const faults: string[] = []
  const text = '{ "main": { "weight": 2 }, "eu2": { "url": "postgres://a@b/c", "levels": ["cluster"] } }'
  const servers = readServers(text, faults)
  expect(faults).toEqual([])
  expect([...servers.keys()]).toEqual(['main', 'eu2'])
  expect(servers.get('eu2')).toEqual({ url: 'postgres://a@b/c', levels: ['cluster'] })
})

test.each([
  ['no JSON', '{ eu2', 'PLINTH_SERVERS: is not JSON'],
  ['a server without an address', '{ "eu2": {} }', 'PLINTH_SERVERS/eu2'],
  ['a level there is not', '{ "eu2": { "url": "postgres://a:geheim@b", "levels": ["far"] } }', '/levels/0'],
  ['another address for main', '{ "main": { "url": "postgres://a:geheim@b" } }', 'PLINTH_SERVERS/main'],
  ['an unknown setting', '{ "eu2": { "url": "postgres://a:geheim@b", "wieght": 1 } }', 'PLINTH_SERVERS/eu2'],
])('%s is a fault that repeats no value', (_, text, fault) => {
  const faults: string[] = []
  readServers(text, faults)
  expect(faults.join('\n')).toContain(fault)
  expect(faults.join('\n')).not.toContain('geheim')
})
