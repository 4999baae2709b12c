/**
 * Builds the browser side: the shell with the shared modules, then the module of every plugin that has one.
 * What is unchanged since the last run is skipped. `--watch` stays and rebuilds, `--force` skips nothing.
 */
import { watch } from 'node:fs'
import { basename, join } from 'node:path'
import { fingerprint, unlessDone } from './build/fingerprint.ts'
import { ROOT, SHELL } from './build/paths.ts'
import { buildPlugin, pluginFolders } from './build/plugin-build.ts'
import { buildShell } from './build/shell-build.ts'

const watching = process.argv.includes('--watch')
const salt = process.argv.includes('--force') ? String(Date.now()) : watching ? 'watch' : ''
const compress = !watching

const TOOLING = ['admin-ui/build.ts', 'admin-ui/build', 'package-lock.json'].map((path) => join(ROOT, path))
const SHELL_SOURCES = [
  'admin-ui/src',
  'admin-ui/public',
  'admin-ui/index.html',
  'sdk/ui/src',
  'sdk/api/src',
].map((path) => join(ROOT, path))

async function timed(name: string, work: () => Promise<boolean>): Promise<void> {
  const start = performance.now()
  const done = await work()
  console.log(`${name}: ${done ? `built in ${Math.round(performance.now() - start)} ms` : 'unchanged'}`)
}

async function buildAll(): Promise<void> {
  const shellPrint = salt + (await fingerprint([...TOOLING, ...SHELL_SOURCES]))
  await timed('shell', () =>
    unlessDone(join(SHELL, 'dist/.built'), shellPrint, () => buildShell({ compress })),
  )
  const shared = await fingerprint([...TOOLING, join(SHELL, 'dist/shared.json')])
  for (const folder of await pluginFolders()) {
    const print = salt + shared + (await fingerprint([join(folder, 'ui'), join(folder, 'locales')]))
    const stamp = join(folder, 'dist/ui/.built')
    await timed(basename(folder), () => unlessDone(stamp, print, () => buildPlugin(folder, { compress })))
  }
}

/** Rebuilds after changes, one run at a time; what comes in meanwhile starts the next. */
function follow(): void {
  let timer: NodeJS.Timeout | undefined
  let running = false
  let again = false
  async function run(): Promise<void> {
    if (running) {
      again = true
      return
    }
    running = true
    do {
      again = false
      await buildAll().catch((error: unknown) =>
        console.error(error instanceof Error ? error.message : error),
      )
    } while (again)
    running = false
  }
  for (const folder of ['admin-ui', 'sdk', 'plugins']) {
    watch(join(ROOT, folder), { recursive: true }, (_event, file) => {
      if (!file || /(^|\/)(dist|node_modules|\.turbo)\//.test(file)) return
      clearTimeout(timer)
      timer = setTimeout(() => void run(), 60)
    })
  }
}

await buildAll()
if (watching) follow()
