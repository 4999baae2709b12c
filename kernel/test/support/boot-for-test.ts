import { boot } from '../../src/boot.ts'
import { createLog } from '../../src/log.ts'
import type { Config, ServerConfig } from '../../src/config/index.ts'
import type { KeyRing } from '../../src/crypto/index.ts'
import type { Level } from '../../src/data/index.ts'
import { createTestDatabase, TEST_SECRET, type TestDatabase } from './test-database.ts'
import { pluginsFolderOf, selectPlugins } from './select-plugins.ts'
import { TestPlatform } from './test-platform.ts'
import { createTestTenant, furnishTestTenant, type TestTenantOptions } from './test-tenant.ts'

export interface BootForTestOptions {
  /** Superuser login of a PostgreSQL server. Default: `PLINTH_TEST_ADMIN_URL` of the environment. */
  readonly adminUrl?: string
  /** Folder with one folder per plugin. Default: `plugins` below the working directory. */
  readonly pluginsFolder?: string
  /** Only these plugins and what they require; a manifest that is refused is an error. Default: all in the folder. */
  readonly plugins?: readonly string[]
  /** Default: one tenant `acme` that has everything. */
  readonly tenants?: readonly TestTenantOptions[]
  /** What the node does. Default: both, as with `npm start`. */
  readonly roles?: readonly ('web' | 'worker')[]
  /** Boots on this database instead of a fresh one, and leaves it there. */
  readonly database?: TestDatabase
  /** Key-encryption keys. Default: the one that follows from the secret. */
  readonly keyRing?: KeyRing
  /** Where log lines go, as JSON; default: to the output of the process, if not silent. */
  readonly logTo?: (line: string) => void
  /** Default: `silent`. */
  readonly logLevel?: string
  /**
   * How far apart the tenants live, where they do not say it themselves. Default: `PLINTH_TEST_LEVEL` of the environment, or `shared`.
   * Level `cluster` needs a second server: `PLINTH_TEST_CLUSTER_URL`.
   */
  readonly level?: Level
  /** Further configuration of the node. */
  readonly config?: Partial<Config>
}

/**
 * Boots a platform on a fresh database, with tenants and people in them. Stop it when done: that drops the database.
 *
 * @example
 * ```ts
 * const platform = await bootForTest({ plugins: ['rooms'], tenants: [{ slug: 'acme', tier: 'free' }] })
 * const { admin, member } = platform.tenant('acme')
 * const { status } = await member.post('/rooms/rooms', { name: 'Attic' })
 * await platform.stop()
 * ```
 */
export async function bootForTest(options: BootForTestOptions = {}): Promise<TestPlatform> {
  const stops: (() => Promise<void>)[] = []
  try {
    const folder = pluginsFolderOf(options)
    const selected = options.plugins && (await selectPlugins(folder, options.plugins))
    if (selected) stops.unshift(() => selected.remove())
    const database = options.database ?? (await createTestDatabase(adminUrlOf(options)))
    if (!options.database) stops.unshift(() => database.drop())
    const { filesFolder, checkpointsFolder } = database
    const node = await bootNode(
      database,
      { ...configOf(options, selected?.folder ?? folder), filesFolder, checkpointsFolder, ...options.config },
      stops,
      options,
    )
    refuseFaulty(node, options)
    const wanted = options.tenants ?? [{ slug: 'acme' }]
    await Promise.all(
      wanted.map(async (each) => {
        const tenant = await createTestTenant(node.platform, { level: levelOf(options), ...each })
        await furnishTestTenant(node.platform, tenant, node.admit(tenant), each)
      }),
    )
    return node
  } catch (error) {
    for (const stop of stops) await stop()
    throw error
  }
}

/** A plugin that was asked for by name and is not there would only show as a missing route somewhere. */
function refuseFaulty({ platform }: TestPlatform, { plugins = [] }: BootForTestOptions): void {
  const { refused } = platform.root.cradle.catalogue
  const faults = refused
    .filter(({ plugin }) => plugins.includes(plugin))
    .map(({ plugin, path, message }) => `  ${plugin} ${path} ${message}`)
  if (faults.length > 0) throw new Error(`The manifest is not accepted:\n${faults.join('\n')}`)
}

async function bootNode(
  database: TestDatabase,
  config: Config,
  stops: (() => Promise<void>)[],
  { keyRing, logTo }: BootForTestOptions,
): Promise<TestPlatform> {
  const platform = await boot({
    config,
    adminUrl: database.url,
    secret: TEST_SECRET,
    ...(keyRing ? { keyRing } : {}),
    ...(logTo ? { log: createLog(config, { write: logTo }) } : {}),
  })
  stops.unshift(() => platform.stop())
  return new TestPlatform(platform, database, stops, () =>
    bootNode(database, config, [], keyRing ? { keyRing } : {}),
  )
}

function adminUrlOf({ adminUrl = process.env['PLINTH_TEST_ADMIN_URL'] }: BootForTestOptions): string {
  if (adminUrl === undefined)
    throw new Error('Say which PostgreSQL server to use: option adminUrl, or PLINTH_TEST_ADMIN_URL')
  return adminUrl
}

function configOf(
  options: BootForTestOptions,
  pluginsFolder: string,
): Omit<Config, 'filesFolder' | 'checkpointsFolder'> {
  return {
    databaseUrl: undefined,
    secret: TEST_SECRET,
    port: 0,
    host: '127.0.0.1',
    domain: 'localhost',
    roles: new Set(options.roles ?? ['web', 'worker']),
    pluginsFolder,
    demo: false,
    directory: pluginsFolder,
    logLevel: options.logLevel ?? 'silent',
    servers: testServers(adminUrlOf(options)),
    connections: 12,
    // Not every pooler knows prepared statements.
    prepared:
      process.env['PLINTH_TEST_POOLER'] === undefined || process.env['PLINTH_TEST_PREPARED'] === 'true',
    spares: { schema: 0, database: 0 },
    operatorToken: undefined,
    timeZone: 'UTC',
  }
}

function levelOf({ level }: BootForTestOptions): Level {
  return level ?? (process.env['PLINTH_TEST_LEVEL'] as Level | undefined) ?? 'shared'
}

/**
 * A server for tenants that want one of their own (`PLINTH_TEST_CLUSTER_URL`); of several tests at once, so it takes more than one. And the
 * pooler before the main server (`PLINTH_TEST_POOLER`), when the run has one.
 */
export function testServers(adminUrl: string): ReadonlyMap<string, ServerConfig> {
  const servers = new Map<string, ServerConfig>()
  const url = process.env['PLINTH_TEST_CLUSTER_URL']
  if (url !== undefined) servers.set('own', { url, levels: ['cluster'], capacity: 10_000 })
  const pooler = process.env['PLINTH_TEST_POOLER']
  if (pooler !== undefined) servers.set('main', { url: adminUrl, pooler })
  return servers
}
