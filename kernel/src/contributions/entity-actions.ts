import { checkMask } from './field-secrecy.ts'
import { checkHandlers } from './handler-names.ts'
import type { EntityOutline } from './outline.ts'
import { RESERVED_ACTIONS } from './permission-ids.ts'
import { checkPermission } from './permission-reference.ts'
import type { JsonSchema, Path, PointContext, Report } from './point.ts'
import { checkField, fieldSchema } from './points/fields.ts'
import { dict, entriesOf, text, texts } from './reading.ts'
import { RESERVED_ENTITY_NAMES } from './reserved-names.ts'
import { checkFilter } from './role-condition.ts'
import { closed, flag, iconName, localised, named, PERMISSION, permissionId } from './vocabulary.ts'

/** Options that are about stored values, of which an action is told none. */
const OF_RECORDS = new Set([
  'unique',
  'indexed',
  'readOnly',
  'immutable',
  'computed',
  'search',
  'onDelete',
  'sequence',
  'encrypted',
])

const fieldProperties = dict(fieldSchema['properties']) as Readonly<Record<string, JsonSchema>>

const inputField = closed(
  Object.fromEntries(Object.entries(fieldProperties).filter(([option]) => !OF_RECORDS.has(option))),
  ['type', 'label'],
)

export const actionsSchema: JsonSchema = named(
  { $ref: '#/$defs/camelName' },
  closed(
    {
      label: localised,
      description: localised,
      icon: iconName,
      input: { ...named({ $ref: '#/$defs/camelName' }, inputField), minProperties: 1 },
      permission: permissionId,
      when: { $ref: '#/$defs/filter' },
      danger: flag,
    },
    ['label'],
  ),
)

/** Checks the actions of an entity: names, permissions, conditions, what they are told, and that the code has them. */
export function checkActions(
  entityName: string,
  outline: EntityOutline,
  entityPath: Path,
  context: PointContext,
  report: Report,
): void {
  const path = [...entityPath, 'actions']
  const actions = entriesOf(outline.declaration['actions'])
  if (actions.size > 0 && isChild(entityName, context)) {
    const message = 'These records change with those they belong to: let those have the actions.'
    report(path, 'option_conflict', message)
  }
  for (const [name, value] of actions) {
    const at = [...path, name]
    const action = dict(value)
    if (RESERVED_ACTIONS.has(name) || RESERVED_ENTITY_NAMES.has(name))
      report(at, 'name_reserved', `An action cannot be called "${name}".`)
    checkRight(text(action['permission']), entityName, [...at, 'permission'], context, report)
    if (outline.fields.size > 0) checkFilter(outline, action['when'], [...at, 'when'], report)
    for (const [field, options] of entriesOf(action['input'])) {
      const place = [...at, 'input', field]
      if (RESERVED_ENTITY_NAMES.has(field))
        report(place, 'name_reserved', `A field cannot be called "${field}".`)
      checkField(dict(options), place, context, report)
      checkMask(dict(options), place, report)
    }
  }
  const handlers =
    context.handlers && texts(entriesOf(context.handlers.actions).get(entityName)).map(([, each]) => each)
  const declared = [...actions.keys()].map((name) => [[...path, name], name] as const)
  checkHandlers(declared, handlers, { kind: 'handler of an action', path }, report)
}

/** Its condition is about records of this entity, so the permission must be too. */
function checkRight(
  permission: string | undefined,
  entityName: string,
  path: Path,
  context: PointContext,
  report: Report,
): void {
  if (permission === undefined) return
  checkPermission(permission, path, context, report)
  const { own } = context
  const prefix = `${own.area}.${own.id}.${entityName}.`
  const exists = own.permissions.has(permission) || permission.split('.')[1] !== own.id
  if (own.id && own.area && PERMISSION.test(permission) && exists && !permission.startsWith(prefix))
    report(path, 'permission_foreign', `An action takes a permission that begins with "${prefix}".`)
}

function isChild(entityName: string, { own }: PointContext): boolean {
  return [...own.entities.values()].some(({ declaration }) =>
    [...entriesOf(declaration['children']).values()].some((each) => dict(each)['entity'] === entityName),
  )
}
