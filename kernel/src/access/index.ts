export { Access } from './access.ts'
export { buildAbility, type AccessSource } from './build-ability.ts'
export { kernelPermissions } from './kernel-permissions.ts'
export { matchesPermission } from './match-permission.ts'
