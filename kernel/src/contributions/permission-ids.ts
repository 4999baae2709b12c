import type { Manifest } from '@plinth/sdk'
import { dict, entriesOf } from './reading.ts'

const GENERATED_ACTIONS = ['read', 'create', 'update', 'delete', 'export'] as const
const TRASH_ACTIONS = ['restore', 'purge'] as const

const MASK_ACTIONS = ['reveal', 'replace'] as const

/** What of an entity decides which permissions it has without declaring them. */
interface Entity {
  /** Whether its records can be restored from a trash, and removed from it. */
  readonly softDelete?: unknown
  /** Whether tenants add fields, which may be masked. */
  readonly extensible?: unknown
  /** Those without a permission of their own bring one of their name. */
  readonly actions?: unknown
  /** Masked ones bring permissions to see and to replace what they hide. */
  readonly fields: Iterable<{ readonly mask?: unknown }>
}

/** What an action cannot be called: what is done to records anyway, and what is said of it afterwards. */
export const RESERVED_ACTIONS: ReadonlySet<string> = new Set([
  ...GENERATED_ACTIONS,
  ...TRASH_ACTIONS,
  ...MASK_ACTIONS,
  'created',
  'updated',
  'deleted',
  'restored',
  'purged',
])

/** Ids of the permissions an entity has without declaring them. */
export function entityPermissions(
  area: string,
  plugin: string,
  entity: string,
  { softDelete, extensible, fields, actions }: Entity,
): string[] {
  const masked = extensible === true || [...fields].some((field) => field.mask !== undefined)
  const named = [...entriesOf(actions)].flatMap(([name, action]) =>
    dict(action)['permission'] === undefined ? [name] : [],
  )
  return [
    ...GENERATED_ACTIONS,
    ...(softDelete ? TRASH_ACTIONS : []),
    ...(masked ? MASK_ACTIONS : []),
    ...named,
  ].map((action) => `${area}.${plugin}.${entity}.${action}`)
}

/** Whether a permission or prefix is about what masks hide, and may therefore be granted for some fields only. */
export function isMaskPermission(permission: string): boolean {
  return MASK_ACTIONS.some((action) => permission.endsWith(`.${action}`))
}

/** Ids of the permissions that follow from the entities of a valid manifest: `<area>.<plugin>.<entity>.read` and so on. */
export function generatedPermissions(manifest: Manifest): string[] {
  return Object.entries(manifest.entities ?? {}).flatMap(
    ([entity, { softDelete, extensible, fields, actions }]) =>
      entityPermissions(manifest.area, manifest.id, entity, {
        softDelete,
        extensible,
        fields: Object.values(fields),
        actions,
      }),
  )
}

/** Ids of all permissions of a valid manifest, generated ones first, then declared ones. */
export function permissionsOf(manifest: Manifest): string[] {
  return [
    ...generatedPermissions(manifest),
    ...(manifest.permissions ?? []).map((permission) => permission.id),
  ]
}
