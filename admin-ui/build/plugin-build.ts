import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'
import { compressFolder } from './compress.ts'
import { ROOT, SHELL } from './paths.ts'
import { TARGETS } from './targets.ts'

/** Folders of the plugins that have a browser side. */
export async function pluginFolders(): Promise<string[]> {
  const names = await readdir(join(ROOT, 'plugins')).catch(() => [])
  return names
    .map((name) => join(ROOT, 'plugins', name))
    .filter((folder) => existsSync(join(folder, 'ui/index.ts')))
}

/** The modules a plugin build leaves to the page. */
function sharedImports(): string[] {
  const list = JSON.parse(readFileSync(join(SHELL, 'dist/shared.json'), 'utf8')) as {
    imports: Record<string, string>
  }
  return Object.keys(list.imports)
}

/** A second copy of a shared library breaks signals, theme and element names: deep imports are refused. */
function refuseCopies(folder: string, output: Rolldown.RolldownOutput['output']): void {
  const modules = output.flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []))
  const copied = modules
    .map(
      (id) =>
        /node_modules\/(@vaadin\/[^/]+|lit|lit-html|lit-element|@lit\/[^/]+|@preact\/signals-core)\//.exec(
          id,
        )?.[1],
    )
    .filter((name) => name !== undefined)
  const own = modules.some((id) => id.includes('/sdk/ui/src/')) ? ['@plinth/ui'] : []
  const names = [...new Set([...copied, ...own])]
  if (names.length === 0) return
  throw new Error(
    `${folder}/ui bundles ${names.join(', ')}. Import shared modules by the names in shared.json only.`,
  )
}

/** Builds one plugin's browser module into `<plugin>/dist/ui`, with `module.json` naming entry and integrity. */
export async function buildPlugin(folder: string, options: { readonly compress: boolean }): Promise<void> {
  const outDir = join(folder, 'dist/ui')
  const shared = new Set(sharedImports())
  const { output } = (await build({
    configFile: false,
    root: folder,
    base: './',
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: TARGETS,
      cssTarget: TARGETS,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { index: join(folder, 'ui/index.ts') },
        preserveEntrySignatures: 'strict',
        external: (id) => shared.has(id),
        output: {
          format: 'es',
          entryFileNames: '[name]-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  })) as Rolldown.RolldownOutput
  refuseCopies(folder, output)
  const entry = output.find((part) => part.type === 'chunk' && part.isEntry)
  if (!entry) throw new Error(`${folder}: the browser module has no entry.`)
  // Taken from the written file: the bundler may touch chunks after handing them out.
  const hash = createHash('sha384')
    .update(readFileSync(join(outDir, entry.fileName)))
    .digest('base64')
  const module = { entry: entry.fileName, integrity: `sha384-${hash}` }
  await writeFile(join(outDir, 'module.json'), `${JSON.stringify(module, null, 2)}\n`)
  if (options.compress) await compressFolder(outDir)
}
