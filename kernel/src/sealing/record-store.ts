import type { Statement } from '../data/index.ts'
import { asArray, beginsWith, TENANT, type SealedStore } from './sealed-store.ts'

/** Records that are sealed anew in one transaction. */
const BATCH = 200

/** A plugin's table with encrypted fields, as the catalogue of the database knows it: of plugins without code, and of older versions too. */
export interface SealedTable {
  readonly table: string
  readonly columns: readonly string[]
  /** The role that may change it; null when there is none any more. */
  readonly role: string | null
}

/** The tables of a schema that hold sealed values. Columns of blind indexes are left alone: what stands there is no sealed value. */
export function sealedTables(schema: string): Statement {
  return {
    text: `SELECT c.relname AS "table", json_agg(a.attname ORDER BY a.attname) AS columns,
        (SELECT min(CASE WHEN $1 = 'shared' THEN r.rolname::text ELSE regexp_replace(r.rolname::text, '_' || $1 || '$', '') END)
          FROM aclexplode(c.relacl) x JOIN pg_roles r ON r.oid = x.grantee
          WHERE x.privilege_type = 'UPDATE' AND r.rolname LIKE 'plinth\\_plg\\_%') AS role
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'bytea'::regtype
        AND a.attname NOT LIKE '%\\_blind'
        AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped)
      GROUP BY c.oid, c.relname, c.relacl ORDER BY c.relname`,
    values: [schema],
  }
}

/** The records of one table. Neither version nor time of a record changes, and no one is told: nobody changed it. */
export function recordStore(schema: string, { table, columns, role }: SealedTable): SealedStore {
  const hex = columns.map((column) => `encode(${column}, 'hex') AS ${column}`).join(', ')
  return {
    name: table,
    ...(role === null ? {} : { role }),
    next: (cursor) => ({
      text: `SELECT id::text AS cursor, ${hex} FROM ${schema}.${table}
        WHERE ${TENANT} AND ($1::uuid IS NULL OR id > $1::uuid) ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE`,
      values: [cursor],
    }),
    read: (row) => {
      const cursor = String(row['cursor'])
      const cells = columns.flatMap((name) => {
        const sealed = row[name]
        return typeof sealed === 'string' ? [{ name, sealed, place: `${table}|${name}|${cursor}` }] : []
      })
      return { cursor, cells }
    },
    replace: (rows) => ({
      text: `UPDATE ${schema}.${table} t SET ${columns.map((column) => `${column} = coalesce(decode(r.${column}, 'hex'), t.${column})`).join(', ')}
        FROM json_to_recordset($1::json) AS r (cursor uuid, ${columns.map((column) => `${column} text`).join(', ')})
        WHERE t.${TENANT} AND t.id = r.cursor`,
      values: [JSON.stringify(rows.map(({ cursor, values }) => ({ cursor, ...values })))],
    }),
    count: (headers) => ({
      text: `SELECT count(*)::int AS count FROM ${schema}.${table} WHERE ${TENANT} AND (${columns.map((column) => beginsWith(column, '$1')).join(' OR ')})`,
      values: [asArray(headers)],
    }),
  }
}
