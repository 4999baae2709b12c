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
