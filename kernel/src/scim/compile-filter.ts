import type { Comparison, FilterValue, ScimFilter } from './filter.ts'
import { ScimError } from './scim-error.ts'

/** What a path of a filter is in the database. */
export interface Column {
  readonly sql: string
  /** `key`: kept in small letters. `folded`: compared without regard to case. */
  readonly type: 'key' | 'folded' | 'exact' | 'flag' | 'time'
}

/** How filters of a kind of resource become conditions. */
export interface FilterColumns {
  /** By path in small letters. */
  readonly columns: Readonly<Record<string, Column>>
  /** Attributes of several values that are rows of their own: `EXISTS (…)` around the condition. */
  readonly lists: Readonly<Record<string, (condition: string) => string>>
}

const ORDER = { gt: '>', ge: '>=', lt: '<', le: '<=' } as const

/**
 * A filter as a condition. Values travel as parameters, and nothing else of the filter gets into the text.
 *
 * @param add puts a value among the parameters of the statement, and answers its place, such as `$3`
 * @throws ScimError `invalidFilter`
 */
export function compileFilter(
  filter: ScimFilter,
  world: FilterColumns,
  add: (value: unknown) => string,
  within = '',
): string {
  const inner = (each: ScimFilter): string => compileFilter(each, world, add, within)
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.of.map(inner).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${inner(filter.of)}`
    case 'some': {
      const path = within + filter.path
      const condition = compileFilter(filter.of, world, add, `${path}.`)
      return isKnownList(world, path) ? (world.lists[path]?.(condition) ?? condition) : unknown(path)
    }
    default: {
      const full = within + filter.path
      const path = isOwn(world.columns, full) ? full : `${full}.value`
      const column = isOwn(world.columns, path) ? world.columns[path]! : unknown(full)
      const condition =
        filter.kind === 'present'
          ? `${column.sql} IS NOT NULL`
          : `coalesce(${compare(column, filter.operator, filter.value, add)}, false)`
      const list = path.slice(0, path.lastIndexOf('.'))
      return within === '' && isOwn(world.lists, list) ? world.lists[list]!(condition) : condition
    }
  }
}

function compare(
  { sql, type }: Column,
  operator: Comparison,
  value: FilterValue,
  add: (value: unknown) => string,
): string {
  if (value === null) {
    if (operator === 'eq') return `${sql} IS NULL`
    if (operator === 'ne') return `${sql} IS NOT NULL`
    throw fault('null is equal or not, and nothing else.')
  }
  if (type === 'flag') {
    const flag = readFlag(value)
    if (flag === undefined || (operator !== 'eq' && operator !== 'ne'))
      throw fault('What is true or false is equal or not, and nothing else.')
    return `${sql} ${operator === 'eq' ? '=' : '<>'} ${add(flag)}::boolean`
  }
  if (type === 'time') {
    const time = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? new Date(value) : undefined
    if (!time || Number.isNaN(time.getTime())) throw fault('A moment after ISO 8601 is needed.')
    return ordered(sql, operator, `${add(time.toISOString())}::timestamptz`)
  }
  const text = String(value)
  const parameter = `${add(type === 'exact' ? text : text.toLowerCase())}::text`
  const subject = type === 'folded' ? `lower(${sql})` : sql
  if (operator === 'co') return `strpos(${subject}, ${parameter}) > 0`
  if (operator === 'sw') return `starts_with(${subject}, ${parameter})`
  if (operator === 'ew') return `right(${subject}, length(${parameter})) = ${parameter}`
  return ordered(subject, operator, parameter)
}

function ordered(sql: string, operator: Comparison, parameter: string): string {
  if (operator === 'eq') return `${sql} = ${parameter}`
  if (operator === 'ne') return `${sql} IS DISTINCT FROM ${parameter}`
  if (operator in ORDER) return `${sql} ${ORDER[operator as keyof typeof ORDER]} ${parameter}`
  throw fault(`"${operator}" does not suit this attribute.`)
}

/** Microsoft Entra ID says it as a text. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const word = value.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

function isKnownList({ columns, lists }: FilterColumns, path: string): boolean {
  return isOwn(lists, path) || Object.keys(columns).some((each) => each.startsWith(`${path}.`))
}

function isOwn(object: object, name: string): boolean {
  return Object.hasOwn(object, name)
}

function unknown(path: string): never {
  throw fault(`"${path}" is nothing that can be filtered by.`)
}

function fault(detail: string): ScimError {
  return new ScimError(400, 'invalidFilter', detail)
}
