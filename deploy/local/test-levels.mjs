/**
 * Runs the tests of the plugins, and those that say what keeps workspaces apart, once at each level of isolation: the same tests, with
 * every workspace in the common tables, in a schema, in a database, and on a server of its own.
 *
 *   node deploy/local/test-levels.mjs                          all levels, the usual tests
 *   node deploy/local/test-levels.mjs schema database          these levels
 *   node deploy/local/test-levels.mjs pgbouncer                the common tables, through pgbouncer in transaction mode
 *   node deploy/local/test-levels.mjs -- kernel/test/lists     other tests
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const LEVELS = ['shared', 'schema', 'database', 'cluster', 'pgbouncer']
const USUAL = ['plugins', 'kernel/test/isolation', 'kernel/test/records', 'kernel/test/trash']

const words = process.argv.slice(2)
const split = words.indexOf('--')
const levels = split === -1 ? words : words.slice(0, split)
const files = split === -1 ? [] : words.slice(split + 1)
const unknown = levels.filter((level) => !LEVELS.includes(level))
if (unknown.length > 0) {
  console.error(`test-levels: unknown level ${unknown.join(' ')} (known: ${LEVELS.join(' ')})`)
  process.exit(2)
}

const environmentOf = (level) =>
  level === 'pgbouncer' ? { PLINTH_TEST_POOLER: 'pgbouncer' } : { PLINTH_TEST_LEVEL: level }
const vitest = join(import.meta.dirname, '../../node_modules/.bin/vitest')
const hasPooler = spawnSync('pgbouncer', ['--version']).status === 0
const wanted = (levels.length > 0 ? levels : LEVELS).filter((level) => {
  if (level !== 'pgbouncer' || hasPooler) return true
  console.warn('pgbouncer is not installed: skipped.')
  return false
})
const failed = wanted.filter((level) => {
  console.log(`\n=== level ${level} ===`)
  const { status } = spawnSync(
    vitest,
    ['run', '--project', 'integration', ...(files.length > 0 ? files : USUAL)],
    { stdio: 'inherit', env: { ...process.env, ...environmentOf(level) } },
  )
  return status !== 0
})
console.log(failed.length === 0 ? '\nThe same at every level.' : `\nNot at level ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
