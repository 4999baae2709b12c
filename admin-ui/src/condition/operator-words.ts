import type { ClauseOperator } from './clauses.ts'
import { t } from './texts.ts'

/** What an operator is called at a field of this type. */
export function operatorWords(operator: ClauseOperator, type: string): string {
  const isOrder = operator === 'gte' || operator === 'lte' || operator === 'gt' || operator === 'lt'
  return isOrder && (type === 'date' || type === 'datetime')
    ? t(`condition.time.${operator}`)
    : t(`condition.op.${operator}`)
}
