import { checkGrantFields } from '../field-secrecy.ts'
import { checkPermission } from '../permission-reference.ts'
import type { ContributionPoint } from '../point.ts'
import { dict, dicts, list, text } from '../reading.ts'
import { checkCondition, filterDefinitions } from '../role-condition.ts'
import { closed, flag, kebabName, listOf, localised, permissionGrant } from '../vocabulary.ts'

/** A permission, or an object with a condition: one schema, because a choice of two explains faults badly. */
const grant = {
  ...permissionGrant,
  ...closed(
    {
      permission: permissionGrant,
      condition: { $ref: '#/$defs/filter' },
      fields: listOf({ type: 'string', minLength: 1, maxLength: 60 }, { minItems: 1, uniqueItems: true }),
    },
    ['permission'],
  ),
  type: ['string', 'object'],
}

const role = closed(
  { id: kebabName, label: localised, grants: listOf(grant, { minItems: 1 }), everyMember: flag },
  ['id', 'label', 'grants'],
)

/** Roles that exist in a tenant as long as the plugin is enabled there. */
export const roles: ContributionPoint = {
  name: 'roles',
  properties: { roles: listOf(role) },
  definitions: filterDefinitions,
  check(manifest, context, report) {
    const seen = new Set<string>()
    for (const [index, declaration] of dicts(manifest['roles'])) {
      const id = text(declaration['id'])
      if (id !== undefined) {
        if (seen.has(id)) report(['roles', index, 'id'], 'duplicate', `The role "${id}" is declared twice.`)
        seen.add(id)
      }
      list(declaration['grants']).forEach((value, position) => {
        const path = ['roles', index, 'grants', position]
        const plain = text(value)
        if (plain !== undefined) return checkPermission(plain, path, context, report)
        const { permission, condition, fields } = dict(value)
        if (typeof permission !== 'string') return
        checkPermission(permission, [...path, 'permission'], context, report)
        checkGrantFields(permission, fields, [...path, 'fields'], context, report)
        if (condition !== undefined)
          checkCondition(permission, condition, [...path, 'condition'], context, report)
      })
    }
  },
}
