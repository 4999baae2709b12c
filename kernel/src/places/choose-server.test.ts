import { expect, test } from 'vitest'
import { chooseServers, sparesFor } from './choose-server.ts'
import type { Server } from './servers.ts'

const server = (name: string, weight = 1, capacity = Infinity): Server => ({
  name,
  url: `postgres://${name}`,
  levels: new Set(['shared']),
  weight,
  capacity,
  pooler: undefined,
})
const names = (servers: readonly Server[]) => servers.map(({ name }) => name)

test('the server with the fewest tenants for its weight comes first', () => {
  const servers = [server('small'), server('large', 3)]
  expect(names(chooseServers(servers, new Map([['small', 2]])))).toEqual(['large', 'small'])
  const load = new Map([
    ['small', 2],
    ['large', 5],
  ])
  expect(names(chooseServers(servers, load))).toEqual(['large', 'small'])
  expect(names(chooseServers(servers, load.set('large', 7)))).toEqual(['small', 'large'])
})

test('a full server takes no one, and one without weight only those sent to it', () => {
  const servers = [server('full', 1, 2), server('quiet', 0), server('other')]
  const load = new Map([['full', 2]])
  expect(names(chooseServers(servers, load))).toEqual(['other'])
  expect(names(chooseServers(servers, load, 'quiet'))).toEqual(['quiet'])
  expect(chooseServers(servers, load, 'full')).toEqual([])
})

test.each([
  { capacity: Infinity, tenants: 5, spares: 2 },
  { capacity: 7, tenants: 5, spares: 2 },
  { capacity: 6, tenants: 5, spares: 1 },
  { capacity: 1, tenants: 1, spares: 0 },
  { capacity: 1, tenants: 2, spares: 0 },
])(
  'with room for $capacity and $tenants tenants, $spares of 2 places stand ready',
  ({ capacity, tenants, spares }) => {
    expect(sparesFor(server('a', 1, capacity), new Map([['a', tenants]]), 2)).toBe(spares)
  },
)
