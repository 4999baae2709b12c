import type { Condition } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { filterValue } from './filter-value.ts'
import { isStorable } from './storable.ts'
import type { SqlValues } from './sql-values.ts'

/**
 * Compiles a condition on an encrypted field. Equality is asked of its blind index, where it has one; there is nothing else to ask.
 *
 * @throws Failure `query_invalid` with a pointer into the filter
 */
export function compileSecret(
  model: EntityModel,
  field: FieldModel,
  condition: Condition,
  values: SqlValues,
  alias: string,
  pointer: string,
  secrets: Secrets | undefined,
): string[] {
  const isNull = (yes: boolean): string => `${alias}.${field.column} IS ${yes ? '' : 'NOT '}NULL`
  const equal = (value: unknown, at: string): string => {
    if (field.blind === undefined || !secrets)
      throw refuse(at, 'operator', `"${field.name}" is encrypted and has no index to look values up in.`)
    const bound = filterValue(field, value)
    if (bound === undefined || (typeof bound === 'string' && !isStorable(bound)))
      throw refuse(at, 'type', `This is no value of "${field.name}" (${field.declaration.type}).`)
    return `${alias}.${field.blind} = ${values.add(secrets.blind(model, field, bound))}::bytea`
  }
  if (condition === null) return [isNull(true)]
  if (typeof condition !== 'object') return [equal(condition, pointer)]
  const entries = Object.entries(condition)
  if (Array.isArray(condition) || entries.length === 0)
    throw refuse(pointer, 'type', 'A condition is a value or an object of operators.')
  return entries.map(([operator, value]) => {
    const at = `${pointer}/${operator}`
    if (operator === 'eq') return value === null ? isNull(true) : equal(value, at)
    if (operator === 'isNull') {
      if (typeof value !== 'boolean') throw refuse(at, 'type', '"isNull" takes true or false.')
      return isNull(value)
    }
    if (operator === 'in') {
      if (!Array.isArray(value) || value.length > 200)
        throw refuse(at, 'type', '"in" takes a list of at most 200 values.')
      const each = value.map((one, index) => equal(one, `${at}/${index}`))
      return each.length === 0 ? 'false' : `(${each.join(' OR ')})`
    }
    throw refuse(
      at,
      'operator',
      `"${field.name}" is encrypted: it can be asked for with eq, in and isNull only.`,
    )
  })
}

function refuse(pointer: string, code: string, detail: string): Failure {
  return new Failure('query_invalid', { errors: [{ pointer, code, detail }] })
}
