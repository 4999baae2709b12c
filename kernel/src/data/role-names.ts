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
