import { COMMON_SCHEMA } from './places/home.ts'

/** Owns all tables; used for set-up and migrations only. */
export const OWNER_ROLE = 'plinth_owner'

/** The login of the running application. Owns nothing and inherits nothing: every transaction takes a role below. */
export const APP_ROLE = 'plinth_app'

/** Works on the kernel's own tables, within one tenant. */
export const KERNEL_ROLE = 'plinth_kernel'

/** Works across tenants, only where the kernel has to: finding a tenant by its name, and delivering events. */
export const PLATFORM_ROLE = 'plinth_platform'

/** What every plugin role may do besides its own tables: write audit entries, events and sequence numbers. */
export const PLUGIN_GROUP = 'plinth_plugins'

/** The database role of a plugin, granted its own tables and those it declares. Ids are at most 40 characters. */
export function pluginRole(plugin: string): string {
  return `plinth_plg_${plugin.replaceAll('-', '_')}`
}

/**
 * The role that stands for a plugin's within a schema. A schema of a tenant's own has roles of its own, which reach no other schema.
 *
 * @param role any role; those that are no plugin's are the same everywhere
 */
export function roleIn(schema: string, role: string): string {
  return schema === COMMON_SCHEMA || !role.startsWith('plinth_plg_') ? role : `${role}_${schema}`
}
