import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { AUDIT_KEY, Checkpoints, verifyChain, type ChainFault, type Verification } from './audit/index.ts'
import { ConfigError, loadConfig } from './config/index.ts'
import { Failure } from './errors.ts'
import { reachDatabase } from './reach-database.ts'

const ROOT = join(import.meta.dirname, '..', '..')

const HELP = `Audit logs, while the platform runs or not. With the same environment as the platform. By way of npm: npm run audit -- <command>

  audit verify [--tenant <workspace>]   recompute the chain of a workspace, or of all, and hold it against entries and checkpoints
  audit key                             print the public key that checkpoints are signed for

verify ends with 1 when anything is not as the platform wrote it, and names the first of it.
`

const SENTENCES: Readonly<Record<ChainFault['kind'], (fault: ChainFault) => string>> = {
  entryRewritten: ({ entry, block }) => `entry ${entry}${ofBlock(block)} is not as it was written`,
  entryRemoved: ({ entry, block }) => `entry ${entry}${ofBlock(block)} is gone`,
  entryInserted: ({ entry }) => `entry ${entry} is in no block and waits for none`,
  entryRepeated: ({ entry, block }) => `entry ${entry} stands in block ${block} and in one before it`,
  blockMissing: ({ block }) => `block ${block} is missing`,
  blockOutOfOrder: ({ block }) => `block ${block} does not follow the one before it`,
  blockRewritten: ({ block }) => `block ${block} is not as it was made`,
  tailRemoved: ({ block }) => `the chain ends before block ${block}, which a checkpoint has`,
  chainReplaced: ({ block }) => `block ${block} is another one than a checkpoint has`,
  checkpointForged: ({ block }) => `a checkpoint for block ${block} was not signed by this platform`,
}

try {
  process.exitCode = await run()
} catch (error) {
  const { code } = error as { code?: string }
  const expected =
    error instanceof ConfigError || error instanceof Failure || code?.startsWith('ERR_PARSE_ARGS')
  process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`)
  process.exitCode = 1
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tenant: { type: 'string' } },
  })
  const [command, ...rest] = positionals
  if (rest.length > 0 || (command !== 'verify' && command !== 'key')) {
    process.stderr.write(HELP)
    return 2
  }
  const config = loadConfig(process.env, ROOT)
  const { database, vault, workspaces } = await reachDatabase(config)
  try {
    const checkpoints = new Checkpoints(config.checkpointsFolder, vault)
    if (command === 'key') {
      process.stdout.write(checkpoints.publicKey)
      return 0
    }
    const all = await workspaces()
    const wanted = values.tenant === undefined ? all : all.filter(({ slug }) => slug === values.tenant)
    if (values.tenant !== undefined && wanted.length === 0) {
      process.stderr.write(`There is no workspace "${values.tenant}".\n`)
      return 1
    }
    let broken = 0
    for (const { id, slug } of wanted) {
      const verification = await verifyChain({ database, key: vault.key(AUDIT_KEY), checkpoints }, id)
      if (!verification.intact) broken += 1
      process.stdout.write(`${slug}: ${told(verification)}\n`)
    }
    return broken === 0 ? 0 : 1
  } finally {
    await database.close()
  }
}

function told({ intact, blocks, entries, adopted, waiting, checkpoint, head, faults }: Verification): string {
  const old = adopted > 0 ? `, ${adopted} of them as they stood when the chain began` : ''
  const extent = `${entries} entries in ${blocks} blocks${old}, ${waiting} waiting`
  if (!intact)
    return `BROKEN (${extent})${faults.map((fault) => `\n  ${SENTENCES[fault.kind](fault)}`).join('')}`
  const covered = checkpoint
    ? `checkpoint at block ${checkpoint.seq} of ${checkpoint.at}`
    : 'no checkpoint yet'
  return `intact (${extent}; ${covered})${head ? `\n  block ${head.seq} ${head.hash}` : ''}`
}

function ofBlock(block: number | null): string {
  return block === null ? '' : ` of block ${block}`
}
