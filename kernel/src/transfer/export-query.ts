import type { ProblemError } from '@plinth/sdk'
import { Failure } from '../errors.ts'
import {
  labelsOf,
  checkParameters,
  parseFields,
  parseFilter,
  parseReveal,
  parseSearch,
  parseSort,
  type EntityModel,
  type ListQuery,
  type ReadScope,
} from '../data/index.ts'
import { allColumns, columnsOf, withMasks, type TransferColumn } from './transfer-column.ts'

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const
export const EXPORT_LOCALES = ['de', 'en'] as const
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const

/** A checked wish for a file of records. */
export interface ExportQuery {
  readonly format: (typeof EXPORT_FORMATS)[number]
  /** Set for files people read: labels instead of names, and what spreadsheets of that language expect. */
  readonly locale: (typeof EXPORT_LOCALES)[number] | undefined
  readonly bom: boolean
  readonly delimiter: ',' | ';' | '\t'
  readonly columns: readonly TransferColumn[]
  /** What the list would be asked, page after page. */
  readonly list: Omit<ListQuery, 'limit' | 'after'>
  /** Filter, search, order and fields as they were asked for, for the audit log. */
  readonly asked: Readonly<Record<string, string>>
}

const PARAMETERS = new Set([
  'format',
  'filter',
  'q',
  'sort',
  'fields',
  'locale',
  'bom',
  'delimiter',
  'reveal',
])

/**
 * Reads the query parameters of an export. All faults are named together, each by `/query/<parameter>`.
 *
 * @throws Failure `query_invalid`
 */
export function parseExportQuery(
  model: EntityModel,
  parameters: URLSearchParams,
  scope: ReadScope,
): ExportQuery {
  const errors: ProblemError[] = []
  const fault = (parameter: string, code: string, detail: string): void =>
    void errors.push({ pointer: `/query/${parameter}`, code, detail })
  const choose = <T extends string>(name: string, values: readonly T[]): T | undefined => {
    const text = parameters.get(name)
    if (text === null) return undefined
    const found = values.find((value) => value === text)
    if (found === undefined) fault(name, 'enum', `One of: ${values.join(', ')}.`)
    return found
  }
  checkParameters(parameters, PARAMETERS, fault)
  const search = parseSearch(model, parameters.get('q'), fault)
  const wanted = parameters.get('fields')
  const locale = choose('locale', EXPORT_LOCALES)
  const bom = choose('bom', ['true', 'false'])
  const delimiter = choose('delimiter', Object.keys(DELIMITERS) as (keyof typeof DELIMITERS)[])
  const format = choose('format', EXPORT_FORMATS) ?? 'csv'
  const filter = parseFilter(model, parameters.get('filter'), scope, errors)
  const sort = parseSort(model, parameters.get('sort'), fault, search !== undefined)
  const fields = parseFields(model, wanted, fault)
  const reveal = parseReveal(model, parameters.get('reveal'), (code, detail) => fault('reveal', code, detail))
  if (errors.length > 0) throw new Failure('query_invalid', { errors })
  // A label belongs to a record of a plugin that is on; of the others the id is all there is.
  const hasLabel = ({ target }: { readonly target?: string }): boolean =>
    target !== undefined && scope.models.has(target)
  const named = new Set(wanted?.split(','))
  const columns = (
    wanted === null
      ? allColumns(model)
      : columnsOf(fields.filter(({ name, members }) => named.has(name) || members))
  ).filter(({ field, part }) => part !== 'label' || field.declaration.type === 'member' || hasLabel(field))
  return {
    format,
    locale,
    bom: bom === undefined ? locale !== undefined : bom === 'true',
    delimiter: DELIMITERS[delimiter ?? (locale === 'de' ? 'semicolon' : 'comma')],
    columns: withMasks(columns, reveal),
    list: {
      model,
      filter,
      search,
      sort,
      fields,
      include: labelsOf(fields, scope.models),
      count: false,
      reveal,
    },
    asked: Object.fromEntries(parameters),
  }
}
