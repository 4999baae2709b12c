import assert from 'node:assert/strict'
import type { Answer } from '../client.ts'
import type { TestTenant } from '../test-tenant.ts'
import type { IsolationWorld } from './isolation-world.ts'

/** One thing the intruder tries. `run` throws when it succeeds. */
export interface IsolationCase {
  readonly name: string
  /** What has to be there for it, and changes the owner's rows. */
  readonly prepare?: () => Promise<unknown>
  /** Takes it away again, after the comparison. */
  readonly tidy?: () => Promise<unknown>
  readonly run: () => Promise<void>
}

export const NOBODY = '0190f3a0-0000-7000-8000-000000000000'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Fails when the answer holds anything of the owner's, apart from the ids the intruder sent. */
export function assertSilent(
  { ownerIds, mark }: IsolationWorld,
  answer: Answer,
  sent: readonly string[],
): void {
  assert.ok(!answer.text.includes(mark), `The answer holds a text of the owner: ${answer.text.slice(0, 300)}`)
  for (const [id] of answer.text.matchAll(UUID))
    assert.ok(!ownerIds.has(id) || sent.includes(id), `The answer holds the owner's ${id}`)
}

/** Fails unless the intruder is told that there is no such thing. */
export function assertUnknown(world: IsolationWorld, answer: Answer, sent: readonly string[]): void {
  assert.equal(answer.status, 404, answer.text)
  assert.equal(answer.body.code, 'not_found')
  assertSilent(world, answer, sent)
}

/** The statement of a world's checksums: what tables there are does not change while it stands, and asking takes as long as counting. */
const statements = new WeakMap<IsolationWorld, Promise<string>>()

/** A digest of every row the owner has, in all tables. */
export async function checksum(world: IsolationWorld): Promise<Record<string, string>> {
  const { owner } = world
  const { member } = await owner.admin.session()
  let statement = statements.get(world)
  if (!statement) statements.set(world, (statement = checksumStatement(world)))
  const rows = await owner.sql<{ name: string; digest: string }>(await statement, [owner.id, member.id])
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

async function checksumStatement({ owner }: IsolationWorld): Promise<string> {
  const tables = (await tablesOf(owner)).filter((name) => !SEALING.has(name))
  const selects = tables.map(
    (name) =>
      `SELECT '${name}' AS name, count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest
       FROM ${name} t WHERE tenant_id = $1${name === 'plinth.audit' ? ' AND actor_id IS DISTINCT FROM $2::uuid' : ''}`,
  )
  return selects.join(' UNION ALL ')
}

/** A worker brings audit entries from the one to the other in its own time. */
const SEALING: ReadonlySet<string> = new Set(['plinth.audit_pending', 'plinth.audit_block'])

/** Every table with rows of tenants where a workspace lives: the kernel's, and those of its plugins. */
export async function tablesOf(tenant: TestTenant): Promise<string[]> {
  const { schema } = await tenant.home()
  const rows = await tenant.sql<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.columns
     WHERE column_name = 'tenant_id' AND table_schema IN ('plinth', $1) ORDER BY 1`,
    [schema],
  )
  return rows.map(({ name }) => name)
}
