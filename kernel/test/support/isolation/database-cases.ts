import assert from 'node:assert/strict'
import pg from 'pg'
import { readPlugins } from '../select-plugins.ts'
import {
  COMMON_SCHEMA as COMMON,
  pluginRole,
  roleIn,
  sameDatabase,
  type Home,
} from '../../../src/data/index.ts'
import { tablesOf, type IsolationCase } from './isolation-case.ts'
import type { IsolationWorld } from './isolation-world.ts'

const DENIED = '42501'
/** The tenant was never set; it was set and is gone. */
const NO_TENANT = ['42704', '22P02']
/** What the platform's role may see of all tenants, because it finds tenants by name, hands events on, and renews keys, none of which it can read. */
const ACROSS_TENANTS: Readonly<Record<string, readonly string[]>> = {
  plinth_platform: [
    'plinth.delivery',
    'plinth.upgrade',
    'plinth.tenant_key',
    'plinth.key_renewal',
    'plinth.damaged_record',
    'plinth.file',
    'plinth.mail',
    'plinth.audit_pending',
  ],
}
/** Tables no plugin may read, and columns of those it may read in part. */
const KEPT_FROM_PLUGINS = [
  'plinth.operator_access',
  'plinth.operator',
  'plinth.operator_role',
  'plinth.operator_journal',
  'plinth.attempt',
  'plinth.mail',
  'plinth.policy_version',
  'plinth.security_policy',
  'plinth.former_password',
  'plinth.invitation',
  'plinth.limit_override',
  'plinth.account_link',
  'plinth.delegation',
  'plinth.session',
  'plinth.second_factor',
  'plinth.backup_code',
  'plinth.mail_code',
  'plinth.sign_in_trait',
  'plinth.second_factor_grace',
  'plinth.passkey_challenge',
  'plinth.api_key',
  'plinth.oauth_client',
  'plinth.oauth_denied',
  'plinth.oauth_grant',
  'plinth.oauth_code',
  'plinth.oauth_refresh',
  'plinth.role',
  'plinth.audit',
  'plinth.audit_pending',
  'plinth.audit_block',
  'plinth.plugin_state',
  'plinth.feature_override',
  'plinth.feature_rollout',
  'plinth.file',
  'plinth.sign_on_provider',
  'plinth.sign_on_identity',
  'plinth.mapped_role',
  'plinth.sign_on_answer',
  'plinth.scim_token',
  'plinth.scim_user',
  'plinth.scim_group',
  'plinth.scim_membership',
]

interface Attempt {
  readonly tenant?: string
  readonly role?: string
}

/** What the application's login can do to the owner's rows in each of its roles, without any of our code in between. */
export async function databaseCases(world: IsolationWorld, pluginsFolder: string): Promise<IsolationCase[]> {
  const { intruder, owner } = world
  const home = await intruder.home()
  const theirs = await owner.home()
  // In another database the owner's tables cannot even be named; there are the intruder's own.
  const names = sameDatabase(home, theirs)
    ? [...new Set([...(await tablesOf(intruder)), ...(await tablesOf(owner))])]
    : await tablesOf(intruder)
  const plugins = await readPlugins(pluginsFolder)
  const pluginRoles = new Map([...plugins.keys()].map((id) => [roleIn(home.schema, pluginRole(id)), id]))
  const present = await intruder.sql<{ role: string }>(
    `SELECT rolname AS role FROM pg_roles WHERE rolname = ANY ($1)`,
    [[...pluginRoles.keys(), 'plinth_kernel', 'plinth_platform']],
  )
  const roles = present.map(({ role }) => role)
  return [
    {
      name: 'the database login without a role, or with the owner’s, reaches nothing',
      async run() {
        for (const name of names) {
          const within = { tenant: owner.id }
          assert.equal(await outcome(world, within, `SELECT 1 FROM ${name}`), DENIED, name)
          const without = await outcome(world, {}, `SELECT 1 FROM ${name}`)
          assert.ok([DENIED, ...NO_TENANT].includes(String(without)), `${name}: ${without}`)
        }
        assert.equal(await outcome(world, {}, 'SET LOCAL ROLE plinth_owner'), DENIED)
        assert.equal(
          await outcome(world, {}, 'SET LOCAL row_security = off; SELECT 1 FROM plinth.member'),
          DENIED,
        )
      },
    },
    ...farCases(world, home, theirs),
    ...roles.flatMap((role) => roleCases(world, role, names)),
    ...[...pluginRoles]
      // Roles belong to the whole server: another database's plugins may have left some, without rights in this one.
      .filter(([role, id]) => roles.includes(role) && isHere(world, plugins.get(id)!))
      .map(([role, id]) =>
        reachCase(world, { role, id, manifest: plugins.get(id)!, names, schema: home.schema }),
      ),
  ]
}

function roleCases(world: IsolationWorld, role: string, names: readonly string[]): IsolationCase[] {
  const { owner, intruder } = world
  const guarded = names.filter((name) => !ACROSS_TENANTS[role]?.includes(name))
  return [
    {
      name: `database role ${role} without a tenant sees no rows`,
      async run() {
        for (const name of guarded) {
          const result = await outcome(world, { role }, `SELECT 1 FROM ${name}`)
          assert.ok([DENIED, ...NO_TENANT, 0].includes(result), `${name}: ${result}`)
        }
      },
    },
    {
      name: `database role ${role} with one tenant sees, changes and adds nothing of another`,
      async run() {
        for (const name of guarded) {
          const within = { role, tenant: intruder.id }
          const theirs = `FROM ${name} WHERE tenant_id = '${owner.id}'`
          const attempts = {
            read: `SELECT 1 ${theirs}`,
            change: `UPDATE ${name} SET tenant_id = tenant_id WHERE tenant_id = '${owner.id}'`,
            remove: `DELETE ${theirs}`,
          }
          for (const [attempt, sql] of Object.entries(attempts)) {
            const result = await outcome(world, within, sql)
            assert.ok([DENIED, 0].includes(result), `${attempt} ${name}: ${result}`)
          }
          const move = `UPDATE ${name} SET tenant_id = '${owner.id}'`
          const moved = await outcome(world, within, move)
          assert.ok([DENIED, 0].includes(moved), `move into ${name}: ${moved}`)
          assert.equal(await outcome(world, within, await plant(world, name)), DENIED, `plant in ${name}`)
        }
      },
    },
  ]
}

/** An INSERT of one of the intruder's rows, or of an empty one, under the owner's name. */
async function plant({ owner, intruder }: IsolationWorld, name: string): Promise<string> {
  const [row] = await intruder.sql<{ row: unknown }>(
    `SELECT to_jsonb(t) || jsonb_build_object('tenant_id', $2::text) AS row FROM ${name} t WHERE tenant_id = $1 LIMIT 1`,
    [intruder.id, owner.id],
  )
  const values = pg.escapeLiteral(JSON.stringify(row?.row ?? { tenant_id: owner.id }))
  // Generated columns take no values.
  const [stored] = await intruder.sql<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [name],
  )
  const { columns } = stored!
  return `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${name}, ${values})`
}

/** What keeps workspaces apart that do not live side by side. */
function farCases(world: IsolationWorld, home: Home, theirs: Home): IsolationCase[] {
  const { servers } = world.platform.platform.root.cradle
  if (!sameDatabase(home, theirs))
    return [
      {
        name: 'the intruder’s database login is not let into the owner’s database',
        async run() {
          const address = new URL(servers.adminUrl(theirs.server, theirs.database))
          const own = new URL(servers.appUrl(home, true))
          ;[address.username, address.password] = [own.username, own.password]
          const client = new pg.Client({ connectionString: address.href })
          await assert.rejects(client.connect(), { code: DENIED })
        },
      },
    ]
  if (home.schema === theirs.schema) return []
  return [
    {
      name: 'no role of plugins of the intruder’s schema may enter the owner’s, or the common one',
      async run() {
        const entered = await world.intruder.sql(
          `SELECT rolname, nspname FROM pg_roles, pg_namespace WHERE rolname LIKE $1 AND nspname = ANY ($2) AND has_schema_privilege(rolname, nspname, 'USAGE')`,
          [`plinth\\_plg\\_%${home.schema}`, [theirs.schema, COMMON]],
        )
        assert.deepEqual(entered, [])
      },
    },
  ]
}

/** Whether the tables of a plugin are in this database. */
function isHere(world: IsolationWorld, { id, entities = {} }: { id: string; entities?: object }): boolean {
  return Object.keys(entities).length === 0 || world.entities.some(({ meta }) => meta.id.startsWith(`${id}.`))
}

interface Reaching {
  readonly role: string
  readonly id: string
  readonly manifest: { readonly requires?: object; readonly uses?: object }
  readonly names: readonly string[]
  readonly schema: string
}

function reachCase(world: IsolationWorld, { role, id, manifest, names, schema }: Reaching): IsolationCase {
  const within = { role, tenant: world.intruder.id }
  const declared = Object.keys({ ...manifest.requires, ...manifest.uses })
  return {
    name: `database role ${role} reaches its own tables, reads declared ones, and no others`,
    async run() {
      for (const { meta } of world.entities) {
        const plugin = meta.id.split('.')[0]!
        const table = `${schema}.${meta.id.replaceAll(/[.-]/g, '_').replaceAll(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`)}`
        assert.ok(names.includes(table), table)
        const read = await outcome(world, within, `SELECT 1 FROM ${table}`)
        const write = await outcome(world, within, `UPDATE ${table} SET version = version WHERE false`)
        if (plugin === id) assert.deepEqual([read !== DENIED, write], [true, 0], table)
        else {
          assert.equal(read === DENIED, !declared.includes(plugin), `${table}: ${read}`)
          assert.equal(write, DENIED, table)
        }
      }
      for (const name of KEPT_FROM_PLUGINS)
        assert.equal(await outcome(world, within, `SELECT 1 FROM ${name}`), DENIED, name)
      assert.equal(await outcome(world, within, 'SELECT password_hash FROM plinth.member'), DENIED)
      assert.equal(await outcome(world, within, 'UPDATE plinth.audit SET action = action'), DENIED)
      assert.equal(await outcome(world, within, 'DELETE FROM plinth.outbox'), DENIED)
    },
  }
}

/** Runs SQL as the application's login and rolls back. Answers the number of rows concerned, or the SQLSTATE of the refusal. */
async function outcome(
  world: IsolationWorld,
  { role, tenant }: Attempt,
  sql: string,
): Promise<number | string> {
  const client = world.connection
  try {
    await client.query('BEGIN')
    if (tenant !== undefined) await client.query(`SELECT set_config('plinth.tenant', $1, true)`, [tenant])
    if (role !== undefined) await client.query(`SELECT set_config('role', $1, true)`, [role])
    const { rowCount } = await client.query(sql)
    return rowCount ?? 0
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await client.query('ROLLBACK')
  }
}
