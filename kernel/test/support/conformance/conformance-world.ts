import type { EntityMeta, ShellDocument } from '@plinth/sdk'
import type { Level } from '../../../src/data/index.ts'
import { bootForTest, type BootForTestOptions } from '../boot-for-test.ts'
import { makeRecord, type AnyRecord } from '../make-record.ts'
import type { TestPlatform } from '../test-platform.ts'
import type { TestTenant } from '../test-tenant.ts'

export interface ConformanceOptions {
  readonly adminUrl?: string
  /** Folder with one folder per plugin. Default: `plugins` below the working directory. */
  readonly pluginsFolder?: string
  /** Only these plugins and what they require. Default: all that can be on together. */
  readonly plugins?: readonly string[]
  /** How far apart the workspace lives. Default: as for all tests of the run. */
  readonly level?: Level
  /** Further configuration of the node. */
  readonly config?: NonNullable<BootForTestOptions['config']>
}

/** One thing an entity must do. `run` throws when it does not. */
export interface ConformanceCase {
  readonly name: string
  readonly run: () => Promise<void>
}

/** A workspace in which everything is on, with a few records of each entity. */
export interface ConformanceWorld {
  readonly platform: TestPlatform
  readonly tenant: TestTenant
  readonly entities: readonly EntityMeta[]
}

/** Records per entity: some with all fields, some with those that are needed. */
const RECORDS = 6

export async function buildConformanceWorld(options: ConformanceOptions): Promise<ConformanceWorld> {
  const everything = options.plugins === undefined ? {} : { plugins: options.plugins }
  const platform = await bootForTest({
    ...options,
    // No worker: what subscribers write would come between two readings.
    roles: ['web'],
    tenants: [{ slug: 'conform', sampleData: true, ...everything }],
  })
  try {
    const tenant = platform.tenant('conform')
    const { body: shell } = await tenant.admin.get<ShellDocument>('/shell')
    const entities: EntityMeta[] = []
    for (const id of Object.keys(shell.entities)) {
      const { body: meta } = await tenant.admin.get<EntityMeta>(`/meta/${id.replace('.', '/')}`)
      entities.push(meta)
      if (!meta.can.includes('create')) continue
      for (let index = 0; index < RECORDS; index += 1)
        await makeRecord(tenant.admin, id, {}, { full: index % 2 === 0, mark: `record-${index}` })
    }
    return { platform, tenant, entities }
  } catch (error) {
    await platform.stop()
    throw error
  }
}

/**
 * Address of a record, or of a list, with the children that a record cannot be made without: so that it is read as it was answered when it
 * was made.
 */
export function withChildren({ children = [] }: EntityMeta, address: string): string {
  const needed = children.filter(({ min }) => min > 0).map(({ name }) => name)
  if (needed.length === 0) return address
  return `${address}${address.includes('?') ? '&' : '?'}include=${needed.join(',')}`
}

/** All records of an entity, read page by page in the given order. */
export async function readAll(
  { tenant }: ConformanceWorld,
  meta: EntityMeta,
  query: Readonly<Record<string, string>>,
): Promise<AnyRecord[]> {
  const records: AnyRecord[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const parameters = new URLSearchParams({ ...query, ...(cursor === '' ? {} : { cursor }) })
    const { status, body, text } = await tenant.admin.get(`${meta.api}?${parameters.toString()}`)
    if (status !== 200) throw new Error(`${meta.id}?${parameters.toString()}: ${status} ${text}`)
    records.push(...(body.items as AnyRecord[]))
    cursor = body.next as string | null
  }
  return records
}
