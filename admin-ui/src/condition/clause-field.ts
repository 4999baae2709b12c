import type { ConditionInput, FieldMeta } from '@plinth/sdk'
import { currencies, locale } from '@plinth/ui'
import { entryOf, type ClauseOperator } from './clauses.ts'
import { PERIODS } from './periods.ts'
import { t } from './texts.ts'

/** A part of any of these is asked for: what is entered need not be whole. */
const AS_TEXT = new Set(['text', 'email', 'phone', 'url', 'iban', 'tags'])

/** What the input for a value is drawn from. */
export function fieldOfClause(input: ConditionInput, operator: ClauseOperator): FieldMeta {
  const { name, label, type, values, scale, currency, ref } = input
  const asText = AS_TEXT.has(type) || (type === 'ref' && ref === undefined)
  const plain = { name, label, required: false, readOnly: false, immutable: false, sortable: false }
  const entry = entryOf(operator)
  if (entry === 'days') return { ...plain, type: 'int', min: 1, max: 9999 }
  if (entry === 'period')
    return {
      ...plain,
      type: 'enum',
      values: PERIODS.map((value) => ({ value, label: { en: t(`condition.period.${value}`) } })),
    }
  if (entry === 'currency')
    return {
      ...plain,
      type: 'enum',
      values: currencies(locale.value).map((each) => ({ value: each.code, label: { en: each.name } })),
    }
  return {
    ...plain,
    type: asText ? 'string' : (type as FieldMeta['type']),
    ...(values ? { values } : {}),
    ...(scale === undefined ? {} : { scale }),
    ...(currency === undefined ? {} : { currency }),
    ...(ref ? { ref: { ...ref, include: '', path: '' } } : {}),
  }
}

/** What was entered, as the server compares it. */
export function enteredValue({ type }: FieldMeta, value: unknown): unknown {
  return type === 'int' && typeof value === 'string' ? Number(value) : value
}
