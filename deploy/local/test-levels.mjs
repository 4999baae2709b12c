/**
 * Runs everything that is about tenants' data once at each level of isolation: the same tests, with every workspace in the common tables, in a
 * schema, in a database, and on a server of its own, and through pgbouncer in transaction mode.
 *
 *   node deploy/local/test-levels.mjs                              all of it
 *   node deploy/local/test-levels.mjs schema database              these levels
 *   node deploy/local/test-levels.mjs pgbouncer                    the common tables, through pgbouncer
 *   node deploy/local/test-levels.mjs cluster -- --shard=1/4       a part of the tests
 *   node deploy/local/test-levels.mjs -- kernel/test/lists         other tests
 *
 * Properties are tried with fewer cases than usual (PLINTH_TEST_RUNS); how many there are has nothing to do with levels.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { notOfLevels } from './levels/not-of-levels.mjs'

const ENVIRONMENTS = {
  shared: { PLINTH_TEST_LEVEL: 'shared' },
  schema: { PLINTH_TEST_LEVEL: 'schema' },
  database: { PLINTH_TEST_LEVEL: 'database' },
  cluster: { PLINTH_TEST_LEVEL: 'cluster' },
  pgbouncer: { PLINTH_TEST_POOLER: 'pgbouncer' },
  'pgbouncer-prepared': { PLINTH_TEST_POOLER: 'pgbouncer', PLINTH_TEST_PREPARED: 'true' },
}
const LEVELS = Object.keys(ENVIRONMENTS)
const root = join(import.meta.dirname, '../..')
const vitest = join(root, 'node_modules/.bin/vitest')

const words = process.argv.slice(2)
const split = words.indexOf('--')
const levels = split === -1 ? words : words.slice(0, split)
const rest = split === -1 ? [] : words.slice(split + 1)
const options = rest.filter((word) => word.startsWith('-'))
const files = rest.filter((word) => !word.startsWith('-'))
const unknown = levels.filter((level) => !LEVELS.includes(level))
if (unknown.length > 0) {
  console.error(`test-levels: unknown level ${unknown.join(' ')} (known: ${LEVELS.join(' ')})`)
  process.exit(2)
}

/** Tests of the kernel and of plugins that use whatever level the run is at. */
function usual() {
  const folders = ['kernel/test', ...readdirSync(join(root, 'plugins')).map((id) => `plugins/${id}/test`)]
  const all = folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.integration.test.ts'))
      .map((name) => `${folder}/${name}`),
  )
  const gone = Object.keys(notOfLevels).filter((path) => !all.includes(path))
  if (gone.length > 0) throw new Error(`not-of-levels.mjs names what is not there: ${gone.join(' ')}`)
  return all.filter((path) => !(path in notOfLevels))
}

/** Why it cannot be run here, if so. */
function hindrance(level) {
  if (!level.startsWith('pgbouncer')) return undefined
  const found = ['pgbouncer', '/usr/sbin/pgbouncer']
    .map((path) => spawnSync(path, ['--version'], { encoding: 'utf8' }))
    .find(({ status }) => status === 0)
  if (!found) return 'pgbouncer is not installed'
  const [, major, minor] = /(\d+)\.(\d+)/.exec(found.stdout) ?? []
  if (level === 'pgbouncer' || Number(major) > 1 || Number(minor) >= 21) return undefined
  return `pgbouncer ${major}.${minor} does not know prepared statements (1.21 does)`
}

const lines = []
let isWhole = true
for (const level of levels.length > 0 ? levels : LEVELS) {
  const reason = hindrance(level)
  if (reason !== undefined) {
    lines.push(`${level}: NOT TRIED, ${reason}`)
    if (levels.length > 0) isWhole = false
    continue
  }
  console.log(`\n=== ${level} ===`)
  const begun = performance.now()
  const { status } = spawnSync(
    vitest,
    ['run', '--project', 'integration', ...options, ...(files.length > 0 ? files : usual())],
    { cwd: root, stdio: 'inherit', env: { PLINTH_TEST_RUNS: '300', ...process.env, ...ENVIRONMENTS[level] } },
  )
  if (status !== 0) isWhole = false
  lines.push(
    `${level}: ${status === 0 ? 'green' : 'FAILED'} (${Math.round((performance.now() - begun) / 1000)} s)`,
  )
}
console.log(`\n${lines.join('\n')}`)
process.exit(isWhole ? 0 : 1)
