import { entityPermissions } from '../permission-ids.ts'
import type { ContributionPoint } from '../point.ts'
import { dicts, text } from '../reading.ts'
import { closed, listOf, localised, PERMISSION, permissionId } from '../vocabulary.ts'

/** Named rights beyond the generated ones. */
export const permissions: ContributionPoint = {
  name: 'permissions',
  properties: { permissions: listOf(closed({ id: permissionId, label: localised }, ['id', 'label'])) },
  check(manifest, { own }, report) {
    const generated = new Set(
      [...own.entities].flatMap(([entity, { declaration, fields }]) =>
        entityPermissions(own.area, own.id, entity, { ...declaration, fields: fields.values() }),
      ),
    )
    const prefix = `${own.area}.${own.id}.`
    const seen = new Set<string>()
    for (const [index, declaration] of dicts(manifest['permissions'])) {
      const id = text(declaration['id'])
      if (id === undefined || !PERMISSION.test(id)) continue
      const path = ['permissions', index, 'id']
      if (own.area && own.id && !id.startsWith(prefix)) {
        report(path, 'permission_prefix', `Permissions of this plugin begin with "${prefix}".`)
      }
      if (generated.has(id)) {
        report(path, 'permission_generated', `"${id}" exists without being declared; leave it out.`)
      }
      if (seen.has(id)) report(path, 'duplicate', `The permission "${id}" is declared twice.`)
      seen.add(id)
    }
  },
}
