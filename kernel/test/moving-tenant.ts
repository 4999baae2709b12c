import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Level } from '../src/data/index.ts'
import type { Move } from '../src/moving/index.ts'
import { makeRecord, type TestPlatform, type TestTenant } from './support/index.ts'

/** Orders a move, with a place ready for it. */
export async function order(
  { platform }: TestPlatform,
  tenant: TestTenant,
  level: Level,
  server?: string,
): Promise<Move> {
  const { places, moves } = platform.root.cradle
  const { server: here } = await tenant.home()
  const serving = places.servers.serving(level)
  const chosen = serving.find(({ name }) => name === (server ?? here)) ?? serving[0]!
  if (level !== 'shared') await places.prepare(chosen, level)
  return moves.start(tenant.id, level, server)
}

/** Waits for the end of a move. */
export async function ended({ platform }: TestPlatform, { id }: Move): Promise<Move> {
  const read = (): Promise<Move> => platform.root.cradle.moves.get(id)
  await expect.poll(async () => (await read()).endedAt, { timeout: 60_000, interval: 100 }).not.toBeNull()
  return read()
}

/** Has a process work on moves until it is killed at a step. */
export async function workUntil({ platform, database }: TestPlatform, step: string): Promise<void> {
  const script = join(import.meta.dirname, 'dying-mover.ts')
  const { pluginsFolder } = platform.root.cradle.config
  const child = spawn(process.execPath, [script, database.url, pluginsFolder, step], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

/** Every row of a tenant, wherever it lives: how many there are of each table, and a checksum. Not of the audit chain, which goes on by itself. */
export async function contents(tenant: TestTenant): Promise<Record<string, string>> {
  const { schema } = await tenant.home()
  const tables = await tenant.sql<{ name: string; columns: string }>(
    `SELECT table_schema || '.' || table_name AS name, string_agg(quote_ident(column_name), ', ' ORDER BY column_name) AS columns
     FROM information_schema.columns c WHERE table_schema IN ('plinth', $1) AND table_name NOT IN ('audit_pending', 'audit_block') AND EXISTS (SELECT FROM information_schema.columns t
       WHERE (t.table_schema, t.table_name, t.column_name) = (c.table_schema, c.table_name, 'tenant_id')) GROUP BY 1`,
    [schema],
  )
  const parts = tables.map(
    ({ name, columns }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || md5(coalesce(string_agg(ROW(${columns})::text, '|' ORDER BY ROW(${columns})::text COLLATE "C"), '')) AS digest
       FROM ${name} WHERE tenant_id = $1`,
  )
  const rows = await tenant.sql<{ name: string; digest: string }>(parts.join(' UNION ALL '), [tenant.id])
  const plain = (name: string): string => name.replace(`${schema}.`, '')
  return Object.fromEntries(rows.map(({ name, digest }): [string, string] => [plain(name), digest]))
}

/** Some of everything, with references, and texts that are hard to carry. */
export async function fill(tenant: TestTenant): Promise<void> {
  const { admin } = tenant
  const mentor = await makeRecord(admin, 'library.author', { name: 'Ä "quoted", {braced}, \\ and NULL' })
  await makeRecord(admin, 'library.author', {
    mentorId: mentor.id,
    biography: 'two\nlines',
    tags: ['a,b', 'c"d'],
  })
  for (let n = 0; n < 3; n += 1) await makeRecord(admin, 'library.book')
  await makeRecord(admin, 'library.review')
  await tenant.sql(
    `INSERT INTO plinth.import (tenant_id, id, entity, actor_kind, actor_id, name, size, chunk_size, status) VALUES ($1, $2, 'library.author', 'member', $2, 'x.csv', 3, 3, 'ready')`,
    [tenant.id, randomUUID()],
  )
}
