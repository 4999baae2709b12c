/**
 * `npm run dev`: the server and the browser side, both rebuilt and restarted as their sources change, in one terminal.
 * A new plugin folder is seen after the next `npm run dev`.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')
const children = new Set<ChildProcess>()
const stopping = new AbortController()

/** Starts a Node process whose lines appear under a name. When it ends by itself, everything ends. */
function start(name: string, args: readonly string[]): void {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C reaches this process alone and the children are stopped once, in order.
    detached: process.platform !== 'win32',
  })
  children.add(child)
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(`${name.padEnd(6)} │ ${line}`))
  }
  child.on('exit', (code) => {
    children.delete(child)
    if (!stopping.signal.aborted)
      console.error(`${name.padEnd(6)} │ ended with ${code ?? 'a signal'}; stopping the rest`)
    stop(code ?? 1)
  })
}

/** Asks every child to end and leaves when the last one has. */
function stop(code: number): void {
  if (stopping.signal.aborted) return
  stopping.abort()
  process.exitCode = code
  for (const child of children) child.kill('SIGTERM')
}

/** Sources of the server. What the browser side builds into `dist` must not restart it. */
function watchedPaths(): string[] {
  const plugins = readdirSync(join(root, 'plugins')).flatMap((id) =>
    ['manifest.ts', 'src', 'locales'].map((part) => `plugins/${id}/${part}`),
  )
  return ['kernel/src', 'sdk/api/src', ...plugins].filter((path) => existsSync(join(root, path)))
}

process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))

// What is built here is not what a production start would build, so that one must look again.
rmSync(join(root, '.plinth/ui-stamp'), { force: true })
start('ui', ['admin-ui/build.ts', '--watch'])
while (!existsSync(join(root, 'admin-ui/dist/index.html')) && !stopping.signal.aborted) await sleep(100)
if (!stopping.signal.aborted) {
  start('server', [
    '--watch',
    '--watch-preserve-output',
    ...watchedPaths().map((path) => `--watch-path=${path}`),
    'kernel/src/main.ts',
  ])
}
