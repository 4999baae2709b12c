import type { ConditionField, Filter, FilterOperator } from '@plinth/sdk'
import { common, fmt, pick } from '@plinth/ui'
import { askedBeside, periodOf } from '../condition/periods.ts'
import { agoWords, relativeWords } from './relative-words.ts'
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

/** What is said of days and moments instead. */
const IN_TIME = {
  lt: 'condition.before',
  lte: 'condition.until',
  gt: 'condition.after',
  gte: 'condition.since',
} as const

/** What a member or record is called, where that is known. */
type NameOf = (field: ConditionField, id: string) => string | undefined

/**
 * A condition as a person reads it.
 *
 * @param who what stands for the member it is about: "you", or a name
 */
export function conditionWords(
  filter: Filter,
  fields: readonly ConditionField[],
  who: string,
  nameOf: NameOf = () => undefined,
): string {
  const { or, ...others } = filter
  const within = (each: Filter): string => words(each, fields, who, nameOf)
  // Alternatives that are all there is need no brackets.
  return or && Object.keys(others).length === 0 ? alternatives(or, within) : within(filter)
}

function words(filter: Filter, fields: readonly ConditionField[], who: string, nameOf: NameOf): string {
  const parts = Object.entries(filter).flatMap(([key, value]): string[] => {
    if (value === undefined) return []
    const within = (each: Filter): string => words(each, fields, who, nameOf)
    if (key === 'and') return (value as readonly Filter[]).map((each) => within(each))
    if (key === 'or') return [`(${alternatives(value as readonly Filter[], within)})`]
    if (key === 'not') return [t('condition.not', { condition: within(value as Filter) })]
    return fieldWords(
      fields.find((field) => field.name === key) ?? { name: key, label: { en: key }, type: '' },
      value,
      who,
      nameOf,
    )
  })
  return parts.join(t('condition.and'))
}

function alternatives(filters: readonly Filter[], within: (each: Filter) => string): string {
  return filters.map((each) => alternative(each, within)).join(t('condition.or'))
}

/** In brackets of its own where it is more than one question. */
function alternative(filter: Filter, within: (each: Filter) => string): string {
  const [first, ...others] = Object.values(filter)
  const isOne = others.length === 0 && !(isAsked(first) && Object.keys(first).length > 1) && !filter.and
  return isOne ? within(filter) : `(${within(filter)})`
}

const isAsked = (condition: unknown): condition is object =>
  typeof condition === 'object' && condition !== null && !Array.isArray(condition)

function fieldWords(field: ConditionField, condition: unknown, who: string, nameOf: NameOf): string[] {
  const name = pick(field.label)
  const wanted: Readonly<Record<string, unknown>> = isAsked(condition)
    ? (condition as Record<string, unknown>)
    : condition === null
      ? { isNull: true }
      : { eq: condition }
  const isTime = field.type === 'date' || field.type === 'datetime'
  const period = isTime ? periodOf(wanted) : undefined
  const said = askedBeside(period, wanted).map(([operator, value]) => {
    const ago = isTime && (operator === 'gte' || operator === 'lt') ? agoWords(value) : undefined
    if (ago !== undefined)
      return t(operator === 'gte' ? 'condition.younger' : 'condition.older', { field: name, value: ago })
    if (operator === 'isNull')
      return t(value === true ? 'condition.isNull' : 'condition.isFilled', { field: name })
    if (operator === 'eq' && value === SELF) return t('condition.names', { field: name, value: who })
    const wordsOfValue = Array.isArray(value)
      ? value.map((each) => valueWords(field, each, who, nameOf)).join(', ')
      : valueWords(field, value, who, nameOf)
    return t(keyOf(field, operator as FilterOperator), { field: name, value: wordsOfValue })
  })
  return period ? [t(`condition.during.${period}`, { field: name }), ...said] : said
}

function keyOf({ type }: ConditionField, operator: FilterOperator) {
  const isTime = type === 'date' || type === 'datetime'
  return isTime && operator in IN_TIME
    ? IN_TIME[operator as keyof typeof IN_TIME]
    : (OPERATORS[operator] ?? 'condition.eq')
}

function valueWords(field: ConditionField, value: unknown, who: string, nameOf: NameOf): string {
  const { type, values } = field
  if (value === SELF) return who
  if (typeof value === 'boolean') return common(value ? 'common.yes' : 'common.no')
  if (typeof value === 'number') return fmt.num(value)
  if (typeof value === 'object' && value !== null) return partsWords(value)
  const text = String(value)
  if (type === 'int' || type === 'decimal') return fmt.num(text)
  // An amount's currency.
  if (type === 'money') return text
  if (type === 'date') return relativeWords(text) ?? fmt.date(text)
  if (type === 'datetime') return relativeWords(text) ?? fmt.datetime(text)
  // An id says nothing.
  if (type === 'member') return nameOf(field, text) ?? t('condition.someMember')
  if (type === 'ref') return nameOf(field, text) ?? t('condition.someRecord')
  const choice = values?.find((each) => each.value === text)
  return choice ? pick(choice.label) : t('condition.text', { value: text })
}

/** An amount of money, or a place. */
function partsWords(value: object): string {
  const { amount, currency } = value as { readonly amount?: string; readonly currency?: string }
  return amount !== undefined && currency !== undefined
    ? fmt.money(amount, currency)
    : Object.values(value).join(' ')
}
