import { matchesPermission } from '../../access/index.ts'

/** Whether all scopes lie within those granted, wildcards included. */
export function withinScopes(wanted: readonly string[], granted: readonly string[]): boolean {
  return wanted.every((each) => granted.some((one) => matchesPermission(one, each)))
}
