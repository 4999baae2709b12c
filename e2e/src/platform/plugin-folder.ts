import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PLUGINS_FOLDER, pluginsHere, ROOT } from './plugins-here.ts'

export interface PluginFolder {
  readonly folder: string
  remove(): Promise<void>
}

/**
 * A folder of plugins for one test: links to all plugins of the repository, and what the test writes beside them.
 *
 * @param files contents by path, e.g. `rooms/manifest.ts`
 */
export async function pluginFolder(files: Readonly<Record<string, string>>): Promise<PluginFolder> {
  const place = await mkdtemp(join(tmpdir(), 'plinth-e2e-plugins-'))
  const folder = join(place, 'plugins')
  await mkdir(folder)
  // What a plugin imports is looked for from its own place upwards.
  await symlink(join(ROOT, 'node_modules'), join(place, 'node_modules'), 'dir')
  for (const plugin of pluginsHere()) await symlink(join(PLUGINS_FOLDER, plugin), join(folder, plugin), 'dir')
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return { folder, remove: () => rm(place, { recursive: true, force: true }) }
}
