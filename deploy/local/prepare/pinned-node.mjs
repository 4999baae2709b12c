import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const NEEDED = [24, 12]

const folder = inRoot('node_modules/node')
const pinned = inRoot(`node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`)

/** The Node that came with the dependencies, else the one this runs on. */
export function nodeToRun() {
  return existsSync(pinned) ? pinned : process.execPath
}

/**
 * The `node` package fetches its program in an install script. Where those are switched off it is fetched here, unless
 * this machine's own Node is new enough.
 *
 * @throws when there is no Node that can run Plinth.
 */
export function ensureNode() {
  if (runs(pinned) || isNewEnough()) return
  if (existsSync(folder)) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: 'ignore' })
    if (runs(pinned)) return
  }
  throw new Error(
    `Plinth needs Node ${NEEDED.join('.')} or newer. This is ${process.version}, and the one among the dependencies could not be ` +
      'installed. Install a newer Node, or let npm run install scripts (npm config set ignore-scripts false).',
  )
}

function runs(program) {
  return existsSync(program) && spawnSync(program, ['--version']).status === 0
}

function isNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NEEDED
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}
