/**
 * What plugins can contribute, and the complete checking of their manifests.
 *
 * @module
 */
export { checkManifest, type ManifestProblem } from './check-manifest.ts'
export { orderPlugins } from './dependency-order.ts'
export { fieldFaults } from './field-faults.ts'
export { handlerNames, type HandlerNames } from './handler-names.ts'
export { manifestSchema } from './manifest-schema.ts'
export { isMaskPermission, permissionsOf, RESERVED_ACTIONS } from './permission-ids.ts'
export type { CheckContext } from './point.ts'
export { RESERVED_FIELD_NAMES } from './reserved-names.ts'
