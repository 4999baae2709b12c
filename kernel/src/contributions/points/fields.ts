import { FIELD_TYPES, MASK_KINDS } from '@plinth/sdk'
import { MOST_FILE_BYTES } from '../../media/index.ts'
import { checkDefault, checkExample } from '../field-default.ts'
import { computedSchema } from '../field-computed.ts'
import { checkOptions } from '../field-options.ts'
import { suggestion } from '../nearest.ts'
import type { JsonSchema, Path, PointContext, Report } from '../point.ts'
import { dicts, text, type Dict } from '../reading.ts'
import { camelName, closed, flag, listOf, localised } from '../vocabulary.ts'

const enumValue = closed(
  {
    value: {
      type: 'string',
      pattern: '^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$',
      maxLength: 60,
      description: 'letters and digits, joined by "_", "-" or "."',
    },
    label: localised,
    tone: { enum: ['neutral', 'info', 'positive', 'warning', 'danger'] },
    was: listOf({ type: 'string', minLength: 1, maxLength: 60 }, { minItems: 1, uniqueItems: true }),
  },
  ['value', 'label'],
)

const entityReference = {
  ...camelName,
  pattern: '^([a-z][a-z0-9]*(-[a-z0-9]+)*\\.)?[a-z][a-zA-Z0-9]*$',
  maxLength: 81,
  description: 'an entity of this plugin, like "customer", or of a required one, like "crm.customer"',
}

const length = { type: 'integer', minimum: 0, maximum: 1_000_000 }

/** Which options a type may have is decided in `field-options.ts`: as a schema it would explain faults badly. */
export const fieldSchema: JsonSchema = closed(
  {
    type: { enum: FIELD_TYPES },
    label: localised,
    help: localised,
    was: { $ref: '#/$defs/camelName' },
    required: flag,
    unique: flag,
    indexed: flag,
    readOnly: flag,
    immutable: flag,
    computed: computedSchema,
    search: flag,
    pii: flag,
    mask: { enum: MASK_KINDS },
    encrypted: flag,
    default: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } },
    example: { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } },
    minLength: length,
    maxLength: { ...length, minimum: 1 },
    pattern: { type: 'string', minLength: 1, maxLength: 500 },
    min: { type: 'number' },
    max: { type: 'number' },
    scale: { type: 'integer', minimum: 0, maximum: 6 },
    currency: { type: 'string' },
    schema: { type: 'object' },
    maxBytes: { type: 'integer', minimum: 1, maximum: MOST_FILE_BYTES },
    accept: listOf({ type: 'string', minLength: 2, maxLength: 100 }, { minItems: 1, maxItems: 30 }),
    values: listOf(enumValue, { minItems: 1, maxItems: 500 }),
    entity: entityReference,
    onDelete: { enum: ['restrict', 'cascade', 'setNull'] },
    sequence: closed(
      {
        format: { type: 'string', minLength: 1, maxLength: 60 },
        start: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      },
      ['format'],
    ),
  },
  ['type', 'label'],
)

function checkTarget(target: string, path: Path, { own, other }: PointContext, report: Report): void {
  const [first = '', entity] = target.split('.')
  if (entity === undefined) {
    if (own.entities.has(first)) return
    return report(
      path,
      'entity_unknown',
      `This plugin has no entity "${first}".${suggestion(first, own.entities.keys())}`,
    )
  }
  if (first === own.id) {
    return report(path, 'entity_unknown', `Entities of this plugin are named without it: "${entity}".`)
  }
  if (!own.requires.has(first)) {
    // A foreign key into a plugin that may be absent could not hold; `uses` is not enough.
    return report(
      path,
      'reference_foreign',
      `"${first}" must stand in "requires" before its records can be referred to.`,
    )
  }
  const entities = other(first)?.entities
  if (!entities || entities.has(entity)) return
  report(
    path,
    'entity_unknown',
    `"${first}" has no entity "${entity}".${suggestion(entity, entities.keys())}`,
  )
}

/** Checks one field of an entity beyond its schema. */
export function checkField(field: Dict, path: Path, context: PointContext, report: Report): void {
  checkOptions(field, path, report)
  checkDefault(field, [...path, 'default'], report)
  checkExample(field, [...path, 'example'], report)
  const target = text(field['entity'])
  if (field['type'] === 'ref' && target !== undefined)
    checkTarget(target, [...path, 'entity'], context, report)
  const seen = new Set<string>()
  for (const [index, item] of dicts(field['values'])) {
    const value = text(item['value'])
    if (value === undefined) continue
    if (seen.has(value)) {
      report([...path, 'values', index, 'value'], 'duplicate', `The value "${value}" stands twice.`)
    }
    seen.add(value)
  }
}
