import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AUDIT_KEY } from './audit/index.ts'
import { ConfigError, type Config } from './config/index.ts'
import { Vault } from './crypto/index.ts'
import { connectDatabase, prepareDatabase, type Database, type Home } from './data/index.ts'
import { Servers } from './places/index.ts'
import { embeddedAdminUrl } from './postgres/index.ts'

/** A workspace as commands see it. */
export interface Workspace extends Home {
  readonly id: string
  readonly slug: string
}

/** The databases of a platform, for commands of operators, while it runs or not. */
export interface ReachedDatabase {
  readonly database: Database
  readonly servers: Servers
  readonly secret: string
  readonly vault: Vault
  /** All of them, with where they live now. */
  readonly workspaces: () => Promise<Workspace[]>
}

/**
 * Opens the databases of the platform that has this configuration. To be closed with `database.close()`.
 *
 * @throws ConfigError when no platform was ever started there
 */
export async function reachDatabase(config: Config): Promise<ReachedDatabase> {
  const { adminUrl, secret } = accessOf(config)
  const vault = new Vault(secret)
  await prepareDatabase(adminUrl, secret)
  const servers = new Servers({ adminUrl, secret, servers: config.servers })
  const database = connectDatabase({
    urlOf: (address) => servers.appUrl(address),
    connections: 2,
    prepare: config.prepared,
    auditKey: vault.key(AUDIT_KEY),
  })
  const workspaces = (): Promise<Workspace[]> =>
    database.queryPlatform<Workspace & Record<string, unknown>>({
      text: 'SELECT id, slug, level, server, database, schema, epoch FROM plinth.tenant ORDER BY slug',
    })
  const home = async (id: string): Promise<Workspace> => (await workspaces()).find((each) => each.id === id)!
  database.follow({ locate: home, relocate: home })
  return { database, servers, secret, vault, workspaces }
}

/** Administrative login and root secret, of the embedded server too. */
function accessOf({ databaseUrl, secret, directory }: Config): { adminUrl: string; secret: string } {
  if (databaseUrl !== undefined) return { adminUrl: databaseUrl, secret: secret! }
  const adminUrl = embeddedAdminUrl(directory)
  const file = join(directory, 'secret')
  if (adminUrl === undefined || (secret === undefined && !existsSync(file)))
    throw new ConfigError(
      `No Plinth was ever started in ${directory}. Set DATABASE_URL, or PLINTH_DIRECTORY.`,
    )
  return { adminUrl, secret: secret ?? readFileSync(file, 'utf8').trim() }
}
