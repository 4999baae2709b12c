import type { ConditionField, Filter, FilterOperator } from '@plinth/sdk'
import { common, fmt, pick } from '@plinth/ui'
import { t } from './texts.ts'

const SELF = '$actor.id'

const OPERATORS = {
  eq: 'condition.eq',
  ne: 'condition.ne',
  in: 'condition.in',
  nin: 'condition.nin',
  lt: 'condition.lt',
  lte: 'condition.lte',
  gt: 'condition.gt',
  gte: 'condition.gte',
  contains: 'condition.contains',
  startsWith: 'condition.startsWith',
  isNull: 'condition.isNull',
  near: 'condition.near',
  currency: 'condition.currency',
} as const satisfies Record<FilterOperator, string>

/**
 * A condition as a person reads it.
 *
 * @param who what stands for the member it is about: "you", or a name
 */
export function conditionWords(filter: Filter, fields: readonly ConditionField[], who: string): string {
  const parts = Object.entries(filter).flatMap(([key, value]): string[] => {
    if (value === undefined) return []
    const within = (each: Filter): string => conditionWords(each, fields, who)
    if (key === 'and') return (value as readonly Filter[]).map((each) => within(each))
    if (key === 'or')
      return [`(${(value as readonly Filter[]).map((each) => within(each)).join(t('condition.or'))})`]
    if (key === 'not') return [t('condition.not', { condition: within(value as Filter) })]
    return fieldWords(
      fields.find((field) => field.name === key) ?? { name: key, label: { en: key }, type: '' },
      value,
      who,
    )
  })
  return parts.join(t('condition.and'))
}

function fieldWords(field: ConditionField, condition: unknown, who: string): string[] {
  const name = pick(field.label)
  const isOperators = typeof condition === 'object' && condition !== null && !Array.isArray(condition)
  const wanted: Readonly<Record<string, unknown>> = isOperators
    ? (condition as Record<string, unknown>)
    : condition === null
      ? { isNull: true }
      : { eq: condition }
  return Object.entries(wanted).map(([operator, value]) => {
    if (operator === 'isNull')
      return t(value === true ? 'condition.isNull' : 'condition.isFilled', { field: name })
    if (operator === 'eq' && value === SELF) return t('condition.names', { field: name, value: who })
    const words = Array.isArray(value)
      ? value.map((each) => valueWords(field, each, who)).join(', ')
      : valueWords(field, value, who)
    return t(OPERATORS[operator as FilterOperator] ?? 'condition.eq', { field: name, value: words })
  })
}

function valueWords({ type, values }: ConditionField, value: unknown, who: string): string {
  if (value === SELF) return who
  if (typeof value === 'boolean') return common(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return String(value)
  if (typeof value === 'object' && value !== null) return Object.values(value).join(' ')
  const text = String(value)
  if (type === 'date') return fmt.date(text)
  if (type === 'datetime') return fmt.datetime(text)
  // A name would take another question, and an id says nothing.
  if (type === 'member') return t('condition.someMember')
  const choice = values?.find((each) => each.value === text)
  return choice ? pick(choice.label) : t('condition.text', { value: text })
}
