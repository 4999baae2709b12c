export { Access } from './access.ts'
export {
  bindCondition,
  boundTo,
  buildAbility,
  grantsOf,
  splitPermission,
  type AccessSource,
} from './build-ability.ts'
export { covers, firstBeyond } from './covers.ts'
export { kernelPermissions, type KernelPermission } from './kernel-permissions.ts'
export { unmasking } from './unmasking.ts'
export { grantCovers, matchesPermission } from './match-permission.ts'
export { holdsEverything } from './holds-everything.ts'
export {
  ADMIN_ROLE,
  MEMBER_GRANTS,
  MEMBER_ROLE,
  traceLasting,
  traceMembership,
  traceRoles,
  type KnownRoles,
  type RoleRights,
  type TracedGrant,
} from './trace-grants.ts'
