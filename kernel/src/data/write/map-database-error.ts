import { pick, type ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { CUSTOM, sideTable } from '../model/custom-fields.ts'
import type { EntityModel, Models } from '../model/entity-model.ts'
import { constraintName } from '../model/names.ts'
import { uniqueSets } from '../model/orm-schema.ts'
import { checkConstraint } from '../schema/check-constraints.ts'

interface DatabaseError {
  readonly code?: string
  readonly constraint?: string
  readonly table?: string
  readonly column?: string
  readonly cause?: unknown
}

/**
 * Turns what the database refuses into the problem a person understands. Everything else is returned as it came.
 *
 * @param deleting whether records were removed: it decides who is at fault when a reference is violated
 */
export function mapDatabaseError(error: unknown, models: Models, deleting: boolean): unknown {
  const { code, constraint, table } = driverError(error)
  if (code === '22003')
    return new Failure('validation_failed', { detail: 'A number is out of range.', cause: error })
  const model = [...models.values()].find((each) => each.table === table)
  // The index that takes no longer value is not always named.
  if (code === '54000') return tooLong(model, constraint, error)
  if (!model) return customRefused(models, driverError(error), deleting, error)
  switch (code) {
    case '23505':
      return uniqueViolated(model, constraint, error)
    case '23503':
    case '23001': {
      const own = model.fields.find(
        (field) => constraintName(model.table, 'fk', [field.column]) === constraint,
      )
      // The constraint is the same for both: on deletion it is the others who refer.
      if (own && !deleting) return unknownReference(own.name, error)
      return stillReferenced(models, table, constraint, error)
    }
    case '23514':
      return checkBroken(model, constraint, error)
    default:
      return error
  }
}

/** The table a refusal of the database was about, where that is known. */
export function refusedTable(error: unknown): string | undefined {
  return driverError(error).table
}

function unknownReference(field: string, cause: unknown): Failure {
  const errors = [{ pointer: `/${field}`, code: 'reference', detail: 'There is no such record.' }]
  return new Failure('reference_unknown', { errors, cause })
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

/**
 * What the side table of an entity's custom fields is about: a value that has been taken while its record was in the trash, or a reference,
 * which is in the way of a deletion or leads nowhere any more.
 */
function customRefused(
  models: Models,
  { code, table, column }: DatabaseError,
  deleting: boolean,
  cause: unknown,
): unknown {
  const model = [...models.values()].find((each) => sideTable(each.table) === table)
  if (!model || (code !== '23505' && code !== '23503')) return cause
  const field = model.custom.find(({ custom }) => custom!.id === column)
  if (code === '23503' && deleting)
    return new Failure('still_referenced', {
      extensions: { entity: model.id, ...(field ? { field: field.name } : {}) },
      cause,
    })
  const pointer = field ? `/${CUSTOM}/${field.custom!.key}` : `/${CUSTOM}`
  return code === '23505'
    ? new Failure('unique_violated', {
        errors: [{ pointer, code: 'unique', detail: 'Another record has this value already.' }],
        cause,
      })
    : new Failure('reference_unknown', {
        errors: [{ pointer, code: 'reference', detail: 'There is no such record.' }],
        cause,
      })
}

/** The kernel has judged the rules before; this is for what it could not see. */
function checkBroken(model: EntityModel, constraint: string | undefined, cause: unknown): unknown {
  const check = model.declaration.checks?.find((each) => checkConstraint(model, each).name === constraint)
  if (!check) return cause
  const errors = [
    { pointer: `/${check.field}`, code: `check.${check.id}`, detail: pick(check.message, 'en') },
  ]
  return new Failure('validation_failed', { errors, cause })
}

/** An index takes values up to a third of a page. */
function tooLong(model: EntityModel | undefined, constraint: string | undefined, cause: unknown): Failure {
  const detail = 'The value is too long to be unique.'
  return new Failure('validation_failed', {
    detail: 'A value is too long to be looked up.',
    errors: model ? errorsOf(model, constraint, 'maxLength', detail) : [],
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
