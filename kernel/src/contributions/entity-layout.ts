import { FIELD_TYPES, type FieldType } from '@plinth/sdk'
import { isOrdered } from './field-options.ts'
import { suggestion } from './nearest.ts'
import type { EntityOutline } from './outline.ts'
import type { Path, Report } from './point.ts'
import { dict, dicts, list, text, texts, type Dict } from './reading.ts'

const FILTER_TYPES: readonly FieldType[] = ['enum', 'bool', 'ref', 'member']
/** Types whose values cannot name a record. */
const NAMELESS: readonly FieldType[] = ['tags', 'address', 'money', 'geo', 'json', 'file']
const SORTABLE_BESIDES: readonly string[] = ['createdAt', 'updatedAt']

/** Every place of an entity that names one of its fields. */
function mentions(declaration: Dict): (readonly [path: Path, field: string])[] {
  const shown = dict(declaration['list'])
  const lists: [Path, unknown][] = [
    [['display'], declaration['display']],
    [['list', 'columns'], shown['columns']],
    [['list', 'filters'], shown['filters']],
    ...list(declaration['unique']).map((fields, index): [Path, unknown] => [['unique', index], fields]),
    ...dicts(dict(declaration['form'])['groups']).map(([index, group]): [Path, unknown] => [
      ['form', 'groups', index, 'fields'],
      group['fields'],
    ]),
  ]
  const single = text(declaration['display'])
  return [
    ...(single === undefined ? [] : [[['display'], single] as const]),
    ...lists.flatMap(([path, fields]) =>
      texts(fields).map(([index, field]) => [[...path, index], field] as const),
    ),
  ]
}

function checkSort(sort: string, fields: EntityOutline['fields'], path: Path, report: Report): void {
  const name = sort.startsWith('-') ? sort.slice(1) : sort
  const field = fields.get(name)
  if (!field) {
    if (SORTABLE_BESIDES.includes(name)) return
    const near = suggestion(name, [...fields.keys(), ...SORTABLE_BESIDES])
    report(path, 'field_unknown', `The entity has no field "${name}".${near}`)
    return
  }
  const type = FIELD_TYPES.find((one) => one === field['type'])
  if (type && !isOrdered(type)) {
    report(path, 'field_type', `A list cannot be sorted by "${name}", a field of type ${type}.`)
  } else if (type === 'money' && field['currency'] === undefined) {
    report(path, 'field_type', `A list cannot be sorted by "${name}": its amounts have no common "currency".`)
  }
}

function checkGroups(form: unknown, path: Path, report: Report): void {
  const seen = new Set<string>()
  for (const [index, group] of dicts(dict(form)['groups'])) {
    const own = new Set(texts(group['fields']).map(([, field]) => field))
    for (const [position, field] of texts(group['fields'])) {
      if (!seen.has(field)) continue
      report(
        [...path, 'groups', index, 'fields', position],
        'duplicate',
        `The field "${field}" stands in an earlier group.`,
      )
    }
    for (const field of own) seen.add(field)
  }
}

/** Not `uniqueItems`: between lists that compares each with each, and manifests come from strangers. */
function checkCombinations(unique: unknown, path: Path, report: Report): void {
  const seen = new Set<string>()
  list(unique).forEach((fields, index) => {
    const combination = texts(fields)
      .map(([, field]) => field)
      .toSorted()
      .join(' ')
    if (combination && seen.has(combination)) {
      report([...path, index], 'duplicate', 'The same fields are a unique combination already.')
    }
    seen.add(combination)
  })
}

/** `price` of type money has the columns `price_minor` and `price_currency`, so `priceMinor` may not have one of them. */
function checkColumns(fields: EntityOutline['fields'], path: Path, report: Report): void {
  for (const [name, { type, encrypted }] of fields) {
    for (const suffix of encrypted === true
      ? ['Blind']
      : type === 'money'
        ? ['Minor', 'Currency']
        : type === 'geo'
          ? ['Lat', 'Lng']
          : []) {
      if (!fields.has(`${name}${suffix}`)) continue
      const message = `Its column belongs to "${name}", a field of type ${String(type)}.`
      report([...path, 'fields', `${name}${suffix}`], 'name_reserved', message)
    }
  }
}

/** `include=customer` answers with `customer` beside `customerId`, so no field may stand in its place. */
function checkIncludes(fields: EntityOutline['fields'], path: Path, report: Report): void {
  for (const [name, { type }] of fields) {
    const include = name.endsWith('Id') ? name.slice(0, -2) : ''
    if (!fields.has(include) || (type !== 'ref' && type !== 'member')) continue
    const message = `"${include}" is the name under which the record "${name}" points to is included.`
    report([...path, 'fields', include], 'name_reserved', message)
  }
}

/** `custom.region` is a field of the tenant's, so nothing may be included as `custom`. */
function checkExtension({ declaration, fields }: EntityOutline, path: Path, report: Report): void {
  if (declaration['extensible'] !== true || !fields.has('customId')) return
  const message =
    '"custom" is where the fields are that a tenant adds, so no record can be included under it.'
  report([...path, 'fields', 'customId'], 'name_reserved', message)
}

/** Checks what an entity says about its own fields: how records are named, listed, filtered, grouped and kept unique. */
export function checkLayout(outline: EntityOutline, path: Path, report: Report): void {
  const { declaration, fields } = outline
  // Without fields, for which there is a problem already, every name would be unknown.
  if (fields.size === 0) return
  const types: Readonly<Record<string, (type: FieldType) => string | undefined>> = {
    display: (type) =>
      NAMELESS.includes(type) ? `A field of type ${type} cannot name a record.` : undefined,
    filters: (type) =>
      FILTER_TYPES.includes(type) ? undefined : `Quick filters are for enum, bool, ref and member fields.`,
    unique: (type) =>
      isOrdered(type) && type !== 'money'
        ? undefined
        : `A field of type ${type} cannot be part of a unique combination.`,
  }
  for (const [where, name] of mentions(declaration)) {
    const field = fields.get(name)
    const key = where.findLast((part) => typeof part === 'string' && Object.hasOwn(types, part))
    if (!field) {
      const message = `The entity has no field "${name}".${suggestion(name, fields.keys())}`
      report([...path, ...where], 'field_unknown', message)
      continue
    }
    const type = FIELD_TYPES.find((one) => one === field['type'])
    const fault = type !== undefined && key !== undefined ? types[key]?.(type) : undefined
    if (fault !== undefined) report([...path, ...where], 'field_type', fault)
  }
  const sort = text(dict(declaration['list'])['sort'])
  if (sort) checkSort(sort, fields, [...path, 'list', 'sort'], report)
  checkCombinations(declaration['unique'], [...path, 'unique'], report)
  checkGroups(declaration['form'], [...path, 'form'], report)
  checkIncludes(fields, path, report)
  checkColumns(fields, path, report)
  checkExtension(outline, path, report)
}
