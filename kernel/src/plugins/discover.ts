import { existsSync } from 'node:fs'
import { readdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ManifestProblem } from '../contributions/index.ts'

/** A folder that holds a plugin, and what was read of its manifest. Nothing of it has been checked. */
export interface PluginSource {
  readonly folder: string
  /** The folder's name: what the plugin is called while its manifest is unreadable. */
  readonly name: string
  readonly manifest: unknown
  readonly problem?: ManifestProblem
}

/** Reads the manifests of all plugins in a folder: `plinth.json` of a packed plugin, otherwise `manifest.ts`. */
export async function discoverPlugins(folder: string): Promise<PluginSource[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
  const sources = await Promise.all(names.toSorted().map((name) => readSource(join(folder, name), name)))
  return sources.filter((source) => source !== undefined)
}

async function readSource(place: string, name: string): Promise<PluginSource | undefined> {
  let folder = place
  try {
    // A linked folder is the one it leads to: what its code imports by relative path is found from there.
    folder = await realpath(place)
    if (existsSync(join(folder, 'plinth.json'))) {
      return { folder, name, manifest: JSON.parse(await readFile(join(folder, 'plinth.json'), 'utf8')) }
    }
    const file = ['manifest.ts', 'manifest.js'].map((each) => join(folder, each)).find(existsSync)
    if (!file) return undefined
    const module = (await import(pathToFileURL(file).href)) as { manifest?: unknown }
    return { folder, name, manifest: module.manifest }
  } catch (error) {
    const message = `The manifest cannot be read: ${(error as Error).message}`
    return {
      folder,
      name,
      manifest: undefined,
      problem: { plugin: name, path: '', code: 'unreadable', message },
    }
  }
}
