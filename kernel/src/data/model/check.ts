import { pick, type CheckDeclaration, type CheckFilter, type Money, type ProblemError } from '@plinth/sdk'
import type { EntityModel, FieldModel } from './entity-model.ts'
import { compare, exact } from './exact.ts'

type Values = Readonly<Record<string, unknown>>

/** As in SQL: what is compared with nothing is unknown. */
type Truth = boolean | undefined

/**
 * The rules over several fields that a record breaks.
 *
 * @param values the record as the API shows it
 */
export function brokenChecks(model: EntityModel, values: Values): ProblemError[] {
  return (model.declaration.checks ?? [])
    .filter((check) => isBroken(model, check, values))
    .map(({ id, field, message }) => ({
      pointer: `/${field}`,
      code: `check.${id}`,
      detail: pick(message, 'en'),
    }))
}

function isBroken(model: EntityModel, { when, that }: CheckDeclaration, values: Values): boolean {
  return (when === undefined || judge(model, when, values) === true) && judge(model, that, values) === false
}

function judge(model: EntityModel, filter: CheckFilter, values: Values): Truth {
  return all(
    Object.entries(filter).map(([key, value]) => {
      if (key === 'and') return all((value as CheckFilter[]).map((each) => judge(model, each, values)))
      if (key === 'or') return any((value as CheckFilter[]).map((each) => judge(model, each, values)))
      if (key === 'not') return negated(judge(model, value as CheckFilter, values))
      const field = model.byName.get(key)!
      return all(
        operators(value).map(([operator, operand]) =>
          holds(field, operator, values[key], resolve(operand, values)),
        ),
      )
    }),
  )
}

/** A value alone must be equalled. */
export function operators(condition: unknown): [string, unknown][] {
  if (condition === null) return [['isNull', true]]
  return typeof condition === 'object' ? Object.entries(condition) : [['eq', condition]]
}

/** Whether an operand names another field. */
export function isFieldOperand(operand: unknown): operand is { readonly field: string } {
  return typeof operand === 'object' && operand !== null && !Array.isArray(operand)
}

function resolve(operand: unknown, values: Values): unknown {
  return isFieldOperand(operand) ? values[operand.field] : operand
}

function holds(field: FieldModel, operator: string, value: unknown, other: unknown): Truth {
  const left = value ?? null
  if (operator === 'isNull') return (left === null) === other
  if (operator === 'in') return any((other as unknown[]).map((each) => equal(field, left, each)))
  if (operator === 'nin') return negated(any((other as unknown[]).map((each) => equal(field, left, each))))
  if (operator === 'eq') return equal(field, left, other)
  if (operator === 'ne') return negated(equal(field, left, other))
  if (left === null || other === null || other === undefined) return undefined
  const order = ordered(field, left, other)
  if (order === undefined) return false
  if (operator === 'lt') return order < 0
  if (operator === 'lte') return order <= 0
  return operator === 'gt' ? order > 0 : order >= 0
}

function equal(field: FieldModel, left: unknown, right: unknown): Truth {
  if (left === null || right === null || right === undefined) return undefined
  const order = ordered(field, left, right)
  return order === undefined ? false : order === 0
}

/** undefined where the two have no order, as amounts of different currencies. */
function ordered(field: FieldModel, left: unknown, right: unknown): number | undefined {
  switch (field.declaration.type) {
    case 'int':
    case 'decimal':
      return compare(exact(left)!, exact(right)!)
    case 'money': {
      const [one, other] = [amountOf(field, left), amountOf(field, right)]
      return one.currency === other.currency ? compare(exact(one.amount)!, exact(other.amount)!) : undefined
    }
    case 'datetime':
      return Date.parse(String(left)) - Date.parse(String(right))
    default:
      return left === right ? 0 : String(left) < String(right) ? -1 : 1
  }
}

function amountOf(field: FieldModel, value: unknown): Money {
  return typeof value === 'object'
    ? (value as Money)
    : { amount: value as string, currency: field.declaration.currency! }
}

function all(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false
  return parts.includes(undefined) ? undefined : true
}

function any(parts: readonly Truth[]): Truth {
  if (parts.includes(true)) return true
  return parts.includes(undefined) ? undefined : false
}

function negated(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth
}
