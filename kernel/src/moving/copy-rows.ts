import { checksumSql } from './compare.ts'
import { rawRows, type Side } from './side.ts'
import type { Column, Table } from './table.ts'

/** Rows as PostgreSQL writes them: one array per column, each as text that is handed on unread. Exact for every type there is. */
interface Batch {
  readonly rows: number
  readonly arrays: readonly string[]
}

/** When a copy was begun: the oldest transaction that was under way, and with it all that may have been missed. */
export type Since = string

/** Begins a transaction on the source that sees one moment. */
export async function beginSnapshot({ client }: Side): Promise<Since> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const { rows } = await client.query<{ since: string }>(
    'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS since',
  )
  return rows[0]!.since
}

/**
 * Copies all rows of a table to an empty one.
 *
 * @param onCopied told after each batch how many rows it had; what it throws ends the copy
 */
export async function copyTable(
  source: Side,
  target: Side,
  table: Table,
  onCopied: (rows: number) => Promise<void>,
): Promise<void> {
  for await (const batch of readBatches(source, table)) {
    await insert(target, table, batch)
    await onCopied(batch.rows)
  }
}

/**
 * Brings a copied table up to what the source holds by now: rows written since, and rows deleted since. What was changed more than once, or
 * copied twice, does no harm. Proves that both sides have the same rows of those, and as many in all.
 *
 * @throws Error when they have not
 */
export async function catchUp(source: Side, target: Side, table: Table, since: Since): Promise<void> {
  const batches: Batch[] = []
  for await (const batch of readBatches(source, table, since)) batches.push(batch)
  const wanted = await recentProof(source, table, since)
  // First out with everything old: a new row may have the unique value of one that is gone.
  for (const batch of batches) await deleteKeys(target, table, batch)
  if ((await count(target, table)) !== wanted.all - wanted.recent) await deleteOthers(source, target, table)
  for (const batch of batches) await insert(target, table, batch)
  const found = { all: await count(target, table), recent: 0, checksum: 0n }
  for (const batch of batches) {
    const { recent, checksum } = await sentProof(target, table, batch)
    found.recent += recent
    found.checksum += BigInt(checksum)
  }
  if (
    found.all !== wanted.all ||
    found.recent !== wanted.recent ||
    found.checksum !== BigInt(wanted.checksum)
  )
    throw new Error(`Not the same on both sides: ${table.name}`)
}

/** Deletes what the tenant has in a table. */
export async function clearTable({ client, tenant }: Side, table: string): Promise<void> {
  await client.query(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenant])
}

async function* readBatches(source: Side, table: Table, since?: Since): AsyncGenerator<Batch> {
  const columns = table.columns.map(({ name }) => name).join(', ')
  const key = table.key.map(({ name }) => name).join(', ')
  const arrays = table.columns.map(({ name }) => `array_agg(s.${name}::text)`)
  const last = table.key.map(({ name }) => `(array_agg(s.${name}::text))[count(*)]`)
  let after: (string | null)[] | undefined
  for (;;) {
    const beyond = after
      ? `AND (${key}) > (${table.key.map(({ type }, index) => `$${index + 2}::${type}`).join(', ')})`
      : ''
    const [row] = await rawRows(
      source.client,
      `SELECT count(*), ${[...last, ...arrays].join(', ')} FROM
        (SELECT ${columns} FROM ${table.source} WHERE tenant_id = $1 ${beyond} ${since === undefined ? '' : `AND ${changedSince(since)}`}
         ORDER BY ${key} LIMIT ${table.batch}) s`,
      [source.tenant, ...(after ?? [])],
    )
    const rows = Number(row![0])
    if (rows === 0) return
    after = row!.slice(1, 1 + last.length)
    yield { rows, arrays: row!.slice(1 + last.length) as string[] }
    if (rows < table.batch) return
  }
}

/**
 * Rows written by any transaction that was not over at that moment. `xmin` has 32 bits and goes round; counted back from now, what
 * lies nearer than that moment is new. A row from four thousand million transactions ago may be taken for new, which does no harm.
 */
function changedSince(since: Since): string {
  if (!/^\d+$/.test(since)) throw new Error('Not a transaction number')
  const now = `pg_snapshot_xmax(pg_current_snapshot())::text::numeric`
  return `mod(mod(${now}, 4294967296) - xmin::text::numeric + 4294967296, 4294967296) <= ${now} - ${since} + 3`
}

async function insert({ client }: Side, table: Table, { arrays }: Batch): Promise<void> {
  const names = table.columns.map(({ name }) => name).join(', ')
  const values = table.columns.map(({ type }, index) => `x.c${index}::${type}`).join(', ')
  await client.query(
    `INSERT INTO ${table.target} (${names}) SELECT ${values} FROM unnest(${parameters(arrays.length)}) AS x(${aliases(arrays.length)})`,
    [...arrays],
  )
}

async function deleteKeys({ client }: Side, table: Table, { arrays }: Batch): Promise<void> {
  const keys = table.key.map(({ name }) => arrays[table.columns.findIndex((column) => column.name === name)]!)
  await client.query(
    `DELETE FROM ${table.target} t USING unnest(${parameters(keys.length)}) AS x(${aliases(keys.length)}) WHERE ${sameKey(table.key)}`,
    keys,
  )
}

async function deleteOthers(source: Side, target: Side, table: Table): Promise<void> {
  const [row] = await rawRows(
    source.client,
    `SELECT ${table.key.map(({ name }) => `coalesce(array_agg(${name}::text), '{}')`).join(', ')} FROM ${table.source} WHERE tenant_id = $1`,
    [source.tenant],
  )
  await target.client.query(
    `DELETE FROM ${table.target} t WHERE t.tenant_id = $${row!.length + 1}
     AND NOT EXISTS (SELECT FROM unnest(${parameters(row!.length)}) AS x(${aliases(row!.length)}) WHERE ${sameKey(table.key)})`,
    [...row!, target.tenant],
  )
}

async function count({ client, tenant }: Side, { target }: Table): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${target} WHERE tenant_id = $1`,
    [tenant],
  )
  return rows[0]!.count
}

/** How many rows the source has, how many of them were written since, and the checksum of those. */
async function recentProof(
  { client, tenant }: Side,
  table: Table,
  since: Since,
): Promise<{ all: number; recent: number; checksum: string }> {
  const recent = changedSince(since)
  const { rows } = await client.query<{ all: number; recent: number; checksum: string }>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE ${recent})::int AS recent,
       coalesce(${checksumSql(table, 't')} FILTER (WHERE ${recent}), 0)::text AS checksum FROM ${table.source} t WHERE tenant_id = $1`,
    [tenant],
  )
  return rows[0]!
}

/** The same of rows that were sent, as the target has them. */
async function sentProof(
  { client }: Side,
  table: Table,
  batch: Batch,
): Promise<{ recent: number; checksum: string }> {
  const keys = keysOf(table, batch)
  const { rows } = await client.query<{ recent: number; checksum: string }>(
    `SELECT count(*)::int AS recent, coalesce(${checksumSql(table, 't')}, 0)::text AS checksum
     FROM ${table.target} t JOIN unnest(${parameters(keys.length)}) AS x(${aliases(keys.length)}) ON ${sameKey(table.key)}`,
    keys,
  )
  return rows[0]!
}

function keysOf({ columns, key }: Table, { arrays }: Batch): string[] {
  return key.map(({ name }) => arrays[columns.findIndex((column) => column.name === name)]!)
}

function sameKey(key: readonly Column[]): string {
  return key.map(({ name, type }, index) => `t.${name} = x.c${index}::${type}`).join(' AND ')
}

function parameters(length: number): string {
  return Array.from({ length }, (_, index) => `$${index + 1}::text[]`).join(', ')
}

function aliases(length: number): string {
  return Array.from({ length }, (_, index) => `c${index}`).join(', ')
}
