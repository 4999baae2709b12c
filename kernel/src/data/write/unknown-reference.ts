import { Failure } from '../../errors.ts'
import type { Database, TenantScope } from '../database.ts'
import type { FieldModel } from '../model/entity-model.ts'
import { refusedTable } from './map-database-error.ts'
import type { RecordJson } from './render-record.ts'
import { explain, tableOf, type LoneWrite } from './write.ts'

/** A reference that may be one that leads nowhere. */
export interface Suspect {
  readonly pointer: string
  readonly id: string
  /** Table it leads to, with its schema. */
  readonly table: string
  /** Whether rows of that table may lie in the trash, where nothing may refer to them. */
  readonly trashable: boolean
}

/** A reference among several points to nothing; the database names one at most. */
export class UnknownReference extends Failure {
  readonly #suspects: readonly Suspect[]

  /** @param pointer what the database says; where that is vague, as of many records at once, the place they are in */
  constructor(suspects: readonly Suspect[], pointer: string, cause: unknown) {
    super('reference_unknown', {
      errors: (suspects.length === 1 ? suspects : [{ pointer }]).map((suspect) => unknown(suspect.pointer)),
      cause,
    })
    this.#suspects = suspects
  }

  /** The same refusal naming all references that lead nowhere, found out after the transaction. */
  async pinpoint(database: Database, scope: TenantScope): Promise<Failure> {
    if (this.#suspects.length < 2) return this
    const tables = [...new Map(this.#suspects.map((each) => [each.table, each.trashable]))]
    const looks = tables.map(
      ([table, trashable], index) =>
        `SELECT (s.i - 1)::int AS i FROM json_array_elements_text($${index + 1}::json) WITH ORDINALITY s(id, i)
        WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT FROM ${table} t WHERE t.tenant_id = current_setting('plinth.tenant')::uuid
        AND t.id = s.id::uuid${trashable ? ' AND t.deleted_at IS NULL' : ''})`,
    )
    const rows = await database.query<{ i: number }>(scope, {
      text: `${looks.join(' UNION ALL ')} ORDER BY 1`,
      values: tables.map(([table]) =>
        JSON.stringify(this.#suspects.map((suspect) => (suspect.table === table ? suspect.id : null))),
      ),
    })
    if (rows.length === 0) return this
    const errors = rows.map(({ i }) => unknown(this.#suspects[i]!.pointer))
    return new Failure('reference_unknown', { errors, cause: this.cause })
  }
}

/** The references among some fields of a record, each as one that may lead nowhere. */
export function suspectsOf(
  write: LoneWrite,
  fields: readonly FieldModel[],
  record: RecordJson,
  pointer = '',
): Suspect[] {
  return fields.flatMap((field) => {
    const { name, target: entity, declaration } = field
    const id = record[name]
    if (typeof id !== 'string' || (entity === undefined && declaration.type !== 'member')) return []
    const target = entity === undefined ? undefined : write.models.get(entity)
    if (entity !== undefined && !target) return []
    const table = target ? tableOf({ ...write, model: target }) : 'plinth.member'
    return [{ pointer: `${pointer}/${name}`, id, table, trashable: target?.trashable === true }]
  })
}

/** Says what an error of the database means for a record: of its references all that lead nowhere, not the first alone. */
export function explainRecord(write: LoneWrite, record: RecordJson): (error: unknown) => unknown {
  return (error) => {
    const refusal = explain(write)(error)
    if (!(refusal instanceof Failure) || refusal.code !== 'reference_unknown') return refusal
    if (refusedTable(refusal.cause) !== write.model.table) return refusal
    const suspects = suspectsOf(write, write.model.fields, record)
    return new UnknownReference(suspects, refusal.errors[0]!.pointer, refusal.cause)
  }
}

function unknown(pointer: string) {
  return { pointer, code: 'reference', detail: 'There is no such record.' }
}
