import type pg from 'pg'
import {
  APP_ROLE,
  asAdmin,
  installSchema,
  prepareDatabase,
  roleIn,
  type Models,
  type Place,
  type Reach,
} from '../data/index.ts'
import { isOwnSchema, type Servers } from './servers.ts'

/** What the tables of a place are made from. */
export interface Shape {
  readonly models: Models
  readonly reach: Reach
  /** Entities for which the code of a plugin has upgrades between two versions; undefined when it cannot be loaded. */
  upgradesByCode(plugin: string, from: string, to: string): ReadonlySet<string> | undefined
}

/** Makes an empty place: its schema, or its database with a login of its own. Doing it again does no harm. */
export async function createPlace(servers: Servers, place: Place): Promise<void> {
  if (isOwnSchema(place.schema)) {
    await asAdmin(servers.adminUrl(place.server, place.database), async (client) => {
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${place.schema} AUTHORIZATION plinth_owner`)
      await client.query(`GRANT USAGE ON SCHEMA ${place.schema} TO plinth_kernel, plinth_platform`)
    })
    return
  }
  await createDatabase(servers, place)
}

/**
 * Brings one place to the shape of the installed plugins: the kernel's tables where they have changed, then those of the plugins.
 * Does nothing when it has that shape.
 */
export async function bringUpToDate(servers: Servers, place: Place, shape: Shape): Promise<void> {
  const { models, reach } = shape
  const url = servers.adminUrl(place.server, place.database)
  const login = servers.login(place)
  await prepareDatabase(url, servers.secret, login)
  const within = new Map(
    [...models].map(([id, model]) => [id, { ...model, role: roleIn(place.schema, model.role) }]),
  )
  await installSchema(url, within, reach, place.schema, (...versions) => shape.upgradesByCode(...versions))
  if (login === APP_ROLE || within.size === 0) return
  const roles = [...new Set([...within.values()].map((model) => model.role))]
  await asAdmin(url, (client) => client.query(`GRANT ${roles.join(', ')} TO ${login}`))
}

/** Removes a place with everything in it. Whoever is connected to its database is cut off. */
export async function dropPlace(servers: Servers, place: Place): Promise<void> {
  if (isOwnSchema(place.schema)) {
    await asAdmin(servers.adminUrl(place.server, place.database), async (client) => {
      await client.query(`DROP SCHEMA IF EXISTS ${place.schema} CASCADE`)
      for (const table of ['schema_state', 'shape'])
        await client.query(`DELETE FROM plinth.${table} WHERE schema = $1`, [place.schema])
      await dropRoles(client, `plinth_plg_%_${place.schema}`)
    })
    return
  }
  await asAdmin(servers.adminUrl(place.server), async (client) => {
    await client.query(
      `DROP DATABASE IF EXISTS ${client.escapeIdentifier(servers.databaseName(place))} WITH (FORCE)`,
    )
    if (servers.login(place) !== APP_ROLE) await dropRoles(client, servers.login(place))
  })
}

async function createDatabase(servers: Servers, place: Place): Promise<void> {
  await asAdmin(servers.adminUrl(place.server), async (client) => {
    const name = servers.databaseName(place)
    // Nodes that start at the same time make one after the other what is missing. The lock ends with the connection.
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`plinth database ${name}`])
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  })
}

async function dropRoles(client: pg.Client, pattern: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT rolname AS name FROM pg_roles WHERE rolname LIKE $1',
    [pattern.replaceAll('_', '\\_')],
  )
  for (const { name } of rows) await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(name)}`)
}
