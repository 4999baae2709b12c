import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../../..')

/** The plugins of this repository. */
export const PLUGINS_FOLDER = join(ROOT, 'plugins')

/** Names of the plugins that are in the repository. */
export function pluginsHere(): string[] {
  if (!existsSync(PLUGINS_FOLDER)) return []
  return readdirSync(PLUGINS_FOLDER).filter((name) => existsSync(join(PLUGINS_FOLDER, name, 'manifest.ts')))
}

/**
 * Whether plugins that a suite needs have been removed; says so, because the suite is skipped then.
 *
 * @param needed ids, all levels of what they require included
 * @example
 * ```ts
 * describe.skipIf(lacksPlugins('tickets', 'crm'))('a ticket of a customer', () => { … })
 * ```
 */
export function lacksPlugins(...needed: readonly string[]): boolean {
  const here = new Set(pluginsHere())
  const missing = needed.filter((plugin) => !here.has(plugin))
  if (missing.length > 0)
    process.stdout.write(
      `Tests that need ${needed.join(', ')} are skipped: plugins/ lacks ${missing.join(', ')}.\n`,
    )
  return missing.length > 0
}
