import { suggestion } from './nearest.ts'
import type { EntityOutline } from './outline.ts'
import type { Path, PointContext, Report } from './point.ts'
import { dict, entriesOf, finite, text } from './reading.ts'
import { RESERVED_FIELD_NAMES } from './reserved-names.ts'
import { camelName, closed, localised, named } from './vocabulary.ts'

/** A request with more could neither be read nor answered in one piece. */
const MOST = 200

const size = { type: 'integer', minimum: 0, maximum: MOST }

export const childrenSchema = named(
  { $ref: '#/$defs/camelName' },
  closed(
    {
      entity: camelName,
      field: camelName,
      label: localised,
      min: size,
      max: { ...size, minimum: 1 },
    },
    ['entity', 'field'],
  ),
)

/** The name stands beside the fields in requests and answers. */
function checkName(name: string, { fields }: EntityOutline, path: Path, report: Report): void {
  if (RESERVED_FIELD_NAMES.has(name))
    report(path, 'name_reserved', `Children cannot be called "${name}": the platform uses that name.`)
  const include = [...fields].find(
    ([field, { type }]) =>
      (type === 'ref' || type === 'member') && (field === `${name}Id` || `${field}Record` === name),
  )
  if (fields.has(name)) report(path, 'duplicate', `A field of the entity is called "${name}" already.`)
  else if (include)
    report(path, 'duplicate', `The record "${include[0]}" points to is included as "${name}" already.`)
}

/** Checks the collections of an entity: that their records point to it, and belong to it alone. */
export function checkChildren(
  entityName: string,
  outline: EntityOutline,
  entityPath: Path,
  { own }: PointContext,
  taken: Map<string, string>,
  report: Report,
): void {
  for (const [name, value] of entriesOf(outline.declaration['children'])) {
    const declaration = dict(value)
    const path = [...entityPath, 'children', name]
    checkName(name, outline, path, report)
    const min = finite(declaration['min']) ?? 0
    const max = finite(declaration['max']) ?? MOST
    if (min > max)
      report([...path, 'min'], 'bound_invalid', '"min" is greater than "max", so no record could ever be.')
    const childName = text(declaration['entity'])
    // What is no name is a problem already.
    if (childName === undefined || childName.includes('.')) continue
    const child = own.entities.get(childName)
    if (!child) {
      const message = `This plugin has no entity "${childName}".${suggestion(childName, own.entities.keys())}`
      report([...path, 'entity'], 'entity_unknown', message)
      continue
    }
    const holder = taken.get(childName)
    if (holder !== undefined)
      report([...path, 'entity'], 'duplicate', `Its records are children of "${holder}" already.`)
    else taken.set(childName, entityName)
    if (child.declaration['softDelete'] !== undefined)
      report(
        ['entities', childName, 'softDelete'],
        'option_conflict',
        'Children have no trash of their own: they go with their parent, and come back with it.',
      )
    if (child.fields.has('ordinal'))
      report(
        ['entities', childName, 'fields', 'ordinal'],
        'name_reserved',
        'A child has its place among its siblings under this name.',
      )
    checkLink(entityName, child, text(declaration['field']), [...path, 'field'], report)
  }
}

function checkLink(
  entityName: string,
  child: EntityOutline,
  fieldName: string | undefined,
  path: Path,
  report: Report,
): void {
  if (fieldName === undefined || child.fields.size === 0) return
  const field = child.fields.get(fieldName)
  if (!field) {
    const message = `The children have no field "${fieldName}".${suggestion(fieldName, child.fields.keys())}`
    return report(path, 'field_unknown', message)
  }
  if (field['type'] !== 'ref' || field['entity'] !== entityName)
    return report(path, 'field_type', `The field must be a ref to "${entityName}".`)
  if (field['readOnly'] === true || field['unique'] === true)
    report(path, 'option_conflict', 'The field to the parent cannot be readOnly or unique.')
}
