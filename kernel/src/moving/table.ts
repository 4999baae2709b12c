import pg from 'pg'
import type { Side } from './side.ts'

/** A column with its type, as SQL. */
export interface Column {
  readonly name: string
  readonly type: string
}

/** A table with rows of tenants, on both sides of a move. */
export interface Table {
  readonly name: string
  /** With their schemas. */
  readonly source: string
  readonly target: string
  /** Those that are not computed, by name. */
  readonly columns: readonly Column[]
  /** Of the primary key, in its order. */
  readonly key: readonly Column[]
  /** Rows sent at a time. */
  readonly batch: number
}

interface Found {
  readonly schema: string
  readonly name: string
  readonly columns: Column[]
  readonly key: Column[]
}

const TABLES = `
  SELECT n.nspname AS schema, c.relname AS name,
    (SELECT json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attname)
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY k.n)
      FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY k(attnum, n) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
      WHERE i.indrelid = c.oid AND i.indisprimary) AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
    AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
  ORDER BY 1, 2`

/** Files in pieces are large; other rows are not. */
const BATCH = 2_000
const BATCH_OF_FILES = 8

/** The tables a place holds rows of tenants in: those of plugins in its schema, and the kernel's, which all of one database have together. */
export async function tablesOf({ client, address }: Side, withKernel: boolean): Promise<Found[]> {
  const schemas = withKernel ? ['plinth', address.schema] : [address.schema]
  const { rows } = await client.query<Found>(TABLES, [schemas])
  return rows
}

/**
 * The tables to copy. Within one database the kernel's stay where they are.
 *
 * @throws Error when rows would be left behind, because the target lacks their table or a column of it
 */
export async function tablesToMove(source: Side, target: Side, withKernel: boolean): Promise<Table[]> {
  const theirs = await tablesOf(target, withKernel)
  const tables: Table[] = []
  for (const found of await tablesOf(source, withKernel)) {
    const inKernel = found.schema === 'plinth'
    const match = theirs.find(({ schema, name }) => name === found.name && (schema === 'plinth') === inKernel)
    const sourceName = qualified(found.schema, found.name)
    if (!match || JSON.stringify(match.columns) !== JSON.stringify(found.columns)) {
      const { rows } = await source.client.query(`SELECT FROM ${sourceName} WHERE tenant_id = $1 LIMIT 1`, [
        source.tenant,
      ])
      if (rows.length === 0 && !match) continue
      throw new Error(`The table ${found.name} is not the same on both sides`)
    }
    tables.push({
      name: found.name,
      source: sourceName,
      target: qualified(match.schema, match.name),
      columns: found.columns,
      key: found.key,
      batch: found.columns.some(({ type }) => type === 'bytea') ? BATCH_OF_FILES : BATCH,
    })
  }
  return tables
}

export function qualified(schema: string, name: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`
}
