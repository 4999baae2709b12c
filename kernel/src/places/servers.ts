import { APP_ROLE, COMMON_SCHEMA, loginPassword, MAIN_SERVER } from '../data/index.ts'
import type { DatabaseAddress, Level } from '../data/index.ts'
import type { ServerConfig } from '../config/index.ts'

/** A database server of the platform, as configured. */
export interface Server {
  readonly name: string
  readonly url: string
  /** Levels of the tenants it takes. */
  readonly levels: ReadonlySet<Level>
  /** Share of the new tenants it gets, against the others'. */
  readonly weight: number
  /** Most tenants it takes. */
  readonly capacity: number
  /** Host and port of a connection pooler before it. */
  readonly pooler: string | undefined
}

interface Needs {
  /** Administrative login of the control database. */
  readonly adminUrl: string
  readonly secret: string
  readonly servers: ReadonlyMap<string, ServerConfig>
}

const USUAL: readonly Level[] = ['shared', 'schema', 'database']
/** Ends the name of every database that holds a single tenant, and of its login. */
const SINGLE = /_(t_[0-9a-f]{8})$/

/** The database servers of the platform, and the addresses of everything on them. Logins are never stored: they follow from the configuration. */
export class Servers {
  readonly all: ReadonlyMap<string, Server>
  readonly secret: string
  /** Time between two times that workers ask each whether it is there, in milliseconds. */
  probeMs = 15_000
  readonly #controlName: string

  constructor({ adminUrl, secret, servers }: Needs) {
    this.secret = secret
    this.#controlName = decodeURIComponent(new URL(adminUrl).pathname.slice(1)) || 'postgres'
    const main: ServerConfig = { url: adminUrl, ...servers.get(MAIN_SERVER) }
    this.all = new Map(
      [...new Map<string, ServerConfig>([...servers, [MAIN_SERVER, { ...main, url: adminUrl }]])].map(
        ([name, each]) => [name, serverOf(name, each)],
      ),
    )
  }

  /** Names of those that take tenants of a level. */
  serving(level: Level): readonly Server[] {
    return [...this.all.values()].filter((server) => server.levels.has(level))
  }

  /** Whether tenants live side by side on it. */
  hasCommon({ levels }: Server): boolean {
    return levels.has('shared') || levels.has('schema')
  }

  /** Full name of a database on its server. */
  databaseName({ server, database }: DatabaseAddress): string {
    if (database !== '') return database
    return server === MAIN_SERVER ? this.#controlName : `${this.#controlName}_common`
  }

  /** A name for a database that will hold a single tenant. */
  newDatabaseName(id: string): string {
    return `${this.#controlName.slice(0, 50)}_t_${id}`
  }

  /** The application's login for a database. */
  login({ database }: DatabaseAddress): string {
    const single = SINGLE.exec(database)
    return single ? `${APP_ROLE}_${single[1]}` : APP_ROLE
  }

  /** Administrative login of a database; for the server itself when none is given. Never through a pooler. */
  adminUrl(server: string, database?: string): string {
    const url = new URL(this.#require(server).url)
    if (database !== undefined) url.pathname = `/${this.databaseName({ server, database })}`
    return url.href
  }

  /** The application's login for a database: through the pooler where there is one, except `direct`. */
  appUrl(address: DatabaseAddress, direct = false): string {
    const { url, pooler } = this.#require(address.server)
    const result = new URL(url)
    result.pathname = `/${this.databaseName(address)}`
    result.username = this.login(address)
    result.password = loginPassword(this.secret, result.username)
    if (pooler !== undefined && !direct) result.host = pooler
    return result.href
  }

  #require(name: string): Server {
    const server = this.all.get(name)
    if (!server) throw new Error(`A tenant lives on the server "${name}", which is not configured`)
    return server
  }
}

function serverOf(name: string, config: ServerConfig): Server {
  return {
    name,
    url: config.url,
    levels: new Set(config.levels ?? USUAL),
    weight: config.weight ?? 1,
    // A server of one's own is for one tenant.
    capacity: config.capacity ?? (config.levels?.includes('cluster') ? 1 : Infinity),
    pooler: config.pooler,
  }
}

/** A schema that belongs to one tenant. */
export function isOwnSchema(schema: string): boolean {
  return schema !== COMMON_SCHEMA
}
