import { afterAll, describe, expect, inject, test } from 'vitest'
import type { ServerConfig } from '../src/config/index.ts'
import type { Level } from '../src/data/index.ts'
import { FIXTURE_PLUGINS } from './boot-fixtures.ts'
import { startSecondServer } from './second-server.ts'
import { poolerProgram, startPooler } from './start-pooler.ts'
import { conformanceSuite, isolationSuite } from './support/index.ts'

// What each change is tried with. All there is to try at each level is tried by `npm run test:levels`.
const CONFORMANCE = ['market']
const ISOLATION = ['archive']

const adminUrl = inject('adminUrl')
const program = poolerProgram()

interface Station {
  readonly name: string
  readonly level: Level
  readonly isThere?: boolean
  readonly prepared?: boolean
  /** Only every so many-th case of isolation: where the database is reached differs there, not what keeps workspaces apart in it. */
  readonly step?: number
  /** What it needs besides the one server. */
  readonly start?: () => Promise<{ servers: [string, ServerConfig]; stop: () => Promise<void> }>
}

async function ownServer() {
  const { adminUrl: url, remove } = await startSecondServer()
  const servers: [string, ServerConfig] = ['own', { url, levels: ['cluster'], capacity: 100 }]
  return { servers, stop: remove }
}

async function pooled() {
  const { address, stop } = await startPooler(adminUrl)
  const servers: [string, ServerConfig] = ['main', { url: adminUrl, pooler: address }]
  return { servers, stop }
}

const stations: readonly Station[] = [
  { name: 'level schema', level: 'schema' },
  { name: 'level database', level: 'database' },
  { name: 'level cluster', level: 'cluster', step: 4, start: ownServer },
  {
    name: 'level shared through pgbouncer',
    level: 'shared',
    isThere: program !== undefined,
    prepared: false,
    step: 4,
    start: pooled,
  },
  {
    name: 'level shared through pgbouncer with prepared statements',
    level: 'shared',
    isThere: program?.prepares === true,
    step: 4,
    start: pooled,
  },
]

describe.each(stations.filter(({ isThere = true }) => isThere))(
  'at $name',
  async ({ level, prepared = true, step = 1, start }) => {
    const started = await start?.()
    const options = {
      adminUrl,
      pluginsFolder: FIXTURE_PLUGINS,
      level,
      config: { prepared, servers: new Map(started ? [started.servers] : []) },
    }
    const conformance = await conformanceSuite({ ...options, plugins: CONFORMANCE })
    const isolation = await isolationSuite({ ...options, plugins: ISOLATION })
    afterAll(async () => {
      await conformance.stop()
      await isolation.stop()
      await started?.stop()
    })
    test.each(conformance.cases)('$name', async ({ run }) => {
      await expect(run()).resolves.toBeUndefined()
    })
    test.each(isolation.cases.filter((_, index) => index % step === 0))(
      'one workspace cannot reach another: $name',
      async ({ run }) => {
        await expect(run()).resolves.toBeUndefined()
      },
    )
  },
)

describe.each(stations.filter(({ isThere = true }) => !isThere))('at $name', () => {
  test('is not tried', ({ skip }) => {
    skip(true, 'This machine has no pgbouncer that can do that.')
    expect.unreachable()
  })
})
