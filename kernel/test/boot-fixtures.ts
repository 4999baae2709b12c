import { join } from 'node:path'
import { inject } from 'vitest'
import { bootForTest, type BootForTestOptions, type TestPlatform } from './support/index.ts'

export const FIXTURE_PLUGINS = join(import.meta.dirname, 'fixtures/plugins')

/** Boots the plugins made for tests; without further word, the chain of three and a workspace `acme` that has them. */
export function bootFixtures(options: BootForTestOptions = {}): Promise<TestPlatform> {
  return bootForTest({
    adminUrl: inject('adminUrl'),
    pluginsFolder: FIXTURE_PLUGINS,
    plugins: ['archive'],
    ...options,
  })
}

/** Number of rows in every table, to see that nothing was written. Not of the audit chain, which goes on by itself. */
export async function rowCounts(platform: TestPlatform): Promise<Record<string, number>> {
  const tables = await platform.sql<{ name: string }>(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('plinth', 'shared') AND table_name NOT IN ('audit_pending', 'audit_block')`,
  )
  // That something was refused is noted, and is no change.
  const counts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}${name === 'plinth.audit' ? ` WHERE action <> 'access.refused'` : ''}`,
  )
  const rows = await platform.sql<{ name: string; rows: number }>(`${counts.join(' UNION ALL ')} ORDER BY 1`)
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]))
}
