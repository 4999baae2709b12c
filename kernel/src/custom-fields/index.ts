/**
 * The fields tenants add to extensible entities: defining, changing and archiving them.
 *
 * @module
 */
export { CustomFields } from './custom-fields.ts'
export { freeName, kebabName } from './names.ts'
