import type { Statement } from '../pipeline.ts'
import type { EntityModel } from '../model/entity-model.ts'
import { columnName } from '../model/names.ts'
import { statementName } from '../query/statement-name.ts'

/** Values of a row by column. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Inserts rows of one table with one statement, however many they are. They travel as one JSON text, whose members PostgreSQL turns into
 * the types of the columns. All rows name the same columns.
 *
 * @param role database role it is run with; part of the prepared statement's name
 */
export function insertRows(table: string, rows: readonly Row[], role: string): Statement {
  const columns = Object.keys(rows[0]!).join(', ')
  const text = `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`
  return { text, values: [JSON.stringify(rows)], ...statementName(role, text) }
}

/** Changes columns of one record, if it still has the version given. */
export function updateRow(table: string, id: string, version: number, changes: Row): Statement {
  const columns = Object.keys(changes).map((column) => `${column} = r.${column}`)
  return {
    text: `UPDATE ${table} t SET ${['version = t.version + 1', ...columns].join(', ')} FROM json_populate_record(NULL::${table}, $1) r
      WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = $2::uuid AND t.version = $3`,
    values: [JSON.stringify(changes), id, version],
  }
}

/** Changes columns of one record that is not complete yet, whatever its version. */
export function patchRow(table: string, id: string, changes: Row): Statement {
  return updateRows(table, [{ id, ...changes }])
}

/**
 * Changes records of one table with one statement, however many they are. The caller holds what they belong to, so that no one else
 * changes them meanwhile. All rows name the same columns, `id` among them.
 */
export function updateRows(table: string, rows: readonly Row[]): Statement {
  const columns = Object.keys(rows[0]!).filter((column) => column !== 'id')
  return {
    text: `UPDATE ${table} t SET ${columns.map((column) => `${column} = r.${column}`).join(', ')}
      FROM json_populate_recordset(NULL::${table}, $1) r
      WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = r.id`,
    values: [JSON.stringify(rows)],
  }
}

export function deleteRows(table: string, ids: readonly string[]): Statement {
  return {
    text: `DELETE FROM ${table} WHERE tenant_id = current_setting('plinth.tenant')::uuid
      AND id IN (SELECT each::uuid FROM json_array_elements_text($1::json) each)`,
    values: [JSON.stringify(ids)],
  }
}

export function deleteRow(table: string, id: string): Statement {
  return {
    text: `DELETE FROM ${table} WHERE tenant_id = current_setting('plinth.tenant')::uuid AND id = $1::uuid`,
    values: [id],
  }
}

/** Stored values by property, as `toStored` gives them, by column. */
export function byColumn(model: EntityModel, stored: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    // A renamed field has kept its column. What is no field is a column already, or the tenant.
    Object.entries(stored).map(([name, value]) => [
      model.byName.get(name)?.column ?? columnName(name),
      value,
    ]),
  )
}
