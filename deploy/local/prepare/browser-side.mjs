import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inRoot, root } from './paths.mjs'
import { nodeToRun } from './pinned-node.mjs'

const build = inRoot('admin-ui/build.ts')
const stamp = inRoot('.plinth/ui-stamp')
const shared = ['admin-ui', 'sdk/ui', 'sdk/api', 'package-lock.json']
const skipped = new Set(['node_modules', 'dist', '.turbo'])

/**
 * Builds shell and plugin modules for the browser when their sources have changed since the last build.
 *
 * @param {{ force: boolean }} options
 */
export function buildBrowserSide({ force }) {
  if (!existsSync(build))
    throw new Error(`${relative(root, build)} is missing: the browser side cannot be built.`)
  const print = fingerprint()
  if (!force && isComplete() && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return
  rmSync(stamp, { force: true })
  console.log('Building the browser side …')
  const { status } = spawnSync(nodeToRun, [build], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('Building the browser side failed.')
  mkdirSync(inRoot('.plinth'), { recursive: true })
  writeFileSync(stamp, print)
}

function plugins() {
  const folder = inRoot('plugins')
  return existsSync(folder)
    ? readdirSync(folder)
        .toSorted()
        .map((id) => join(folder, id))
    : []
}

/** Someone may have deleted what was built. */
function isComplete() {
  const modules = plugins().filter((plugin) => existsSync(join(plugin, 'ui/index.ts')))
  return (
    existsSync(inRoot('admin-ui/dist/index.html')) &&
    modules.every((plugin) => existsSync(join(plugin, 'dist/ui/module.json')))
  )
}

/** One hash over path and content of every source. Content, because a checkout gives every file a new time. */
function fingerprint() {
  const hash = createHash('sha256')
  const sources = [
    ...shared.map(inRoot),
    ...plugins().flatMap((plugin) => [join(plugin, 'ui'), join(plugin, 'locales')]),
  ]
  // Folders are read in sorted order, so the hash is the same on every machine.
  for (const file of sources.flatMap(files)) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** All files below a path, without tests and what was built. */
function files(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .toSorted()
    .filter((name) => !skipped.has(name) && !name.endsWith('.test.ts'))
    .flatMap((name) => files(join(path, name)))
}
