import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './plugins-here.ts'

/** How long anything may take before a test gives up. */
const PATIENCE_MS = 60_000

export interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The product as an operator runs it: `npm start` in a terminal of its own. */
export class PlinthProcess {
  /** Everything it has written so far. */
  output = ''
  readonly ended: Promise<End>
  readonly #child: ChildProcess
  readonly #directory: string | undefined

  /** @param environment settings; of this process's own it inherits nothing that would set the product up */
  constructor(environment: Readonly<Record<string, string>>) {
    this.#directory = environment['PLINTH_DIRECTORY']
    const inherited = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('PLINTH_') && name !== 'DATABASE_URL' && !name.startsWith('npm_'),
    )
    this.#child = spawn('npm', ['start'], {
      cwd: ROOT,
      env: { ...Object.fromEntries(inherited), ...environment },
      // A process group of its own, as a terminal gives one to what is typed into it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString()
      })
    this.ended = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => resolve({ code, signal })),
    )
  }

  /** Waits until it answers, and gives its address without trailing slash. @throws Error with its output when it ends instead */
  async opened(): Promise<string> {
    await this.says(/Plinth is open|Plinth listens/)
    return /(?:Plinth is open: |Plinth listens on )(http:\/\/[^/\s]+)/.exec(this.output)![1]!
  }

  /** Waits until its output fits. */
  async says(pattern: RegExp): Promise<void> {
    let isOver = false
    void this.ended.then(() => {
      isOver = true
    })
    for (const end = Date.now() + PATIENCE_MS; !pattern.test(this.output); await sleep(20)) {
      if (isOver || Date.now() > end) throw new Error(`It does not say ${pattern}, but:\n${this.output}`)
    }
  }

  /** Ctrl-C: the terminal sends the signal to everything that runs in it. */
  interrupt(): Promise<End> {
    process.kill(-this.#child.pid!, 'SIGINT')
    return this.ended
  }

  /** `kill -9` of the server, by the process id that its lock file names. */
  async killServer(): Promise<void> {
    process.kill(serverPid(this.#directory!), 'SIGKILL')
    await this.ended
  }

  /** Ends it in any case. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    await this.interrupt()
  }
}

function serverPid(directory: string): number {
  return (JSON.parse(readFileSync(join(directory, 'plinth.lock'), 'utf8')) as { pid: number }).pid
}

/** Process id of the embedded database server's main process. */
export function postmasterPid(directory: string): number {
  return Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n', 1)[0])
}

/** Whether a process is there that has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  // One that has ended keeps its number until its parent has asked how.
  return process.platform !== 'linux' || !/^\d+ \(.*\) [ZX] /.test(statusOf(pid))
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return `${pid} (gone) X `
  }
}
