import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Manifest, PluginDefinition } from '@plinth/sdk'
import { checkManifest, handlerNames } from '../contributions/index.ts'

/** Folder of the plugin by attempt. */
const attempts = new Map<string, string>()

/**
 * Imports the code of a plugin and checks that it has the handlers its manifest names.
 *
 * @param fresh evaluate the module again, after it failed; Node would otherwise answer with the first failure for ever
 * @throws Error with a sentence an administrator can act on
 */
export async function importPlugin(
  folder: string,
  manifest: Manifest,
  fresh: boolean,
): Promise<PluginDefinition> {
  const file = ['src/index.ts', 'src/index.js', 'index.js'].map((each) => join(folder, each)).find(existsSync)
  if (!file) return { manifest, handlers: {} }
  const module = (await import(`${pathToFileURL(file).href}${fresh ? newAttempt(folder) : ''}`)) as {
    plugin?: PluginDefinition
  }
  if (!module.plugin?.handlers) throw new Error('The plugin’s module exports no "plugin"')
  const handlers = handlerNames(module.plugin.handlers)
  const problems = checkManifest(manifest, { handlers })
  if (problems.length > 0)
    throw new Error(problems.map((problem) => `${problem.path}: ${problem.message}`).join('; '))
  return module.plugin
}

/**
 * The query under which Node takes the plugin's modules for new ones. Not the door alone: the failure of any of its parts is kept just
 * as well, so all that it imports from its own folder gets the query too.
 */
function newAttempt(folder: string): string {
  if (attempts.size === 0) {
    registerHooks({
      resolve(specifier, context, nextResolve) {
        const resolved = nextResolve(specifier, context)
        const query = /\?attempt=\d+$/.exec(context.parentURL ?? '')?.[0]
        const own = query === undefined ? undefined : attempts.get(query)
        return own !== undefined && resolved.url.startsWith(own) && !resolved.url.includes('?')
          ? { ...resolved, url: `${resolved.url}${query}` }
          : resolved
      },
    })
  }
  const query = `?attempt=${attempts.size + 1}`
  attempts.set(query, `${pathToFileURL(folder).href}/`)
  return query
}
