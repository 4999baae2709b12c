import { join } from 'node:path'
import { ConfigError, loadConfig } from './config/index.ts'
import { KeyRingError, newRingKey, openKeyRing } from './crypto/index.ts'
import { Bus, CONTROL, KeyOperations, type Database } from './data/index.ts'
import { Failure } from './errors.ts'
import { reachDatabase, type Workspace } from './reach-database.ts'
import { renewalOf, tellOfKeys, type Renewal } from './sealing/index.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const HELP = `Keys of the encrypted fields, while the platform runs or not. With the same environment as the platform. By way of npm: npm run keys -- <command>

  keys new                                      print a new key-encryption key, for the first line of the key ring
  keys status [workspace]                       which keys there are, under which key-encryption key, and how far their renewal is
  keys rewrap                                   put all data keys under the current key-encryption key; records are not touched
  keys rotate <workspace>                       give a workspace a new data key; a running platform seals anew what there is
  keys destroy <workspace> --confirm <workspace>   destroy its keys: what they encrypt can never be read again
`

const [command = '', slug, flag, confirmation] = process.argv.slice(2)

try {
  process.exitCode = await run()
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof KeyRingError || error instanceof Failure
  process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`)
  process.exitCode = 1
}

async function run(): Promise<number> {
  if (command === 'new') {
    process.stdout.write(`${newRingKey(new Date())}\n`)
    return 0
  }
  const takesWorkspace = command === 'rotate' || command === 'destroy'
  const known = ['status', 'rewrap'].includes(command) || (takesWorkspace && slug !== undefined)
  if (!known || (command === 'destroy' && (flag !== '--confirm' || confirmation !== slug))) {
    process.stderr.write(HELP)
    return 2
  }
  const config = loadConfig(process.env, ROOT)
  const { database, servers, secret, workspaces } = await reachDatabase(config)
  const ring = openKeyRing(
    config.databaseUrl === undefined ? config : { ...config, directory: undefined },
    secret,
  )
  try {
    const bus = new Bus(servers.appUrl(CONTROL, true), database)
    const operations = new KeyOperations(database, ring, (tenantId) => tellOfKeys(bus, tenantId))
    const all = await workspaces()
    const wanted = slug === undefined ? all : all.filter((each) => each.slug === slug)
    if (wanted.length === 0 && slug !== undefined) {
      process.stderr.write(`There is no workspace "${slug}".\n`)
      return 1
    }
    return await carryOut(operations, database, wanted)
  } finally {
    await database.close()
  }
}

/** One workspace after the other; one that fails does not keep the others from their turn. */
async function carryOut(
  operations: KeyOperations,
  database: Database,
  wanted: readonly Workspace[],
): Promise<number> {
  let failed = 0
  for (const { id, slug: name } of wanted) {
    try {
      process.stdout.write(`${name}: ${await act(operations, database, id)}\n`)
    } catch (error) {
      failed += 1
      process.stderr.write(`${name}: ${(error as Error).message}\n`)
    }
  }
  return failed === 0 ? 0 : 1
}

async function act(operations: KeyOperations, database: Database, tenantId: string): Promise<string> {
  switch (command) {
    case 'rewrap':
      return `${await operations.rewrap(tenantId)} keys put under the current one`
    case 'rotate':
      return `data key ${await operations.rotate(tenantId)} is used from now on`
    case 'destroy':
      await operations.destroy(tenantId)
      return 'keys destroyed'
    default: {
      const { keys } = await operations.status(tenantId)
      const lines = keys.map(
        ({ purpose, number, state, kek, createdAt }) =>
          `\n  ${purpose} ${number} ${state}${kek === '' ? '' : ` under ${kek}`} since ${createdAt}`,
      )
      const renewal = await renewalOf(database, tenantId)
      return keys.length === 0 ? 'no keys yet' : `${keys.length} keys${lines.join('')}${progressOf(renewal)}`
    }
  }
}

function progressOf(renewal: Renewal | undefined): string {
  if (!renewal) return ''
  const { number, step, done, total, unreadable, error } = renewal
  const told =
    step === 'done'
      ? 'completed'
      : step === 'retire'
        ? `${done} rows sealed anew, older keys are kept while anything needs them`
        : `${done} of ${total ?? '?'} rows sealed anew`
  return `\n  renewal to data ${number}: ${told}${unreadable > 0 ? `, ${unreadable} not readable` : ''}${error === null ? '' : ` (${error})`}`
}
