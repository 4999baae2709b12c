/**
 * What plugins can contribute, and the complete checking of their manifests.
 *
 * @module
 */
export { checkManifest, type ManifestProblem } from './check-manifest.ts'
export { orderPlugins } from './dependency-order.ts'
export { handlerNames, type HandlerNames } from './handler-names.ts'
export { HOST_API_VERSION } from './host-api-version.ts'
export { manifestSchema } from './manifest-schema.ts'
export { generatedPermissions, permissionsOf } from './permission-ids.ts'
export type { CheckContext } from './point.ts'
export { RESERVED_PLUGIN_IDS } from './reserved-names.ts'
