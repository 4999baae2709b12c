import type { TestPlatform } from './support/index.ts'

/** Tables in which a text stands anywhere, as it is or in bytes; looked at as superuser, past all fences. */
export async function whereIsText(platform: TestPlatform, text: string): Promise<string[]> {
  const tables = await platform.sql<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  )
  const hex = Buffer.from(text).toString('hex')
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await platform.sql(
      `SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0 LIMIT 1`,
      [text, hex],
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}
