import { hasBackslashName } from './backslash-name.ts'
import type { Filter, ProblemError } from '@plinth/sdk'
import { Failure } from '../../errors.ts'
import { queryFields } from '../model/custom-fields.ts'
import type { EntityModel, FieldModel } from '../model/entity-model.ts'
import { isSortable } from '../model/field-sql.ts'
import { selected } from './compile-columns.ts'
import type { Cursors } from './cursor.ts'
import { compileFilter } from './compile-filter.ts'
import { filterFaults } from './filter-faults.ts'
import { parseInclude } from './include.ts'
import { RANK, type ListQuery, type SortKey } from './list-query.ts'
import type { ReadScope } from './row-scope.ts'
import { repeatedAt, repeatedMembers } from './repeated-members.ts'
import { isStorable } from './storable.ts'
import { SqlValues } from './sql-values.ts'

const PARAMETERS = new Set(['limit', 'cursor', 'sort', 'filter', 'q', 'include', 'fields', 'count', 'reveal'])

/**
 * Reads the query parameters of a list. All faults are named together, each by `/query/<parameter>`.
 *
 * @throws Failure `query_invalid` | `cursor_invalid`
 */
export function parseListQuery(
  model: EntityModel,
  parameters: URLSearchParams,
  tenantId: string,
  cursors: Cursors,
  scope: ReadScope,
): ListQuery {
  const errors: ProblemError[] = []
  const fault = (parameter: string, code: string, detail: string) =>
    void errors.push({ pointer: `/query/${parameter}`, code, detail })
  checkParameters(parameters, PARAMETERS, fault)
  const filter = parseFilter(model, parameters.get('filter'), scope, errors)
  const search = parseSearch(model, parameters.get('q'), fault)
  const query = {
    model,
    filter,
    search,
    sort: parseSort(model, parameters.get('sort'), fault, search !== undefined),
    limit: parseLimit(parameters.get('limit'), fault),
    fields: parseFields(model, parameters.get('fields'), fault),
    include: parseInclude(model, parameters.get('include'), scope.models, (code, detail) =>
      fault('include', code, detail),
    ),
    count: parseCount(parameters.get('count'), fault),
    reveal: parseReveal(model, parameters.get('reveal'), (code, detail) => fault('reveal', code, detail)),
  }
  if (errors.length > 0) throw new Failure('query_invalid', { errors })
  const cursor = parameters.get('cursor')
  return { ...query, after: cursor === null ? undefined : cursors.open(tenantId, model, query.sort, cursor) }
}

/** Refuses parameters that are unknown, repeated or no text that can be stored. */
export function checkParameters(parameters: URLSearchParams, known: ReadonlySet<string>, fault: Fault): void {
  for (const name of new Set(parameters.keys())) {
    if (!known.has(name)) fault(name, 'unknown', `There are these parameters: ${[...known].join(', ')}.`)
    else if (!isStorable(parameters.get(name)!))
      fault(name, 'characters', 'The text contains characters that cannot be stored.')
    else if (parameters.getAll(name).length > 1) fault(name, 'repeated', 'Give the parameter once.')
  }
}

export type Fault = (parameter: string, code: string, detail: string) => void

/** The filter of a request, checked by compiling it once. */
export function parseFilter(
  model: EntityModel,
  text: string | null,
  scope: ReadScope,
  errors: ProblemError[],
): Filter | undefined {
  if (text === null || text === '') return undefined
  const pointer = '/query/filter'
  if (hasBackslashName(text)) {
    errors.push({ pointer, code: 'json', detail: 'No name can be a single backslash.' })
    return undefined
  }
  let filter: Filter
  try {
    filter = JSON.parse(text) as Filter
  } catch {
    errors.push({ pointer, code: 'json', detail: 'The filter is not valid JSON.' })
    return undefined
  }
  const faults = repeatedMembers(text, filter).map((place) => repeatedAt(pointer + place))
  try {
    compileFilter(model, filter, new SqlValues(), { alias: 't', pointer, scope })
  } catch (error) {
    // What is wrong with the keys is not wrong with the filter.
    if (!(error instanceof Failure) || error.code !== 'query_invalid') throw error
    faults.push(...filterFaults(model, filter, { alias: 't', pointer, scope }))
  }
  errors.push(...faults)
  return faults.length > 0 ? undefined : filter
}

/** The words to search for. */
export function parseSearch(model: EntityModel, text: string | null, fault: Fault): string | undefined {
  if (text === null || text.trim() === '') return undefined
  if (text.length > 200) fault('q', 'too_long', 'Search for at most 200 characters.')
  if (!queryFields(model).some((field) => field.declaration.search))
    fault('q', 'unsupported', `${model.id} has no searchable field.`)
  return text.trim()
}

/**
 * The order asked for, or the entity's own, completed by `id`.
 *
 * @param ranked whether records can be sorted by how well they meet a search: `rank`, best first
 */
export function parseSort(model: EntityModel, text: string | null, fault: Fault, ranked = false): SortKey[] {
  const keys: SortKey[] = []
  for (const part of (text || model.declaration.list?.sort || '-createdAt').split(',')) {
    const descending = part.startsWith('-')
    const name = descending ? part.slice(1) : part
    const field = model.byName.get(name)
    if (!field && ranked && part === 'rank') {
      keys.push({ field: RANK, descending: true })
      continue
    }
    if (!field || !isSortable(field.declaration))
      fault('sort', 'unknown_field', `"${part}" cannot be sorted by.`)
    else if (keys.some((key) => key.field === field))
      fault('sort', 'repeated', `"${field.name}" stands there twice.`)
    else keys.push({ field, descending })
  }
  if (keys.length > 4) fault('sort', 'too_many', 'Sort by at most four fields.')
  return [...keys, { field: model.byName.get('id')!, descending: keys[0]?.descending ?? false }]
}

function parseLimit(text: string | null, fault: Fault): number {
  if (text === null) return 50
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > 200) fault('limit', 'range', 'The limit is a number from 1 to 200.')
  return limit
}

/** The fields asked for, with the id and version every record comes with; all of them where none is named. */
export function parseFields(model: EntityModel, text: string | null, fault: Fault): FieldModel[] {
  if (text === null) return [...model.fields]
  const fields = text.split(',').map((name) => {
    const field = model.byName.get(name)
    if (!field) fault('fields', 'unknown_field', `${model.id} has no field "${name}".`)
    return field
  })
  const always = ['id', 'version'].map((name) => model.byName.get(name))
  return selected(
    model,
    [...always, ...fields].filter((field) => field !== undefined),
  )
}

/** Masked fields by name. */
export function parseReveal(
  model: EntityModel,
  text: string | null,
  fault: (code: string, detail: string) => void,
): FieldModel[] {
  if (text === null || text === '') return []
  const found = [...new Set(text.split(','))].map((name) => {
    const field = model.byName.get(name)
    if (field?.declaration.mask !== undefined) return field
    fault('unknown_field', `${model.id} has no masked field "${name}".`)
    return undefined
  })
  return found.filter((field) => field !== undefined)
}

function parseCount(text: string | null, fault: Fault): boolean {
  if (text !== null && text !== 'true' && text !== 'false') fault('count', 'type', 'Say true or false.')
  return text === 'true'
}
