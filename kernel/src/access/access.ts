import { rulesToCondition } from '@casl/ability/extra'
import { Failure } from '../errors.ts'
import type { EntityModel, RowScope } from '../data/index.ts'
import type { Filter } from '@plinth/sdk'
import { splitPermission, type AccessAbility } from './build-ability.ts'

/** The rights of one actor in one tenant. `undefined` ability: the system, which is limited by its plugin's database role only. */
export class Access {
  readonly #ability: AccessAbility | undefined
  readonly #rows = new Map<string, RowScope>()
  readonly #can = new Map<string, boolean>()

  constructor(ability: AccessAbility | undefined) {
    this.#ability = ability
  }

  /** Whether the actor holds the permission, at least for some records. */
  can(permission: string): boolean {
    if (!this.#ability) return true
    const known = this.#can.get(permission)
    if (known !== undefined) return known
    const { subject, action } = splitPermission(permission)
    const can = this.#ability.rulesFor(action, subject).some((rule) => !rule.inverted)
    this.#can.set(permission, can)
    return can
  }

  /** Whether the actor holds the permission for every record, and may therefore pass it on. */
  holds(permission: string): boolean {
    if (!this.#ability) return true
    const { subject, action } = splitPermission(permission)
    const rules = this.#ability.rulesFor(action, subject)
    return (
      rules.some((rule) => !rule.inverted && !rule.conditions && !rule.fields) &&
      !rules.some((rule) => rule.inverted)
    )
  }

  /** @throws Failure `permission_missing`, naming the permission */
  require(permission: string): void {
    if (!this.can(permission)) throw new Failure('permission_missing', { extensions: { permission } })
  }

  /**
   * The records of an entity on which the actor may do something.
   *
   * @param field for `reveal` and `replace`: the masked field it is about; without it, whichever
   */
  rows(model: EntityModel, action: string, field?: string): RowScope {
    if (!this.#ability) return true
    const key = `${model.id} ${action} ${field ?? ''}`
    let scope = this.#rows.get(key)
    if (scope === undefined) {
      scope = toRowScope(this.#ability, model.id, action, field)
      this.#rows.set(key, scope)
    }
    return scope
  }
}

function toRowScope(ability: AccessAbility, subject: string, action: string, field?: string): RowScope {
  const scope = rulesToCondition<AccessAbility, Filter, RowScope>(
    ability.rulesFor(action, subject, field),
    (rule) => (rule.inverted ? { not: rule.conditions! } : rule.conditions!),
    { and: (parts) => ({ and: parts }), or: (parts) => ({ or: parts }), empty: () => true },
  )
  return scope ?? false
}
