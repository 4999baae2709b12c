import { readdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build, type Plugin, type Rolldown } from 'vite'
import { checkBudget } from './budget.ts'
import { compressFolder } from './compress.ts'
import { copyIcons, ICON_FOLDER } from './icons.ts'
import { ROOT, SHELL } from './paths.ts'
import { SHARED, shellPage } from './shell-page.ts'
import { sharedSpecifiers } from './shared-modules.ts'
import { TARGETS } from './targets.ts'
import { vaadinTheme } from './vaadin-theme.ts'

const OUT = join(SHELL, 'dist')

/** One entry per shared module: whatever the bundler does inside, its exports stay reachable under one address. */
function sharedEntries(): Plugin {
  return {
    name: 'plinth:shared-entries',
    resolveId: (source) => (source.startsWith(SHARED) ? `\0${source}` : null),
    load(id) {
      if (!id.startsWith(`\0${SHARED}`)) return null
      return `export * from ${JSON.stringify(id.slice(SHARED.length + 1))}`
    },
  }
}

/** Imports of the virtual entries are looked up where the SDK's browser package would look them up. */
function resolveFromSdk(): Plugin {
  return {
    name: 'plinth:resolve-from-sdk',
    resolveId(source, importer) {
      if (!importer?.startsWith(`\0${SHARED}`)) return null
      return this.resolve(source, join(ROOT, 'sdk/ui/src/index.ts'), { skipSelf: true })
    },
  }
}

const fileName = (name: string): string =>
  name
    .replace(/^shared:/, '')
    .replace(/[^a-zA-Z0-9-]+/g, '-')
    .replace(/^-|-js$/g, '')

/** Removes what an earlier build left, but keeps unchanged files and their compressed copies. */
async function sweep(written: ReadonlySet<string>): Promise<void> {
  const folder = join(OUT, 'assets')
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue
    const name = relative(OUT, join(folder, entry.name)).replace(/\.(br|gz)$/, '')
    if (!written.has(name)) await rm(join(folder, entry.name))
  }
}

/** Builds shell and shared modules into `admin-ui/dist`. */
export async function buildShell(options: { readonly compress: boolean }): Promise<void> {
  const shared = sharedSpecifiers()
  const output = (await build({
    configFile: false,
    root: SHELL,
    base: './',
    logLevel: 'warn',
    publicDir: join(SHELL, 'public'),
    define: { ICON_FOLDER_BELOW_BASE: JSON.stringify(ICON_FOLDER) },
    plugins: [sharedEntries(), resolveFromSdk(), vaadinTheme(), shellPage()],
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: TARGETS,
      cssTarget: TARGETS,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        preserveEntrySignatures: 'strict',
        input: {
          shell: join(SHELL, 'src/main.ts'),
          ...Object.fromEntries(shared.map((specifier) => [fileName(specifier), SHARED + specifier])),
        },
        output: {
          entryFileNames: 'assets/[name]-[hash].js',
          chunkFileNames: 'assets/[name]-[hash].js',
          assetFileNames: 'assets/[name]-[hash][extname]',
          codeSplitting: {
            groups: [
              {
                name: 'lit',
                test: /node_modules\/(lit|lit-html|lit-element|@lit\/reactive-element)\//,
              },
              {
                name: 'ui',
                test: /(sdk\/(ui\/src\/(?!form|data-grid|vaadin)|api\/src)|@preact\/signals-core|intl-messageformat|@formatjs)/,
              },
              {
                name: 'vaadin-base',
                test: /@vaadin\/(component-base|a11y-base|field-base|input-container|overlay|vaadin-themable-mixin|lit-renderer|item|list-box|button|text-field)\/|sdk\/ui\/src\/vaadin|@open-wc|virtual:aura/,
              },
            ],
          },
        },
      },
    },
  })) as Rolldown.RolldownOutput
  await sweep(new Set(output.output.map((part) => part.fileName)))
  await copyIcons(OUT)
  if (!options.compress) return
  await compressFolder(join(OUT, 'assets'))
  checkBudget(OUT, output.output)
}
