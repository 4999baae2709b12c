import type { Condition, EntityMeta, FieldMeta, Filter } from '@plinth/sdk'

/** What a list shows, as it stands in the address. */
export interface ListState {
  readonly q: string
  /** `name` or `-name`; the entity's own order when empty. */
  readonly sort: string
  /** Values by field name, as text. */
  readonly filters: Readonly<Record<string, string>>
}

const FILTERABLE: ReadonlySet<FieldMeta['type']> = new Set(['enum', 'bool', 'ref', 'member'])

/** Names the address uses itself; a field of such a name cannot be filtered by address. */
const RESERVED = new Set(['q', 'sort'])

function filterable(meta: EntityMeta): FieldMeta[] {
  return meta.fields.filter(
    (field) => FILTERABLE.has(field.type) && !RESERVED.has(field.name) && field.name !== 'id',
  )
}

function makesSense(field: FieldMeta, value: string): boolean {
  if (field.type === 'enum') return field.values?.some((each) => each.value === value) ?? false
  if (field.type === 'bool') return value === 'true' || value === 'false'
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

/** Reads the state from an address. What makes no sense for the entity is ignored, so that an old link still opens. */
export function readState(meta: EntityMeta, params: URLSearchParams): ListState {
  const filters: Record<string, string> = {}
  for (const field of filterable(meta)) {
    const value = params.get(field.name)
    if (value !== null && makesSense(field, value)) filters[field.name] = value
  }
  const sort = params.get('sort') ?? ''
  const known = meta.fields.some((field) => field.sortable && field.name === sort.replace(/^-/, ''))
  return {
    q: meta.list.searchable ? (params.get('q') ?? '').slice(0, 200) : '',
    sort: known ? sort : '',
    filters,
  }
}

/** The state as changes to the address; null takes a part out of it. */
export function writeState(meta: EntityMeta, state: ListState): Record<string, string | null> {
  return {
    q: state.q || null,
    sort: state.sort && state.sort !== meta.list.sort ? state.sort : null,
    ...Object.fromEntries(filterable(meta).map(({ name }) => [name, state.filters[name] ?? null])),
  }
}

/** The filter the server is asked with. */
export function toFilter(meta: EntityMeta, state: ListState): Filter {
  const conditions = Object.entries(state.filters).map(([name, value]): [string, Condition] => {
    const field = meta.fields.find((each) => each.name === name)
    return [name, field?.type === 'bool' ? value === 'true' : value]
  })
  return Object.fromEntries(conditions)
}

export function isFiltered(state: ListState): boolean {
  return state.q !== '' || Object.keys(state.filters).length > 0
}
