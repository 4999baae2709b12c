import { MASK_KINDS, MASKED_TYPES } from '@plinth/sdk'
import type { EntityOutline } from './outline.ts'
import { isMaskPermission } from './permission-ids.ts'
import { ownerOf, permissionExists } from './permission-reference.ts'
import type { Path, PointContext, Report } from './point.ts'
import { suggestion } from './nearest.ts'
import { dict, list, text, texts, type Dict } from './reading.ts'

/** Whether values of the field are kept from people who may see its record. */
export function isHidden(field: Dict | undefined): boolean {
  return field?.['mask'] !== undefined
}

/** Every place that would show, order or choose records by a field's values, with what it would do. */
function revealing({ declaration }: EntityOutline): (readonly [path: Path, field: string, what: string])[] {
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
  ]
}

function displayed(display: unknown): (readonly [path: Path, field: string])[] {
  return list(display).flatMap((field, index) =>
    typeof field === 'string' ? [[['display', index], field] as const] : [],
  )
}

/** Checks that masks fit their fields, and that nothing else about the entity tells what they hide. */
export function checkSecrecy(outline: EntityOutline, path: Path, report: Report): void {
  for (const [name, field] of outline.fields) {
    const kind = MASK_KINDS.find((one) => one === field['mask'])
    const at = [...path, 'fields', name]
    const types: readonly unknown[] = kind ? MASKED_TYPES[kind] : []
    if (kind && !types.includes(field['type'])) {
      const message = `A mask of kind "${kind}" is for ${types.join(', ')}, not for ${String(field['type'])}.`
      report([...at, 'mask'], 'option_not_allowed', message)
    }
    if (isHidden(field) && field['search'] === true)
      report([...at, 'search'], 'option_conflict', 'The search would tell what the mask hides.')
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
  const masked = [...(entity?.fields ?? [])].filter(([, field]) => isHidden(field)).map(([name]) => name)
  for (const [index, name] of texts(fields))
    if (!masked.includes(name))
      report(
        [...path, index],
        'field_unknown',
        `The entity has no masked field "${name}".${suggestion(name, masked)}`,
      )
}
