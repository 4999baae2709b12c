import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { SHELL } from './paths.ts'
import { UI_ABI } from './shared-modules.ts'

/** Name prefix of the entries that re-export one shared module. */
export const SHARED = 'shared:'

function chunksOf(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  return Object.values(bundle).filter((part): part is Rolldown.OutputChunk => part.type === 'chunk')
}

/** Everything the entry imports statically, so that the browser fetches it in one go. */
function staticImports(bundle: Rolldown.OutputBundle, entry: Rolldown.OutputChunk): Set<string> {
  const found = new Set<string>()
  const queue = [entry.fileName]
  for (let file = queue.pop(); file; file = queue.pop()) {
    const chunk = bundle[file]
    if (chunk?.type !== 'chunk') continue
    for (const next of chunk.imports) {
      if (found.has(next)) continue
      found.add(next)
      queue.push(next)
    }
  }
  return found
}

/**
 * Writes `index.html` from its template, with import map, preloads and styles, and `shared.json` for plugin builds.
 * `{{base}}` and `{{nonce}}` stay in the page: the server fills them in for every answer.
 */
export function shellPage(): Plugin {
  return {
    name: 'plinth:shell-page',
    generateBundle(_options, bundle) {
      const chunks = chunksOf(bundle)
      const entry = chunks.find((chunk) => chunk.isEntry && chunk.name === 'shell')
      if (!entry) throw new Error('The shell has no entry chunk.')
      const imports: Record<string, string> = {}
      for (const chunk of chunks) {
        if (chunk.isEntry && chunk.facadeModuleId?.includes(SHARED)) {
          imports[chunk.facadeModuleId.slice(chunk.facadeModuleId.indexOf(SHARED) + SHARED.length)] =
            `./${chunk.fileName}`
        }
      }
      const styles = Object.values(bundle).filter(
        (part) => part.type === 'asset' && /shell[^/]*\.css$/.test(part.fileName),
      )
      const font = Object.values(bundle).find((part) =>
        /geist-latin-wght-normal[^/]*\.woff2$/.test(part.fileName),
      )
      const head = [
        ...styles.map(({ fileName }) => `<link rel="stylesheet" href="${fileName}">`),
        ...(font
          ? [`<link rel="preload" as="font" type="font/woff2" href="${font.fileName}" crossorigin>`]
          : []),
        `<script type="importmap" nonce="{{nonce}}">${JSON.stringify({ imports })}</script>`,
        ...[...staticImports(bundle, entry)].map((file) => `<link rel="modulepreload" href="${file}">`),
        `<script type="module" nonce="{{nonce}}" src="${entry.fileName}"></script>`,
      ]
      const template = readFileSync(join(SHELL, 'index.html'), 'utf8')
      const page = template.replace('<!-- shell -->', () => head.join('\n    '))
      this.emitFile({ type: 'asset', fileName: 'index.html', source: page })
      this.emitFile({
        type: 'asset',
        fileName: 'shared.json',
        source: `${JSON.stringify({ abi: UI_ABI, imports }, null, 2)}\n`,
      })
    },
  }
}
