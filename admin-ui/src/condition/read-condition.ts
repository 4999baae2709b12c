import type { ConditionInput, Filter } from '@plinth/sdk'
import { operatorsOf, SELF, type Alternatives, type Clause, type ClauseOperator } from './clauses.ts'
import { askedBeside, periodOf } from './periods.ts'

/** A condition as alternatives of clauses; undefined where they cannot say the same. */
export function readCondition(filter: Filter, fields: readonly ConditionInput[]): Alternatives | undefined {
  const { or, ...rest } = filter
  if (or === undefined) return asList([readAll(filter, fields)])
  if (Object.keys(rest).length > 0) return undefined
  return asList(or.map((each) => readAll(each, fields)))
}

function asList(groups: readonly (readonly Clause[] | undefined)[]): Alternatives | undefined {
  const whole = groups.filter((group) => group !== undefined && group.length > 0) as Alternatives
  return whole.length > 0 && whole.length === groups.length ? whole : undefined
}

/** Clauses that must all hold. */
function readAll(filter: Filter, fields: readonly ConditionInput[]): readonly Clause[] | undefined {
  const found = Object.entries(filter).map(([key, value]) => {
    if (key === 'or' || key === 'not') return undefined
    if (key === 'and') {
      const inner = (value as readonly Filter[]).map((each) => readAll(each, fields))
      return inner.every((each) => each !== undefined) ? inner.flat() : undefined
    }
    const field = fields.find(({ name }) => name === key)
    return field && readField(field, value)
  })
  return found.every((each) => each !== undefined) ? found.flat() : undefined
}

function readField(field: ConditionInput, condition: unknown): readonly Clause[] | undefined {
  const asked: Readonly<Record<string, unknown>> =
    typeof condition === 'object' && condition !== null && !Array.isArray(condition)
      ? (condition as Record<string, unknown>)
      : { eq: condition }
  const period = operatorsOf(field).includes('during') ? periodOf(asked) : undefined
  const clauses = askedBeside(period, asked).map(([operator, value]) => readOperator(field, operator, value))
  if (period) clauses.unshift({ field: field.name, operator: 'during', value: period })
  return clauses.every((each) => each !== undefined) ? clauses : undefined
}

function readOperator(field: ConditionInput, operator: string, value: unknown): Clause | undefined {
  const known = operatorsOf(field)
  const clause = (meant: ClauseOperator, entered: unknown = null): Clause | undefined =>
    known.includes(meant) ? { field: field.name, operator: meant, value: entered } : undefined
  if (operator === 'isNull') return clause(value === true ? 'empty' : 'filled')
  if (operator === 'eq' || operator === 'ne') {
    const isSame = operator === 'eq'
    if (value === null) return clause(isSame ? 'empty' : 'filled')
    if (value === SELF && field.type === 'member') return clause(isSame ? 'self' : 'notSelf')
    if (typeof value === 'boolean') return isSame ? clause(value ? 'yes' : 'no') : undefined
  }
  const days = typeof value === 'string' ? /^\$now-P(\d{1,4})D$/u.exec(value)?.[1] : undefined
  if (days !== undefined && (operator === 'gte' || operator === 'lt'))
    return clause(operator === 'gte' ? 'younger' : 'older', Number(days))
  return isValue(field, operator, value) ? clause(operator as ClauseOperator, value) : undefined
}

/** Whether the inputs can show the value. */
function isValue({ type, values }: ConditionInput, operator: string, value: unknown): boolean {
  const isText = typeof value === 'string' && !value.startsWith('$')
  if (operator === 'currency') return isText
  switch (type) {
    case 'enum': {
      const chosen = Array.isArray(value) ? value : [value]
      const isList = operator === 'in' || operator === 'nin'
      return (
        isList === Array.isArray(value) && chosen.every((each) => values?.some((one) => one.value === each))
      )
    }
    case 'int':
      return Number.isInteger(value)
    case 'decimal':
      return typeof value === 'number' || isText
    case 'money':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        'amount' in value &&
        'currency' in value
      )
  }
  return isText
}
