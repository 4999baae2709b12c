import type { KeyObject } from 'node:crypto'
import { Database } from './database.ts'
import { Connections } from './places/connections.ts'
import type { DatabaseAddress } from './places/home.ts'

export interface ConnectOptions {
  /** Address of the application's login for a database. */
  readonly urlOf: (address: DatabaseAddress) => string
  /** Most connections at a time, to all databases together. Default 20. */
  readonly connections?: number
  /** Whether statements may be prepared under a name. Not behind a transaction pooler that does not know them. Default true. */
  readonly prepare?: boolean
  /** Signs audit entries. Without one none is stored, and no change that would need one. */
  readonly auditKey?: KeyObject
}

/** Opens the way to the databases. Connections are made when they are needed. */
export function connectDatabase({
  urlOf,
  connections = 20,
  prepare = true,
  auditKey,
}: ConnectOptions): Database {
  const configOf = (address: DatabaseAddress) => ({
    connectionString: urlOf(address),
    application_name: 'plinth',
    keepAlive: true,
  })
  return new Database(new Connections(configOf, connections), { prepare, auditKey })
}
