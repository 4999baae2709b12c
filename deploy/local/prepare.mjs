/**
 * Makes a fresh clone ready: dependencies, then the browser side. Runs before everything else, so it is plain JavaScript
 * for Node 20 and imports nothing that is not in this folder. When nothing is to do it takes a tenth of a second.
 *
 *   node deploy/local/prepare.mjs                  what `npm start` and `npm test` need
 *   node deploy/local/prepare.mjs --install-only   dependencies alone
 *   node deploy/local/prepare.mjs --build          dependencies, and the browser side even when it looks up to date
 *   node deploy/local/prepare.mjs --hooks          dependencies, and switch the pre-commit hook on
 */
import { buildBrowserSide } from './prepare/browser-side.mjs'
import { installDependencies } from './prepare/dependencies.mjs'
import { enableHooks } from './prepare/hooks.mjs'

const flags = new Set(process.argv.slice(2))
const known = ['--install-only', '--build', '--hooks']
const unknown = [...flags].filter((flag) => !known.includes(flag))
if (unknown.length > 0) {
  console.error(`prepare: unknown option ${unknown.join(' ')} (known: ${known.join(' ')})`)
  process.exit(2)
}

try {
  const installed = installDependencies()
  if (installed || flags.has('--hooks')) enableHooks()
  if (!flags.has('--install-only') && !flags.has('--hooks')) buildBrowserSide({ force: flags.has('--build') })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
