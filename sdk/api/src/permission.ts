import type { Filter } from './filter.ts'
import type { Text } from './text.ts'

/**
 * A named right beyond the generated `read`, `create`, `update` and `delete` of each entity, and, where it has masked fields, `reveal`
 * (ask for the values) and `replace` (change them unseen, with `update`).
 */
export interface PermissionDeclaration {
  /** `<area>.<plugin>.<entity>.<action>`, prefixed by this plugin's area and id. */
  readonly id: string
  readonly label: Text
}

/** A permission, optionally only for records that meet the condition. */
export interface RoleGrant {
  /** A permission id, or a prefix ending in `.*`. */
  readonly permission: string
  /**
   * Field conditions; the text `$actor.id` stands for the acting member. Fields of type `date` and `datetime` are also compared with times relative to
   * now, in the time zone of the tenant: `$now`, or the beginning of the present `$day`, `$week`, `$month` or `$year`, with a step such as `$now-P30D`,
   * `$month+P1M`, `$now-PT2H`.
   */
  readonly condition?: Filter
  /** `reveal` and `replace` only: the masked fields it is about. Default: all of the entity. */
  readonly fields?: readonly string[]
}

/** A role a plugin offers. It exists in a tenant as long as the plugin is enabled there. */
export interface RoleTemplate {
  /** Unique within the plugin; the role's full id is `<plugin>.<id>`. */
  readonly id: string
  readonly label: Text
  readonly grants: readonly (string | RoleGrant)[]
  /** Every ordinary member has this role without being given it. */
  readonly everyMember?: boolean
}
