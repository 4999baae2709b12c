import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Manifest, PluginDefinition } from '@plinth/sdk'
import { checkManifest, handlerNames } from '../contributions/index.ts'

let attempt = 0

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
  if (fresh) attempt += 1
  const module = (await import(`${pathToFileURL(file).href}${fresh ? `?attempt=${attempt}` : ''}`)) as {
    plugin?: PluginDefinition
  }
  if (!module.plugin?.handlers) throw new Error('The plugin’s module exports no "plugin"')
  const handlers = handlerNames(module.plugin.handlers)
  const problems = checkManifest(manifest, { handlers })
  if (problems.length > 0)
    throw new Error(problems.map((problem) => `${problem.path}: ${problem.message}`).join('; '))
  return module.plugin
}
