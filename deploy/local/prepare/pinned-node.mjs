import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { inRoot } from './paths.mjs'

const NEEDED = [24, 12]

const folder = inRoot('node_modules/node')
const pinned = inRoot('node_modules/node/bin/node')

/** The Node that the commands of package.json run. */
export const nodeToRun = inRoot('node_modules/.bin/node')

/**
 * Makes `nodeToRun` a Node that can run Plinth. It comes as a package whose install script fetches the program; where
 * install scripts are switched off it is fetched here, unless this machine's own Node is new enough.
 *
 * @throws when there is no such Node.
 */
export function ensureNode() {
  if (runs(nodeToRun)) return
  if (!runs(pinned) && !isNewEnough() && existsSync(folder)) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: 'ignore' })
  }
  const program = [pinned, ...(isNewEnough() ? [process.execPath] : [])].find(runs)
  if (!program) {
    throw new Error(
      `Plinth needs Node ${NEEDED.join('.')} or newer. This is ${process.version}, and the one among the dependencies ` +
        'could not be installed. Install a newer Node, or let npm run install scripts (npm config set ignore-scripts false).',
    )
  }
  rmSync(nodeToRun, { force: true })
  symlinkSync(program, nodeToRun)
}

function runs(program) {
  return existsSync(program) && spawnSync(program, ['--version']).status === 0
}

function isNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NEEDED
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
}
