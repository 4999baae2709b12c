import type { Filter, ProblemError, RoleGrant } from '@plinth/sdk'
import { bindCondition, kernelPermissions, matchesPermission } from '../access/index.ts'
import { isMaskPermission } from '../contributions/index.ts'
import { filterFaults, isRelativeTime, type EntityModel, type FieldModel } from '../data/index.ts'
import type { PluginView } from './plugin-view.ts'

/** A permission in four parts, or a prefix of whole parts that ends in `.*`, or `*`. */
const SHAPE =
  /^(\*|[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)?(\.[a-z][A-Za-z0-9]*)?\.\*|([a-z][a-z0-9-]*\.){2}[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*)$/u

/** Conditions are compiled with every read of those who have the role. */
const MOST_CHARACTERS = 4_000

/** Stands for whoever asks, to see whether the condition takes them. */
const SOMEBODY = '00000000-0000-0000-0000-000000000001'

type Entities = Pick<PluginView, 'entities' | 'permissions'>

/** What is wrong with a grant of a tenant's own role, as the tenant's plugins are now. */
export function grantFaults(view: Entities, grant: RoleGrant, pointer: string): ProblemError[] {
  const { permission } = grant
  const fault = (at: string, code: string, detail: string): ProblemError[] => [
    { pointer: `${pointer}${at}`, code, detail },
  ]
  if (permission.length > 160 || !SHAPE.test(permission))
    return fault(
      '/permission',
      'pattern',
      'A permission in four parts, or whole parts of one followed by ".*": a wildcard stands at the end only.',
    )
  if (!isKnown(view, permission)) return fault('/permission', 'unknown', 'There is no such permission.')
  return restrictionFaults(view, grant, pointer)
}

/** Whether any plugin that is on declares a permission the grant covers. */
export function isKnown(view: Pick<PluginView, 'permissions'>, permission: string): boolean {
  for (const each of kernelPermissions) if (matchesPermission(permission, each)) return true
  for (const each of view.permissions) if (matchesPermission(permission, each)) return true
  return false
}

/** What is wrong with the condition of a grant, or with the fields it is for. */
export function restrictionFaults(
  view: Pick<PluginView, 'entities'>,
  { permission, condition, fields }: RoleGrant,
  pointer: string,
): ProblemError[] {
  if (condition === undefined && fields === undefined) return []
  const model = entityOf(view, permission)
  if (condition !== undefined && !model)
    return [
      {
        pointer: `${pointer}/condition`,
        code: 'condition_without_entity',
        detail: 'A condition is about the fields of one entity, and the permission does not name one.',
      },
    ]
  return [
    ...(condition === undefined ? [] : conditionFaults(model!, condition, `${pointer}/condition`)),
    ...(fields === undefined ? [] : fieldFaults(model, permission, fields, `${pointer}/fields`)),
  ]
}

/** The entity a permission is about: `<area>.<plugin>.<entity>.` and an action, or `*` for all of them. */
export function entityOf(
  { entities }: Pick<PluginView, 'entities'>,
  permission: string,
): EntityModel | undefined {
  const [, plugin, entity, action] = permission.split('.')
  const model = action === undefined ? undefined : entities.get(`${plugin}.${entity}`)
  return model?.permission(action!) === permission ? model : undefined
}

function conditionFaults(model: EntityModel, condition: Filter, pointer: string): ProblemError[] {
  if (JSON.stringify(condition).length > MOST_CHARACTERS)
    return [{ pointer, code: 'too_long', detail: `A condition has at most ${MOST_CHARACTERS} characters.` }]
  if (Object.keys(condition).length === 0)
    return [{ pointer, code: 'required', detail: 'An empty condition is met by every record: leave it out.' }]
  const closed = unusable(model, condition, pointer)
  if (closed.length > 0) return closed
  return filterFaults(model, bindCondition(condition, SOMEBODY, 'UTC'), { alias: 't', pointer })
}

/** Fields no condition of a role can be about, and placeholders that stand for nothing. */
function unusable(model: EntityModel, filter: unknown, pointer: string): ProblemError[] {
  if (typeof filter !== 'object' || filter === null) return []
  return Object.entries(filter).flatMap(([key, value]) => {
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if ((key === 'and' || key === 'or') && Array.isArray(value))
      return value.flatMap((each, index) => unusable(model, each, `${at}/${index}`))
    if (key === 'not') return unusable(model, value, at)
    const field = model.byName.get(key)
    if (key.includes('.') || field?.custom)
      return [
        { pointer: at, code: 'unknown_field', detail: 'Roles ask for fields of the entity itself only.' },
      ]
    if (field && (field.declaration.mask !== undefined || field.declaration.encrypted === true))
      return [
        { pointer: at, code: 'hidden', detail: `Which records are seen would tell what "${key}" hides.` },
      ]
    const strange = textsIn(value).find(
      (text) =>
        text.startsWith('$') &&
        text !== '$actor.id' &&
        !(isAboutTime(field) && isRelativeTime(text) && !text.endsWith(']')),
    )
    return strange === undefined
      ? []
      : [
          {
            pointer: at,
            code: 'placeholder',
            detail: `"${strange}" stands for nothing; "$actor.id" does, and for fields about time "$now-P30D", "$month" and the like.`,
          },
        ]
  })
}

const isAboutTime = (field: FieldModel | undefined): boolean =>
  field?.declaration.type === 'date' || field?.declaration.type === 'datetime'

/** All texts of what is asked of a field. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function fieldFaults(
  model: EntityModel | undefined,
  permission: string,
  fields: readonly string[],
  pointer: string,
): ProblemError[] {
  if (!model || !isMaskPermission(permission))
    return [
      {
        pointer,
        code: 'option_not_allowed',
        detail: 'Only permissions that end in ".reveal" or ".replace" can be granted for some fields.',
      },
    ]
  return fields.flatMap((name, index) =>
    model.byName.get(name)?.declaration.mask === undefined
      ? [
          {
            pointer: `${pointer}/${index}`,
            code: 'unknown_field',
            detail: `${model.id} has no masked field "${name}".`,
          },
        ]
      : [],
  )
}
