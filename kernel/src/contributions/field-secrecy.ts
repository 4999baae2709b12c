import { FIELD_TYPES, MASK_KINDS, MASKED_TYPES, type FieldType } from '@plinth/sdk'
import type { EntityOutline } from './outline.ts'
import { isMaskPermission } from './permission-ids.ts'
import { ownerOf, permissionExists } from './permission-reference.ts'
import type { Path, PointContext, Report } from './point.ts'
import { suggestion } from './nearest.ts'
import { dict, list, text, texts, type Dict } from './reading.ts'

/** Types whose values may be encrypted. */
const ENCRYPTED = [
  'string',
  'text',
  'email',
  'phone',
  'url',
  'int',
  'decimal',
  'date',
  'datetime',
  'address',
  'money',
  'iban',
] as const satisfies readonly FieldType[]

/** Types of which equal values are always written the same, so that they can be looked up though encrypted. */
const LOOKED_UP = [
  'string',
  'email',
  'phone',
  'url',
  'int',
  'date',
  'iban',
] as const satisfies readonly FieldType[]

/** Whether nothing may depend on the values of the field that would tell them: they are masked, or encrypted. */
export function isHidden(field: Dict | undefined): boolean {
  return field?.['mask'] !== undefined || field?.['encrypted'] === true
}

/** Checks what an encrypted field may be. */
function checkEncrypted(field: Dict, path: Path, report: Report): void {
  if (field['encrypted'] !== true) return
  const { type } = field
  const known = FIELD_TYPES.some((one) => one === type)
  if (known && !ENCRYPTED.some((one) => one === type))
    report([...path, 'encrypted'], 'option_not_allowed', `Only ${ENCRYPTED.join(', ')} can be encrypted.`)
  for (const option of ['default', 'sequence', 'computed'])
    if (field[option] !== undefined)
      report([...path, option], 'option_conflict', `An encrypted field cannot have a "${option}".`)
  for (const option of ['unique', 'indexed'])
    if (field[option] === true && known && !LOOKED_UP.some((one) => one === type))
      report(
        [...path, option],
        'option_conflict',
        `Encrypted values of type ${String(type)} cannot be looked up.`,
      )
}

/** Every place that would show, order or choose records by a field's values, with what it would do. */
function revealing({
  declaration,
  fields: all,
}: EntityOutline): (readonly [path: Path, field: string, what: string])[] {
  const shown = dict(declaration['list'])
  const display = declaration['display']
  const names = typeof display === 'string' ? [[['display'], display] as const] : displayed(display)
  const sort = text(shown['sort'])?.replace(/^-/, '')
  const state = text(dict(declaration['transitions'])['field'])
  return [
    ...names.map(([path, field]) => [path, field, 'name records'] as const),
    ...(sort === undefined ? [] : [[['list', 'sort'], sort, 'sort the list'] as const]),
    ...texts(shown['filters']).map(
      ([index, field]) => [['list', 'filters', index], field, 'filter the list'] as const,
    ),
    ...(state === undefined ? [] : [[['transitions', 'field'], state, 'hold the state'] as const]),
    ...list(declaration['unique']).flatMap((fields, index) =>
      texts(fields)
        .filter(([, field]) => all.get(field)?.['encrypted'] === true)
        .map(
          ([position, field]) =>
            [['unique', index, position], field, 'be unique together with others'] as const,
        ),
    ),
  ]
}

function displayed(display: unknown): (readonly [path: Path, field: string])[] {
  return list(display).flatMap((field, index) =>
    typeof field === 'string' ? [[['display', index], field] as const] : [],
  )
}

/** Checks that the mask of a field fits its type. */
export function checkMask(field: Dict, path: Path, report: Report): void {
  const kind = MASK_KINDS.find((one) => one === field['mask'])
  const types: readonly unknown[] = kind ? MASKED_TYPES[kind] : []
  if (!kind || types.includes(field['type'])) return
  const message = `A mask of kind "${kind}" is for ${types.join(', ')}, not for ${String(field['type'])}.`
  report([...path, 'mask'], 'option_not_allowed', message)
}

/** Checks that the mask of a field fits it, and that no search finds what is hidden. */
export function checkFieldSecrecy(field: Dict, path: Path, report: Report): void {
  checkMask(field, path, report)
  if (isHidden(field) && field['search'] === true)
    report([...path, 'search'], 'option_conflict', 'The search would hold what is hidden.')
}

/** Checks that masks fit their fields, and that nothing else about the entity tells what they hide. */
export function checkSecrecy(outline: EntityOutline, path: Path, report: Report): void {
  for (const [name, field] of outline.fields) {
    const at = [...path, 'fields', name]
    checkFieldSecrecy(field, at, report)
    checkEncrypted(field, at, report)
  }
  for (const [where, name, what] of revealing(outline))
    if (isHidden(outline.fields.get(name)))
      report([...path, ...where], 'field_hidden', `The values of "${name}" are hidden, it cannot ${what}.`)
}

/** Checks for which fields a grant lets masks be lifted or what they hide be replaced. */
export function checkGrantFields(
  permission: string,
  fields: unknown,
  path: Path,
  context: PointContext,
  report: Report,
): void {
  if (fields === undefined) return
  if (!isMaskPermission(permission)) {
    const message = 'Only permissions that end in ".reveal" or ".replace" can be granted for some fields.'
    return report(path, 'option_not_allowed', message)
  }
  const owner = ownerOf(permission, context)
  if (!owner || !permissionExists(permission, owner)) return
  const entity = owner.entities.get(permission.split('.')[2] ?? '')
  const masked = [...(entity?.fields ?? [])]
    .filter(([, field]) => field['mask'] !== undefined)
    .map(([name]) => name)
  for (const [index, name] of texts(fields))
    if (!masked.includes(name))
      report(
        [...path, index],
        'field_unknown',
        `The entity has no masked field "${name}".${suggestion(name, masked)}`,
      )
}
