import type { Outline } from './outline.ts'
import type { Path, PointContext, Report } from './point.ts'
import { suggestion } from './nearest.ts'
import { PERMISSION, PERMISSION_PREFIX } from './vocabulary.ts'

/** The plugin a permission or prefix belongs to: this one, a required one that is known, or none that can be looked at. */
export function ownerOf(permission: string, { own, other }: PointContext): Outline | undefined {
  if (!own.id || !own.area) return undefined
  const plugin = permission.split('.')[1] ?? ''
  if (plugin === own.id) return own
  return own.requires.has(plugin) ? other(plugin) : undefined
}

/** Whether the owner has the permission, or at least one that begins with the prefix. */
export function permissionExists(permission: string, owner: Outline): boolean {
  if (!permission.endsWith('.*')) return owner.permissions.has(permission)
  return [...owner.permissions].some((id) => id.startsWith(permission.slice(0, -1)))
}

/**
 * Checks that a permission, or a prefix of permissions, exists in this plugin or one it requires. What is malformed
 * is left to the schema, and what stands in a plugin that is not known is believed.
 */
export function checkPermission(permission: string, path: Path, context: PointContext, report: Report): void {
  const isPrefix = PERMISSION_PREFIX.test(permission)
  const { own } = context
  if ((!isPrefix && !PERMISSION.test(permission)) || !own.id || !own.area) return
  const plugin = permission.split('.')[1] ?? ''
  if (plugin !== own.id && !own.requires.has(plugin)) {
    const message = `"${permission}" belongs to "${plugin}", which is neither this plugin nor one it requires.`
    report(path, 'permission_foreign', message + suggestion(permission, own.permissions))
    return
  }
  const owner = ownerOf(permission, context)
  if (!owner || permissionExists(permission, owner)) return
  const message = isPrefix
    ? `No permission begins with "${permission.slice(0, -1)}".`
    : `There is no permission "${permission}".`
  report(path, 'permission_unknown', message + suggestion(permission, owner.permissions))
}
