import { actionProperties, checkValues } from '../entity-actions.ts'
import { checkHandlers } from '../handler-names.ts'
import { checkPermission } from '../permission-reference.ts'
import type { ContributionPoint } from '../point.ts'
import { dict, entriesOf, text } from '../reading.ts'
import { RESERVED_ENTITY_NAMES } from '../reserved-names.ts'
import { closed, named, permissionId } from '../vocabulary.ts'

/** Named commands on a plugin as a whole. */
export const actions: ContributionPoint = {
  name: 'actions',
  properties: {
    actions: named(
      { $ref: '#/$defs/camelName' },
      closed({ ...actionProperties, permission: permissionId }, ['label', 'permission']),
    ),
  },
  check(manifest, context, report) {
    const declared = entriesOf(manifest['actions'])
    for (const [name, value] of declared) {
      const at = ['actions', name]
      const action = dict(value)
      const permission = text(action['permission'])
      if (RESERVED_ENTITY_NAMES.has(name))
        report(at, 'name_reserved', `An action cannot be called "${name}".`)
      if (permission !== undefined) checkPermission(permission, [...at, 'permission'], context, report)
      checkValues(action, at, undefined, context, report)
    }
    const names = [...declared.keys()].map((name) => [['actions', name], name] as const)
    const kind = 'handler of an action of the plugin'
    checkHandlers(names, context.handlers?.pluginActions, { kind, path: ['actions'] }, report)
  },
}
