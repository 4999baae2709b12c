import type { Manifest } from '@plinth/sdk'

const GENERATED_ACTIONS = ['read', 'create', 'update', 'delete', 'export'] as const

/** Ids of the permissions every entity has without declaring them. */
export function entityPermissions(area: string, plugin: string, entity: string): string[] {
  return GENERATED_ACTIONS.map((action) => `${area}.${plugin}.${entity}.${action}`)
}

/** Ids of the permissions that follow from the entities of a valid manifest: `<area>.<plugin>.<entity>.read` and so on. */
export function generatedPermissions(manifest: Manifest): string[] {
  return Object.keys(manifest.entities ?? {}).flatMap((entity) =>
    entityPermissions(manifest.area, manifest.id, entity),
  )
}

/** Ids of all permissions of a valid manifest, generated ones first, then declared ones. */
export function permissionsOf(manifest: Manifest): string[] {
  return [
    ...generatedPermissions(manifest),
    ...(manifest.permissions ?? []).map((permission) => permission.id),
  ]
}
