import { randomBytes } from 'node:crypto'
import type { EntityMeta, ShellDocument } from '@plinth/sdk'
import pg from 'pg'
import type { Level } from '../../../src/data/index.ts'
import { bootForTest, type BootForTestOptions } from '../boot-for-test.ts'
import { makeRecord, type AnyRecord } from '../make-record.ts'
import type { TestPlatform } from '../test-platform.ts'
import type { TestTenant } from '../test-tenant.ts'

export interface IsolationOptions {
  readonly adminUrl?: string
  /** Folder with one folder per plugin. Default: `plugins` below the working directory. */
  readonly pluginsFolder?: string
  /** Only these plugins and what they require. Default: all that can be on together. */
  readonly plugins?: readonly string[]
  /** How far apart the two workspaces live. Default: as for all tests of the run. */
  readonly level?: Level
  /** Further configuration of the node. */
  readonly config?: NonNullable<BootForTestOptions['config']>
}

/** An entity with a record in either workspace. */
export interface GuardedEntity {
  readonly meta: EntityMeta
  /** The owner's record, which the intruder is after. */
  readonly owned: AnyRecord
  /** One of the intruder's own. */
  readonly own: AnyRecord
  /** A record of the owner's that lies in the trash, where there is one. */
  readonly trashed: AnyRecord | undefined
}

/** Two workspaces with the same plugins: what one of them, the intruder, can do to the other, the owner. */
export interface IsolationWorld {
  readonly platform: TestPlatform
  readonly owner: TestTenant
  readonly intruder: TestTenant
  /** Stands in every free text of the owner's made-up records. */
  readonly mark: string
  readonly entities: readonly GuardedEntity[]
  /** Paths of the intruder's OpenAPI document. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** What the owner's ids look like from outside: unknown. */
  readonly ownerIds: ReadonlySet<string>
  /** A connection of the application's own login, where the intruder lives. */
  readonly connection: pg.Client
}

/** Boots both workspaces and gives each a record of every entity. */
export async function buildIsolationWorld(options: IsolationOptions): Promise<IsolationWorld> {
  const everything = options.plugins === undefined ? {} : { plugins: options.plugins }
  const platform = await bootForTest({
    ...options,
    tenants: [
      { slug: 'owner', sampleData: true, ...everything },
      { slug: 'intruder', sampleData: true, ...everything },
    ],
  })
  try {
    await platform.settled()
    const [owner, intruder] = [platform.tenant('owner'), platform.tenant('intruder')]
    // Signed in from the start: a session of the owner's that begins later would look like a change.
    await Promise.all([owner.admin.session(), owner.member.session()])
    const mark = `mark${randomBytes(6).toString('hex')}`
    const { body: shell } = await intruder.admin.get<ShellDocument>('/shell')
    const entities: GuardedEntity[] = []
    for (const id of Object.keys(shell.entities)) entities.push(await guard(id, owner, intruder, mark))
    const { body: document } = await intruder.admin.get('/openapi.json')
    await platform.settled()
    const connection = new pg.Client({
      connectionString: platform.platform.root.cradle.servers.appUrl(await intruder.home(), true),
    })
    // Stopping drops the database under it.
    connection.on('error', () => undefined)
    await connection.connect()
    return {
      platform,
      owner,
      intruder,
      mark,
      entities,
      paths: pathsOfPlugins(document, platform.platform.root.cradle.catalogue.plugins),
      ownerIds: await readIds(owner),
      connection,
    }
  } catch (error) {
    await platform.stop()
    throw error
  }
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags: readonly string[] }>>>>
}

/** The kernel's own routes are attacked one by one: some of them would end the attacker's session. */
function pathsOfPlugins(
  { paths }: ApiDocument,
  plugins: { has(id: string): boolean },
): Record<string, Readonly<Record<string, unknown>>> {
  const own = Object.entries(paths).filter(([, item]) =>
    Object.values(item).some((operation) => operation.tags.some((tag) => plugins.has(tag))),
  )
  return Object.fromEntries(own)
}

async function guard(
  id: string,
  owner: TestTenant,
  intruder: TestTenant,
  mark: string,
): Promise<GuardedEntity> {
  const { body: meta } = await intruder.admin.get<EntityMeta>(`/meta/${id.replace('.', '/')}`)
  const obtain = async ({ admin, slug }: TestTenant, text: string): Promise<AnyRecord> => {
    if (meta.can.includes('create')) return makeRecord(admin, id, {}, { full: true, mark: text })
    const { body } = await admin.get(`${meta.api}?limit=1`)
    const [found] = body.items as AnyRecord[]
    if (!found)
      throw new Error(`${slug} has no ${id}: let the plugin's sample data make one, requests cannot`)
    return found
  }
  const throwAway = async (): Promise<AnyRecord | undefined> => {
    if (!meta.trash || !['create', 'delete'].every((each) => meta.can.includes(each as 'create')))
      return undefined
    const record = await makeRecord(owner.admin, id, {}, { mark })
    const { status, text } = await owner.admin.delete(`${meta.api}/${record.id}`)
    if (status !== 204) throw new Error(`${id} cannot be thrown away: ${status} ${text}`)
    return record
  }
  return {
    meta,
    owned: await obtain(owner, mark),
    own: await obtain(intruder, 'own'),
    trashed: await throwAway(),
  }
}

/** Ids of everything the owner has, members included. */
async function readIds(owner: TestTenant): Promise<ReadonlySet<string>> {
  const { schema } = await owner.home()
  const tables = await owner.sql<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns a
     WHERE column_name = 'id' AND data_type = 'uuid' AND table_schema IN ('plinth', $1) AND EXISTS
       (SELECT FROM information_schema.columns b WHERE (b.table_schema, b.table_name, b.column_name) = (a.table_schema, a.table_name, 'tenant_id'))`,
    [schema],
  )
  const selects = tables.map(({ name }) => `SELECT id::text FROM ${name} WHERE tenant_id = $1`)
  const rows = await owner.sql<{ id: string }>(selects.join(' UNION ALL '), [owner.id])
  return new Set([owner.id, ...rows.map((row) => row.id)])
}
