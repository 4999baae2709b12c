import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeEmbeddedPostgres } from '@plinth/kernel'

export interface StartTimes {
  /** Milliseconds from `npm start` to the first answered request, database already there. */
  readonly platform: readonly number[]
  /** The same for an npm script that starts an empty HTTP server. */
  readonly baseline: readonly number[]
}

const ROOT = join(import.meta.dirname, '..', '..')
const EMPTY = `require('http').createServer((q, s) => s.end()).listen(process.env.PLINTH_PORT, '127.0.0.1')`

/** Starts the product and an empty server in turns, and waits for the first answer of each. */
export async function measureStart(rounds: number): Promise<StartTimes> {
  const directory = mkdtempSync(join(tmpdir(), 'plinth-bench-'))
  chmodSync(directory, 0o755)
  const platform: number[] = []
  const baseline: number[] = []
  const port = '47990'
  const env = { ...process.env, PLINTH_DIRECTORY: directory, PLINTH_PORT: port, PLINTH_LOG: 'error' }
  const product = (): Promise<number> => time(['start'], '/healthz/ready', env)
  try {
    await product()
    for (let round = 0; round < rounds; round += 1) {
      baseline.push(await time(['exec', '--', 'node', '-e', EMPTY], '/', env))
      platform.push(await product())
    }
    return { platform, baseline }
  } finally {
    await removeEmbeddedPostgres({ directory, log: { info: () => undefined } })
  }
}

async function time(npm: readonly string[], path: string, env: NodeJS.ProcessEnv): Promise<number> {
  const begin = performance.now()
  const child = spawn('npm', npm, { cwd: ROOT, env, stdio: 'ignore', detached: true })
  while (!(await answers(`http://127.0.0.1:${env['PLINTH_PORT']}${path}`))) {
    if (child.exitCode !== null) throw new Error(`npm ${npm[0]} ended with ${child.exitCode}`)
    await sleep(10)
  }
  const elapsed = performance.now() - begin
  await end(child)
  return elapsed
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined)
  return answer?.ok === true
}

/** Ends npm and what it started, as Ctrl-C in a terminal does. */
function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    process.kill(-child.pid!, 'SIGINT')
  })
}
