import { DATE_BUCKETS, type AggregateOptions, type ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { MEASURES, type AggregateQuery, type GroupKey } from './aggregate-query.ts'
import { isUsable } from './compile-mask.ts'
import { checkParameters, parseFilter, parseSearch, type Fault } from './parse-list-query.ts'
import type { ReadScope } from './row-scope.ts'

const PARAMETERS = new Set(['group', ...MEASURES, 'count', 'filter', 'q', 'sort', 'limit'])
const PLAIN_KEYS = new Set(['enum', 'bool', 'ref', 'member'])
const DATES = new Set(['date', 'datetime'])
const NUMBERS = new Set(['int', 'decimal', 'money'])
const MOST_GROUPS = 1_000

/**
 * Reads the query parameters of an aggregate. All faults are named together, each by `/query/<parameter>`.
 *
 * @throws Failure `query_invalid`
 */
export function parseAggregateQuery(
  model: EntityModel,
  parameters: URLSearchParams,
  scope: ReadScope,
): AggregateQuery {
  const errors: ProblemError[] = []
  const fault: Fault = (parameter, code, detail) =>
    void errors.push({ pointer: `/query/${parameter}`, code, detail })
  checkParameters(parameters, PARAMETERS, fault)
  const filter = parseFilter(model, parameters.get('filter'), scope, errors)
  const search = parseSearch(model, parameters.get('q'), fault)
  // The number of records is always there; asking for it is no fault.
  const count = parameters.get('count')
  if (count !== null && count !== 'true') fault('count', 'type', 'Say true, or nothing.')
  const limit = parameters.get('limit')
  const list = (name: string) => (parameters.get(name) || undefined)?.split(',') ?? []
  const query = checkAggregate(
    model,
    {
      group: list('group'),
      sum: list('sum'),
      avg: list('avg'),
      min: list('min'),
      max: list('max'),
      sort: parameters.get('sort') ?? '',
      ...(limit === null ? {} : { limit: /^\d{1,4}$/.test(limit) ? Number(limit) : 0 }),
    },
    fault,
    scope,
  )
  if (errors.length > 0) throw new Failure('query_invalid', { errors })
  return { ...query, filter, search }
}

/** Checks everything but the filter, and reports each fault by the option it is in. */
export function checkAggregate(
  model: EntityModel,
  options: AggregateOptions,
  fault: Fault,
  scope: ReadScope,
): AggregateQuery {
  const hidden = (option: string, field: FieldModel): boolean => {
    if (field.declaration.encrypted) {
      fault(
        option,
        'encrypted',
        `"${field.name}" is encrypted: records are neither grouped nor measured by it.`,
      )
      return true
    }
    if (isUsable(model, field, scope)) return false
    fault(option, 'hidden', `You may not see the values of "${field.name}".`)
    return true
  }
  const asked = (options.group ?? []).flatMap((text) => readKey(model, text, fault, hidden))
  if (asked.length > 3) fault('group', 'too_many', 'Group by at most three fields.')
  if (new Set(asked.map((key) => key.field)).size < asked.length)
    fault('group', 'repeated', 'Group by each field once.')
  const measures = MEASURES.flatMap((measure) =>
    [...new Set(options[measure])].flatMap((name) => {
      const field = model.byName.get(name)
      if (field && hidden(measure, field)) return []
      if (field && isMeasurable(field, measure)) return [{ measure, field }]
      fault(measure, field ? 'type' : 'unknown_field', `There is no ${measure} of "${name}".`)
      return []
    }),
  )
  const group = withCurrencies(
    asked,
    measures.map(({ field }) => field),
  )
  if (measures.length > 20) fault('sum', 'too_many', 'Ask for at most twenty results.')
  const limit = options.limit ?? 100
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_GROUPS)
    fault('limit', 'range', `The limit is a number from 1 to ${MOST_GROUPS}.`)
  const columns = new Map([
    ['count', 'n'],
    // Amounts of different currencies have no order.
    ...measures.flatMap(({ measure, field }, index) =>
      hasOneCurrency(field) ? [[`${measure}.${field.name}`, `m${index}`] as const] : [],
    ),
    ...group.map(({ name }, index) => [name, `k${index}`] as const),
  ])
  const sort = (options.sort || undefined)?.split(',').flatMap((part) => {
    const descending = part.startsWith('-')
    const column = columns.get(descending ? part.slice(1) : part)
    if (column !== undefined) return [{ column, descending }]
    fault('sort', 'unknown_field', `"${part}" is not among what is asked for.`)
    return []
  })
  return { model, filter: options.filter, search: undefined, group, measures, sort: sort ?? [], limit }
}

/** Amounts of different currencies are never added up: where each brings its own, they are grouped by it. */
function withCurrencies(group: readonly GroupKey[], measured: readonly FieldModel[]): GroupKey[] {
  const open = [...new Set(measured)].filter(
    (field) => !hasOneCurrency(field) && !group.some((key) => key.field === field),
  )
  return [...group, ...open.map(currencyKey)]
}

function hasOneCurrency({ declaration: { type, currency } }: FieldModel): boolean {
  return type !== 'money' || currency !== undefined
}

function currencyKey(field: FieldModel): GroupKey {
  return { name: `${field.name}.currency`, field, column: field.columns[1]!, bucket: undefined }
}

function readKey(
  model: EntityModel,
  text: string,
  fault: Fault,
  hidden: (option: string, field: FieldModel) => boolean,
): GroupKey[] {
  const [name = '', wanted, ...rest] = text.split(':')
  const whole = model.byName.get(name)
  const dot = whole ? -1 : name.lastIndexOf('.')
  const part = dot < 0 ? undefined : name.slice(dot + 1)
  const field = whole ?? model.byName.get(name.slice(0, Math.max(dot, 0)))
  if (field && hidden('group', field)) return []
  const type = field?.declaration.type ?? ''
  if (field && type === 'money' && part === 'currency' && wanted === undefined) return [currencyKey(field)]
  const bucket = DATE_BUCKETS.find((each) => each === wanted)
  const key = field && part === undefined ? { name, field, column: field.column } : undefined
  if (key && wanted === undefined && PLAIN_KEYS.has(type)) return [{ ...key, bucket: undefined }]
  if (key && bucket && rest.length === 0 && DATES.has(type)) return [{ ...key, bucket }]
  const detail = DATES.has(type)
    ? `Say by what to group "${name}": ${DATE_BUCKETS.map((each) => `${name}:${each}`).join(', ')}.`
    : `Records cannot be grouped by "${text}".`
  fault('group', field && part === undefined ? 'type' : 'unknown_field', detail)
  return []
}

function isMeasurable(field: FieldModel, measure: string): boolean {
  const { type } = field.declaration
  return NUMBERS.has(type) || (DATES.has(type) && (measure === 'min' || measure === 'max'))
}
