import { isHidden } from './field-secrecy.ts'
import { suggestion } from './nearest.ts'
import type { EntityOutline } from './outline.ts'
import { ownerOf, permissionExists } from './permission-reference.ts'
import type { JsonSchema, Path, PointContext, Report } from './point.ts'
import { isRelativeTime } from '../data/index.ts'
import { dict, dicts, entriesOf, list, text, type Dict } from './reading.ts'
import { RECORD_FIELDS } from './reserved-names.ts'
import { listOf } from './vocabulary.ts'

const scalar = { type: ['string', 'number', 'boolean', 'null'] }
const order = { type: ['string', 'number'] }
const part = { type: 'string', minLength: 1 }
const choice = listOf(scalar, { minItems: 1, maxItems: 200 })

/** The language of conditions: field conditions joined by *and*, with `and`, `or` and `not` nesting. */
export const filterDefinitions: Readonly<Record<string, JsonSchema>> = {
  filter: {
    type: 'object',
    minProperties: 1,
    properties: {
      and: listOf({ $ref: '#/$defs/filter' }, { minItems: 1 }),
      or: listOf({ $ref: '#/$defs/filter' }, { minItems: 1 }),
      not: { $ref: '#/$defs/filter' },
    },
    additionalProperties: { $ref: '#/$defs/condition' },
  },
  condition: {
    type: ['string', 'number', 'boolean', 'null', 'object'],
    minProperties: 1,
    additionalProperties: false,
    properties: {
      eq: scalar,
      ne: scalar,
      in: choice,
      nin: choice,
      lt: order,
      lte: order,
      gt: order,
      gte: order,
      contains: part,
      startsWith: part,
      isNull: { type: 'boolean' },
    },
  },
}

function checkValues(field: Dict, condition: unknown, path: Path, report: Report): void {
  const operators = typeof condition === 'object' ? entriesOf(condition) : new Map([['', condition]])
  const allowed =
    field['type'] === 'enum' ? dicts(field['values']).flatMap(([, value]) => text(value['value']) ?? []) : []
  for (const [operator, value] of operators) {
    const values = Array.isArray(value)
      ? list(value).map((item, index) => [item, [index]] as const)
      : [[value, []] as const]
    for (const [item, position] of values) {
      const where = operator === '' ? path : [...path, operator, ...position]
      if (typeof item !== 'string') continue
      const isAboutTime = field['type'] === 'date' || field['type'] === 'datetime'
      if (item.startsWith('$') && isAboutTime) {
        const message = `"${item}" is no time. Relative to now are "$now-P30D", "$month" and the like.`
        if (!isRelativeTime(item) || item.endsWith(']')) report(where, 'placeholder_unknown', message)
      } else if (item.startsWith('$actor.') && item !== '$actor.id') {
        report(where, 'placeholder_unknown', `"${item}" stands for nothing. Did you mean "$actor.id"?`)
      } else if (
        allowed.length > 0 &&
        ['', 'eq', 'ne', 'in', 'nin'].includes(operator) &&
        !allowed.includes(item)
      ) {
        report(where, 'value_unknown', `"${item}" is not a value of this field.${suggestion(item, allowed)}`)
      }
    }
  }
}

/** Checks a condition against the fields of an entity. */
export function checkFilter(entity: EntityOutline, filter: unknown, path: Path, report: Report): void {
  for (const [key, value] of entriesOf(filter)) {
    const here = [...path, key]
    if (key === 'and' || key === 'or') {
      list(value).forEach((nested, index) => checkFilter(entity, nested, [...here, index], report))
    } else if (key === 'not') {
      checkFilter(entity, value, here, report)
    } else if (isHidden(entity.fields.get(key))) {
      const message = `Which records are seen would tell what "${key}" hides.`
      report(here, 'field_hidden', message)
    } else if (entity.fields.has(key)) {
      checkValues(dict(entity.fields.get(key)), value, here, report)
    } else if (RECORD_FIELDS.has(key)) {
      checkValues(key.endsWith('At') ? { type: 'datetime' } : {}, value, here, report)
    } else {
      report(
        here,
        'field_unknown',
        `The entity has no field "${key}".${suggestion(key, entity.fields.keys())}`,
      )
    }
  }
}

/** Checks the condition of a grant against the entity its permission is about. */
export function checkCondition(
  permission: string,
  condition: unknown,
  path: Path,
  context: PointContext,
  report: Report,
): void {
  const owner = ownerOf(permission, context)
  if (!owner || !permissionExists(permission, owner)) return
  const entity = owner.entities.get(permission.split('.')[2] ?? '')
  if (entity?.fields.size === 0) return
  if (entity) return checkFilter(entity, condition, path, report)
  const message = `A condition is about the fields of one entity, and "${permission}" does not name one.`
  report(path, 'condition_without_entity', message)
}
