/** How far apart from the others a tenant's rows are kept. */
export const LEVELS = ['shared', 'schema', 'database', 'cluster'] as const
export type Level = (typeof LEVELS)[number]

/** The server of `DATABASE_URL`, or the embedded one. */
export const MAIN_SERVER = 'main'

/** The schema of tables that lie in no schema of their own. */
export const COMMON_SCHEMA = 'shared'

/** One database on one of the platform's servers. */
export interface DatabaseAddress {
  /** Name in the configuration; `main` is the server of the control database. */
  readonly server: string
  /** Empty: the server's common database, where tenants live side by side. On `main` that is the control database. */
  readonly database: string
}

/** Where tables of plugins lie. */
export interface Place extends DatabaseAddress {
  readonly schema: string
}

/** Where a tenant lives: its routing record. */
export interface Home extends Place {
  readonly level: Level
  /** Grows with every move. A database refuses whoever comes with an earlier one. */
  readonly epoch: number
}

/** The control database: who the tenants are and where they live. */
export const CONTROL: DatabaseAddress = { server: MAIN_SERVER, database: '' }

/** Says where tenants live. */
export interface Homes {
  /** The home as far as is known here. What a request has begun with, it goes on with. */
  locate(tenantId: string): Promise<Home>
  /** Asks anew, because the tenant was not to be found where `locate` said. */
  relocate(tenantId: string): Promise<Home>
}

/** Short name of a database, for maps and messages. */
export function addressKey({ server, database }: DatabaseAddress): string {
  return `${server}/${database}`
}

export function sameDatabase(left: DatabaseAddress, right: DatabaseAddress): boolean {
  return left.server === right.server && left.database === right.database
}
