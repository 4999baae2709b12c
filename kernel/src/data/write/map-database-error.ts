import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { constraintName } from '../model/names.ts'
import { uniqueSets } from '../model/orm-schema.ts'

interface DatabaseError {
  readonly code?: string
  readonly constraint?: string
  readonly table?: string
  readonly cause?: unknown
}

/** Turns what the database refuses into the problem a person understands. Everything else is returned as it came. */
export function mapDatabaseError(
  error: unknown,
  model: EntityModel,
  models: Models,
  deleting: boolean,
): unknown {
  const { code, constraint, table } = driverError(error)
  if (code === '23505') return uniqueViolated(model, constraint, error)
  if (code === '23503' || code === '23001') {
    const own = model.fields.find((field) => constraintName(model.table, 'fk', [field.column]) === constraint)
    // An entity that refers to itself has one constraint for both: on deletion it is the others who refer.
    if (own && table === model.table && !deleting) {
      return new Failure('reference_unknown', {
        errors: [{ pointer: `/${own.name}`, code: 'reference', detail: 'There is no such record.' }],
        cause: error,
      })
    }
    return stillReferenced(models, table, constraint, error)
  }
  if (code === '54000') return tooLong(model, constraint, error)
  if (code === '22003')
    return new Failure('validation_failed', { detail: 'A number is out of range.', cause: error })
  return error
}

function driverError(error: unknown): DatabaseError {
  const outer = error as DatabaseError
  if (outer.constraint !== undefined || outer.cause === undefined) return outer
  return driverError(outer.cause)
}

function uniqueViolated(model: EntityModel, constraint: string | undefined, cause: unknown): Failure {
  const detail = 'Another record has this value already.'
  return new Failure('unique_violated', { errors: errorsOf(model, constraint, 'unique', detail), cause })
}

/** An index takes values up to a third of a page. */
function tooLong(model: EntityModel, constraint: string | undefined, cause: unknown): Failure {
  const detail = 'The value is too long to be unique.'
  return new Failure('validation_failed', {
    detail: 'A value is too long to be looked up.',
    errors: errorsOf(model, constraint, 'maxLength', detail),
    cause,
  })
}

function errorsOf(
  model: EntityModel,
  constraint: string | undefined,
  code: string,
  detail: string,
): ProblemError[] {
  const set = uniqueSets(model).find((each) => each.name === constraint)
  return (set?.fields ?? []).map((field) => ({ pointer: `/${field}`, code, detail }))
}

function stillReferenced(
  models: Models,
  table: string | undefined,
  constraint: string | undefined,
  cause: unknown,
): Failure {
  for (const other of models.values()) {
    if (other.table !== table) continue
    const field = other.fields.find((each) => constraintName(other.table, 'fk', [each.column]) === constraint)
    if (field)
      return new Failure('still_referenced', { extensions: { entity: other.id, field: field.name }, cause })
  }
  return new Failure('still_referenced', { cause })
}
