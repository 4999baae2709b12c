import { matchesPermission } from '../access/index.ts'
import { platformPermissions, type PlatformPermission } from './platform-permissions.ts'

/** Someone who runs the platform. */
export class Operator {
  /** Undefined: whoever has the token of the configuration, who may do everything. */
  readonly id: string | undefined
  readonly name: string
  readonly #permissions: readonly string[]

  /** @param permissions wildcards allowed */
  constructor(id: string | undefined, name: string, permissions: readonly string[]) {
    this.id = id
    this.name = name
    this.#permissions = permissions
  }

  can(permission: PlatformPermission): boolean {
    return this.#permissions.some((granted) => matchesPermission(granted, permission))
  }

  /** Whether the operator could do all that somebody with these permissions can, and may therefore pass them on. */
  holdsAll(permissions: readonly string[]): boolean {
    return platformPermissions
      .filter((each) => permissions.some((granted) => matchesPermission(granted, each)))
      .every((each) => this.can(each))
  }
}

/** The operator of the configuration's token: there before any other, and to make the first of them. */
export const rootOperator = new Operator(undefined, 'Configuration', ['platform.*'])
