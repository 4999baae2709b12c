import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Manifest } from '@plinth/sdk'
import { asOperator, OPERATOR_TOKEN } from './operator.ts'
import { bootForTest, type Answer, type TestDatabase, type TestPlatform } from './support/index.ts'
import { linkPlugins, type SelectedPlugins } from './support/select-plugins.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')

/** A folder that holds one version of the fixture plugin `garage` and, beside it, the plugin `library`, which never changes. */
export function versionFolder(version: 1 | 2 | 3): Promise<SelectedPlugins> {
  return linkPlugins([join(FIXTURES, `versions/garage-${version}`), join(FIXTURES, 'plugins/library')])
}

/** A folder that holds a plugin without code, out of its manifest. */
export async function manifestFolder(manifest: Manifest): Promise<SelectedPlugins> {
  const place = await mkdtemp(join(tmpdir(), 'plinth-version-'))
  await writeFile(join(place, 'plinth.json'), JSON.stringify(manifest))
  const linked = await linkPlugins([place])
  return {
    folder: linked.folder,
    async remove() {
      await linked.remove()
      await rm(place, { recursive: true })
    },
  }
}

/** Everything the catalogue says about the tables whose names begin so, in words that can be compared. */
export async function tablesLike(database: TestDatabase, start: string): Promise<string[]> {
  const rows = await database.sql<{ line: string }>(
    `WITH tables AS (SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = 'shared'::regnamespace AND c.relkind = 'r' AND c.relname LIKE $1 || '%')
     SELECT format('%s.%s %s%s default %s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
       coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')) AS line
       FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
     UNION ALL SELECT format('%s %s', t.relname, pg_get_constraintdef(k.oid)) FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype <> 'n'
     UNION ALL SELECT pg_get_indexdef(i.indexrelid) FROM tables t JOIN pg_index i ON i.indrelid = t.oid
     UNION ALL SELECT pg_get_triggerdef(g.oid) FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
     UNION ALL SELECT format('%s %s %s', t.relname, p.polname, pg_get_expr(p.polqual, p.polrelid)) FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
     UNION ALL SELECT format('function %s', proname) FROM pg_proc WHERE pronamespace = 'shared'::regnamespace AND proname LIKE $1 || '%'
     ORDER BY 1`,
    [start],
  )
  return rows.map(({ line }) => line)
}

/** All rows of a table, of every tenant, as they are stored. */
export function rowsOf(database: TestDatabase, table: string): Promise<{ row: Record<string, unknown> }[]> {
  return database.sql(
    `SELECT to_jsonb(t) - '_search' - '_words' AS row FROM shared.${table} t ORDER BY tenant_id, id`,
  )
}

/**
 * Boots a node with the plugins of a folder on a database that has been in use, and waits until it has done what it can do by itself.
 *
 * @param known a node whose tenants' people can use this one too
 */
export async function bootVersion(
  database: TestDatabase,
  { folder }: SelectedPlugins,
  known?: TestPlatform,
): Promise<TestPlatform> {
  const node = await bootForTest({
    database,
    pluginsFolder: folder,
    tenants: [],
    config: { operatorToken: OPERATOR_TOKEN },
  })
  for (const { id, slug } of known?.tenants ?? []) node.admit({ id, slug })
  await node.platform.root.cradle.upgrades.run()
  return node
}

/** Asks as an operator; the path counts from `/platform/v1/upgrades`. */
export function operate(
  node: TestPlatform,
  method: 'GET' | 'POST',
  path = '',
  token?: string,
): Promise<Answer> {
  return asOperator(node, method, `/upgrades${path}`, undefined, token)
}
