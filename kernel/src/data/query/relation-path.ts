import { Failure } from '../../errors.ts'
import { CUSTOM } from '../model/custom-fields.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { columnOf } from './compile-custom.ts'
import type { ReadScope, RowScope } from './row-scope.ts'
import type { SqlValues } from './sql-values.ts'

/** References followed in one path. */
const MAX_HOPS = 3

/** Where a path ends. */
interface PathEnd {
  readonly model: EntityModel
  readonly field: FieldModel
  /** Table alias of the record that has the field. */
  readonly alias: string
  /** Wraps a condition on that record: it must exist, at the end of the references, for this actor. */
  readonly around: (condition: string) => string
}

/**
 * Follows a path such as `customer.ownerEmployee.lastName` or `custom.branch.record.city` by the names references are included under.
 * Every record on the way must be one the actor may see. An entity that is switched off, out of the plugin's reach or hidden from the actor is answered like one
 * that does not exist, so that paths reveal nothing.
 *
 * @param visible compiles which rows of an entity the actor may see, for an alias
 * @throws Failure `query_invalid`
 */
export function followPath(
  model: EntityModel,
  path: string,
  pointer: string,
  alias: string,
  values: SqlValues,
  scope: ReadScope,
  visible: (model: EntityModel, rows: RowScope, alias: string) => string,
): PathEnd {
  const names = namesIn(path)
  const last = names.pop()!
  if (names.length > MAX_HOPS)
    throw refuse(pointer, 'too_deep', `Paths follow at most ${MAX_HOPS} references.`)
  const opened: string[] = []
  let here = { model, alias }
  for (const [index, name] of names.entries()) {
    const reference = referencesOf(here.model).find((field) => field.include === name)
    const target = reference && scope.models.get(reference.target ?? '')
    const rows = target && model.reach.has(target.plugin) && scope.readable(target)
    if (!reference || !target || !rows) throw unknown(model, path, pointer)
    const inner = `${alias}_${index + 1}`
    // OFFSET 0 keeps the planner from joining: where it thinks a tenant small, it would join by the tenant alone, each row with each.
    opened.push(`EXISTS (SELECT FROM ${scope.schema}.${target.table} ${inner}
    WHERE ${inner}.tenant_id = ${here.alias}.tenant_id AND ${inner}.id = ${columnOf(reference, here.alias, values)}
    AND ${visible(target, rows, inner)} AND `)
    here = { model: target, alias: inner }
  }
  const field = here.model.byName.get(last)
  if (!field || field.members) throw unknown(model, path, pointer)
  const close = ' OFFSET 0)'.repeat(opened.length)
  return {
    model: here.model,
    field,
    alias: here.alias,
    around: (condition) => `${opened.join('')}${condition}${close}`,
  }
}

/** The names on the way: a field the tenant has added is called `custom.<name>`, what one leads to `custom.<name>.record`. */
function namesIn(path: string): string[] {
  const parts = path.split('.')
  const names: string[] = []
  while (parts.length > 0) {
    const length = parts[0] !== CUSTOM ? 1 : parts[2] === 'record' ? 3 : 2
    names.push(parts.splice(0, length).join('.'))
  }
  return names
}

function referencesOf({ fields, custom }: EntityModel): readonly FieldModel[] {
  return custom.length === 0 ? fields : [...fields, ...custom]
}

function unknown(model: EntityModel, path: string, pointer: string): Failure {
  return refuse(pointer, 'unknown_field', `${model.id} has no field "${path}".`)
}

function refuse(pointer: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer, code, detail }] })
}
