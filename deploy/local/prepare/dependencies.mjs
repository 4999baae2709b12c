import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, root } from './paths.mjs'
import { ensureNode, nodeToRun } from './pinned-node.mjs'

const lockFile = inRoot('package-lock.json')
const stamp = inRoot('node_modules/.plinth-lock')
/** What npm itself remembers of its last installation. */
const installedFile = inRoot('node_modules/.package-lock.json')

/**
 * Installs what package-lock.json lists, unless that is what is there.
 *
 * @returns {boolean} whether something was installed.
 */
export function installDependencies() {
  const lock = readFileSync(lockFile, 'utf8')
  const print = createHash('sha256').update(lock).digest('hex')
  if (existsSync(nodeToRun) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return false
  const missing = !isInstalled(lock)
  if (missing) install()
  ensureNode()
  writeFileSync(stamp, print)
  return missing
}

function install() {
  console.log('Installing dependencies (only once, about a minute) …')
  // Without the two --include a shell with NODE_ENV=production would get no tools to build with.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env['npm_execpath']
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, npm_config_yes: 'true' } }
  const { status, stdout, stderr, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (status === 0) return
  throw new Error(
    `Installing the dependencies failed.\n${[stdout, stderr, error?.message].filter(Boolean).join('\n')}`,
  )
}

/**
 * Whether an `npm ci` or `npm install` by hand has already brought what the lock file asks for. Packages for other
 * machines are optional there and may be absent.
 */
function isInstalled(lock) {
  if (!existsSync(installedFile)) return false
  const wanted = JSON.parse(lock).packages
  const found = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    const installed = found[path]
    return installed ? installed.version === version : optional === true
  })
}
