import type { EntityModel } from '../data/index.ts'
import { Failure } from '../errors.ts'

/** Plugin code asked for a record that is not there. */
export class MissingRecord extends Failure {
  readonly id: string

  constructor(id: string) {
    super('not_found')
    this.id = id
  }
}

/**
 * A hook that looks at what a reference leads to finds out before the database does that it leads nowhere. To whoever sent the request that
 * is a value that is not accepted, not an address that does not exist.
 *
 * @param values what the hook was told of the record
 */
export function explainMissing(
  model: EntityModel,
  values: Readonly<Record<string, unknown>>,
  error: unknown,
): unknown {
  if (!(error instanceof MissingRecord)) return error
  const field = model.fields.find(({ name, target }) => target !== undefined && values[name] === error.id)
  if (!field) return error
  const errors = [{ pointer: `/${field.name}`, code: 'reference', detail: 'There is no such record.' }]
  return new Failure('reference_unknown', { errors, cause: error })
}
