import { Failure } from '../../errors.ts'
import type { Database, TenantScope } from '../database.ts'

/** A reference of one of several records that are saved together points to nothing; the database does not say which. */
export class UnknownReference extends Failure {
  /** Table the reference leads to, with its schema. */
  readonly #target: string
  readonly #suspects: readonly { readonly pointer: string; readonly id: string }[]

  constructor(
    target: string,
    suspects: readonly { readonly pointer: string; readonly id: string }[],
    pointer: string,
    cause: unknown,
  ) {
    super('reference_unknown', {
      errors: (suspects.length === 1 ? suspects : [{ pointer }]).map((suspect) => unknown(suspect.pointer)),
      cause,
    })
    this.#target = target
    this.#suspects = suspects
  }

  /** The same refusal naming the references that lead nowhere, found out after the transaction. */
  async pinpoint(database: Database, scope: TenantScope): Promise<Failure> {
    if (this.#suspects.length < 2) return this
    const rows = await database.query<{ i: number }>(scope, {
      text: `SELECT (s.i - 1)::int AS i FROM json_array_elements_text($1::json) WITH ORDINALITY s(id, i)
        WHERE NOT EXISTS (SELECT FROM ${this.#target} t WHERE t.tenant_id = current_setting('plinth.tenant')::uuid AND t.id = s.id::uuid) ORDER BY s.i`,
      values: [JSON.stringify(this.#suspects.map(({ id }) => id))],
    })
    if (rows.length === 0) return this
    const errors = rows.map(({ i }) => unknown(this.#suspects[i]!.pointer))
    return new Failure('reference_unknown', { errors, cause: this.cause })
  }
}

function unknown(pointer: string) {
  return { pointer, code: 'reference', detail: 'There is no such record.' }
}
