import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Manifest } from '@plinth/sdk'
import { discoverPlugins, type PluginSource } from '../../src/plugins/discover.ts'

/** A folder that holds only some of another folder's plugins. */
export interface SelectedPlugins {
  readonly folder: string
  remove(): Promise<void>
}

/** Where plugins are looked for when a test does not say: `plugins` below the working directory. */
export function pluginsFolderOf({ pluginsFolder }: { readonly pluginsFolder?: string }): string {
  return pluginsFolder ?? join(process.cwd(), 'plugins')
}

/** Ids of the plugins in a folder whose manifest can be read, with what each requires. */
export async function readPlugins(folder: string): Promise<Map<string, Manifest & { folder: string }>> {
  return readable(await discoverPlugins(folder))
}

function readable(sources: readonly PluginSource[]): Map<string, Manifest & { folder: string }> {
  return new Map(
    sources.flatMap((source) => {
      const manifest = source.manifest as Manifest | undefined
      return manifest ? [[manifest.id, { ...manifest, folder: source.folder }] as const] : []
    }),
  )
}

/**
 * Makes a folder with links to the named plugins and everything they require, through all levels.
 *
 * @throws Error when there is no plugin of that id, or its manifest cannot be read
 */
export async function selectPlugins(folder: string, ids: readonly string[]): Promise<SelectedPlugins> {
  const sources = await discoverPlugins(folder)
  const known = readable(sources)
  const wanted = new Set<string>()
  const want = (id: string, because: string): void => {
    if (wanted.has(id)) return
    const plugin = known.get(id)
    if (!plugin) {
      const unreadable = sources.find(({ name, problem }) => name === id && problem)?.problem
      throw new Error(unreadable?.message ?? `${folder} holds no plugin "${id}"${because}`)
    }
    wanted.add(id)
    for (const required of Object.keys(plugin.requires ?? {})) want(required, `, which ${id} requires`)
  }
  for (const id of ids) want(id, '')
  return linkPlugins([...wanted].map((id) => known.get(id)!.folder))
}

/** Makes a folder with links to exactly these plugin folders, whatever they require. */
export async function linkPlugins(folders: readonly string[]): Promise<SelectedPlugins> {
  const target = await mkdtemp(join(tmpdir(), 'plinth-plugins-'))
  for (const folder of folders) await symlink(folder, join(target, folder.split('/').at(-1)!), 'dir')
  return { folder: target, remove: () => rm(target, { recursive: true, force: true }) }
}
