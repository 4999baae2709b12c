/*
 * A condition while it is written: alternatives, each a list of clauses that must all hold. What nests deeper, or asks in ways for which
 * there is no input, is no such thing and stays as it is.
 */

export type ClauseOperator =
  | 'self'
  | 'notSelf'
  | 'eq'
  | 'ne'
  | 'in'
  | 'nin'
  | 'gte'
  | 'lte'
  | 'gt'
  | 'lt'
  | 'contains'
  | 'startsWith'
  | 'during'
  | 'younger'
  | 'older'
  | 'currency'
  | 'yes'
  | 'no'
  | 'empty'
  | 'filled'

/** One question about one field. An empty `field` is one yet to be chosen. */
export interface Clause {
  readonly field: string
  readonly operator: ClauseOperator
  /** As the server takes it, null while nothing is entered; without meaning for operators that need none. */
  readonly value: unknown
  /** Code of what keeps the typed text from being a value. */
  readonly problem?: string
}

export type Alternatives = readonly (readonly Clause[])[]

/** Stands for the member who acts. */
export const SELF = '$actor.id'

export const BLANK: Clause = { field: '', operator: 'eq', value: null }

const TEXT = ['eq', 'ne', 'contains', 'startsWith', 'empty', 'filled'] as const
const NUMBER = ['gte', 'lte', 'gt', 'lt', 'eq', 'ne', 'empty', 'filled'] as const
const FROM_NOW = ['during', 'younger', 'older'] as const
const PRESENCE = ['filled', 'empty'] as const

const OPERATORS: Readonly<Record<string, readonly ClauseOperator[]>> = {
  string: TEXT,
  text: TEXT,
  email: TEXT,
  phone: TEXT,
  url: TEXT,
  iban: TEXT,
  int: NUMBER,
  decimal: NUMBER,
  money: [...NUMBER, 'currency'],
  bool: ['yes', 'no', 'empty', 'filled'],
  date: ['gte', 'lte', 'gt', 'lt', 'eq', 'ne', ...FROM_NOW, 'empty', 'filled'],
  datetime: ['gte', 'lte', 'gt', 'lt', ...FROM_NOW, 'empty', 'filled'],
  enum: ['eq', 'ne', 'in', 'nin', 'empty', 'filled'],
  ref: ['eq', 'ne', 'empty', 'filled'],
  member: ['self', 'notSelf', 'eq', 'ne', 'empty', 'filled'],
  tags: ['contains', 'empty', 'filled'],
}

/** What can be asked of a field, the most usual first. */
export function operatorsOf({
  type,
  currency,
}: {
  readonly type: string
  readonly currency?: string
}): readonly ClauseOperator[] {
  const operators = OPERATORS[type] ?? PRESENCE
  return currency === undefined ? operators : operators.filter((each) => each !== 'currency')
}

/** What is entered for an operator: nothing, one value of the field, some of its values, a currency, a number of days, or a period. */
export function entryOf(operator: ClauseOperator): 'none' | 'one' | 'some' | 'currency' | 'days' | 'period' {
  if (operator === 'during') return 'period'
  if (operator === 'younger' || operator === 'older') return 'days'
  if (operator === 'in' || operator === 'nin') return 'some'
  if (operator === 'currency') return 'currency'
  return ['self', 'notSelf', 'yes', 'no', 'empty', 'filled'].includes(operator) ? 'none' : 'one'
}

/** Whether nothing of a clause is still to be chosen or entered. */
export function isWhole({ field, operator, value, problem }: Clause): boolean {
  if (field === '' || problem !== undefined) return false
  if (entryOf(operator) === 'none') return true
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Boolean((value as { amount?: unknown }).amount)
  return value !== null && value !== undefined && value !== ''
}
