import { FIELD_TYPES, type FieldType } from '@plinth/sdk'
import { fieldFault } from './field-default.ts'
import { isHidden } from './field-secrecy.ts'
import { suggestion } from './nearest.ts'
import type { EntityOutline } from './outline.ts'
import type { JsonSchema, Path, Report } from './point.ts'
import { dict, dicts, entriesOf, list, text, type Dict } from './reading.ts'
import { camelName, closed, kebabName, listOf, localised } from './vocabulary.ts'

const scalar = { type: ['string', 'number', 'boolean', 'null'] }
const operand = {
  type: ['string', 'number', 'boolean', 'null', 'object'],
  properties: { field: camelName },
  required: ['field'],
  additionalProperties: false,
}
const choice = listOf(scalar, { minItems: 1, maxItems: 200 })
const nested = { $ref: '#/$defs/check' }

/** The language of rules: comparisons joined by *and*, with `and`, `or` and `not` nesting. */
export const checkDefinitions: Readonly<Record<string, JsonSchema>> = {
  check: {
    type: 'object',
    minProperties: 1,
    properties: { and: listOf(nested, { minItems: 1 }), or: listOf(nested, { minItems: 1 }), not: nested },
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'null', 'object'],
      minProperties: 1,
      additionalProperties: false,
      properties: {
        ...Object.fromEntries(['eq', 'ne', 'lt', 'lte', 'gt', 'gte'].map((each) => [each, operand])),
        in: choice,
        nin: choice,
        isNull: { type: 'boolean' },
      },
    },
  },
}

export const checksSchema = listOf(
  closed({ id: kebabName, when: nested, that: nested, message: localised, field: camelName }, [
    'id',
    'that',
    'message',
    'field',
  ]),
)

/** Types whose order is the same in the kernel and in the database. */
const ORDERED: readonly unknown[] = ['int', 'decimal', 'money', 'date', 'datetime'] satisfies FieldType[]
/** Types with values that cannot be compared. */
const INCOMPARABLE: readonly unknown[] = ['tags', 'address', 'geo', 'json', 'file'] satisfies FieldType[]
const NUMBERS: readonly unknown[] = ['int', 'decimal'] satisfies FieldType[]

/** Checks the rules over several fields: that they compare what there is, with values it can have. */
export function checkChecks({ declaration, fields }: EntityOutline, entityPath: Path, report: Report): void {
  const seen = new Set<string>()
  for (const [index, check] of dicts(declaration['checks'])) {
    const path = [...entityPath, 'checks', index]
    const id = text(check['id'])
    if (id !== undefined && seen.has(id))
      report([...path, 'id'], 'duplicate', `The check "${id}" stands twice.`)
    if (id !== undefined) seen.add(id)
    // Without fields, for which there is a problem already, every name would be unknown.
    if (fields.size === 0) continue
    const field = text(check['field'])
    if (field !== undefined && !fields.has(field))
      report([...path, 'field'], 'field_unknown', unknown(field, fields))
    for (const part of ['when', 'that']) checkFilter(fields, check[part], [...path, part], report)
  }
}

type Fields = EntityOutline['fields']

function checkFilter(fields: Fields, filter: unknown, path: Path, report: Report): void {
  for (const [key, value] of entriesOf(filter)) {
    const here = [...path, key]
    if (key === 'and' || key === 'or')
      list(value).forEach((each, index) => checkFilter(fields, each, [...here, index], report))
    else if (key === 'not') checkFilter(fields, value, here, report)
    else if (isHidden(fields.get(key))) report(here, 'field_hidden', hidden(key))
    else if (fields.has(key)) checkComparisons(fields, fields.get(key)!, value, here, report)
    else report(here, 'field_unknown', unknown(key, fields))
  }
}

function checkComparisons(fields: Fields, field: Dict, condition: unknown, path: Path, report: Report): void {
  const type = FIELD_TYPES.find((each) => each === field['type'])
  if (type === undefined) return
  const comparisons =
    typeof condition === 'object' && condition !== null
      ? [...entriesOf(condition)]
      : [['', condition] as const]
  for (const [operator, operandValue] of comparisons) {
    const here = operator === '' ? path : [...path, operator]
    if (operator === 'isNull' || operandValue === null) continue
    if (INCOMPARABLE.includes(type)) {
      report(here, 'field_type', `A field of type ${type} can only be asked for being empty.`)
      continue
    }
    if (['lt', 'lte', 'gt', 'gte'].includes(operator) && !ORDERED.includes(type))
      report(here, 'field_type', `A field of type ${type} has no order to compare by.`)
    if (operator === 'in' || operator === 'nin')
      list(operandValue).forEach((each, index) => checkLiteral(field, each, [...here, index], report))
    else if (typeof operandValue === 'object')
      checkOther(fields, type, dict(operandValue), [...here, 'field'], report)
    else checkLiteral(field, operandValue, here, report)
  }
}

function checkOther(fields: Fields, type: FieldType, operandValue: Dict, path: Path, report: Report): void {
  const name = text(operandValue['field'])
  if (name === undefined) return
  const other = fields.get(name)
  if (!other) return report(path, 'field_unknown', unknown(name, fields))
  if (isHidden(other)) return report(path, 'field_hidden', hidden(name))
  const alike = other['type'] === type || (NUMBERS.includes(other['type']) && NUMBERS.includes(type))
  if (!alike)
    report(
      path,
      'field_type',
      `A field of type ${type} cannot be compared with one of type ${String(other['type'])}.`,
    )
}

function checkLiteral(field: Dict, value: unknown, path: Path, report: Report): void {
  if (value === null) return
  const { min: _min, max: _max, minLength: _short, maxLength: _long, ...rest } = field
  const fault =
    value === 'now'
      ? 'must not be "now": a rule is judged again whenever its record changes.'
      : fieldFault(rest, value)
  if (fault !== undefined) report(path, 'value_invalid', `The value ${fault}`)
}

function hidden(name: string): string {
  return `The values of "${name}" are hidden, and a refusal would tell something of them.`
}

function unknown(name: string, fields: Fields): string {
  return `The entity has no field "${name}".${suggestion(name, fields.keys())}`
}
