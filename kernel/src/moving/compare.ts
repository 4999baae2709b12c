import type { TableProof } from './move.ts'
import type { Side } from './side.ts'
import type { Table } from './table.ts'

/** A sum over rows that depends on every value of every row, and not on their order. */
export function checksumSql({ columns }: Table, alias: string): string {
  const values = columns.map(({ name }) => `${alias}.${name}`).join(', ')
  return `sum(('x' || left(md5(ROW(${values})::text), 16))::bit(64)::bigint::numeric)`
}

/**
 * Compares every table on both sides by its number of rows and a checksum over all values of all rows. The source is seen as it was when its
 * transaction began, and nobody but the move changes the target.
 *
 * @throws Error naming the tables that differ
 */
export async function compare(source: Side, target: Side, tables: readonly Table[]): Promise<TableProof[]> {
  const [theirs, ours] = await Promise.all([
    proofs(source, tables, (table) => table.source),
    proofs(target, tables, (table) => table.target),
  ])
  const different = theirs.filter(
    ({ rows, checksum }, index) => rows !== ours[index]!.rows || checksum !== ours[index]!.checksum,
  )
  if (different.length > 0)
    throw new Error(`Not the same on both sides: ${different.map(({ table }) => table).join(', ')}`)
  return theirs
}

async function proofs(
  { client, tenant }: Side,
  tables: readonly Table[],
  nameOf: (table: Table) => string,
): Promise<TableProof[]> {
  const found: TableProof[] = []
  for (const table of tables) {
    const { rows } = await client.query<{ rows: number; checksum: string }>(
      `SELECT count(*)::int AS rows, coalesce(${checksumSql(table, 't')}, 0)::text AS checksum FROM ${nameOf(table)} t WHERE tenant_id = $1`,
      [tenant],
    )
    found.push({ table: table.name, ...rows[0]! })
  }
  return found
}
