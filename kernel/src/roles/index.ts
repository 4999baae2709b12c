/**
 * The roles of workspaces: what they grant, who may change them, and what follows for members.
 *
 * @module
 */
export { declares, explain, grantsCovering, type Question } from './explain.ts'
export { KERNEL_PERMISSION_WORDS } from './kernel-permission-words.ts'
export { permissionGroups } from './permission-groups.ts'
export { Roles, type RoleChange, type RoleOrder } from './roles.ts'
