/**
 * The roles of workspaces: what they grant, who may change them, and what follows for members.
 *
 * @module
 */
export { declares, explain, grantsCovering, type Question } from './explain.ts'
export { fieldRules, fieldsOfConditions } from './explained-fields.ts'
export { holdersOf, rolesGiving } from './holders.ts'
export { KERNEL_PERMISSION_WORDS } from './kernel-permission-words.ts'
export { permissionGroups } from './permission-groups.ts'
export { permissionWords } from './permission-words.ts'
export { SYSTEM_LABELS } from './role-documents.ts'
export { Roles, type RoleChange, type RoleOrder } from './roles.ts'
