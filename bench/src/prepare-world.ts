import { fork, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '@plinth/kernel'

/** The two servers to compare, on the same database. */
export interface World {
  readonly platform: { readonly url: string; readonly headers: Record<string, string> }
  readonly baseline: { readonly url: string; readonly headers: Record<string, string> }
  stop(): Promise<void>
}

interface Ready {
  readonly url: string
  readonly headers: Record<string, string>
}

/** Starts a database, the platform with one tenant and 1,000 customers, and the hand-written handler; each server in its own process. */
export async function prepareWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'plinth-bench-'))
  // The database server may run as another user of this machine.
  chmodSync(directory, 0o755)
  const quiet = { info: () => undefined, warn: () => undefined }
  const postgres = await startEmbeddedPostgres({ directory, log: quiet, durable: false })
  const children: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(end))
    await postgres.stop()
    await removeEmbeddedPostgres({ directory, log: quiet })
  }
  try {
    const platform = await start('platform-server.ts', postgres.adminUrl, children)
    const baseline = await start('baseline-server.ts', postgres.adminUrl, children)
    return { platform, baseline, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function start(file: string, adminUrl: string, children: ChildProcess[]): Promise<Ready> {
  const child = fork(join(import.meta.dirname, file), { env: { ...process.env, BENCH_ADMIN_URL: adminUrl } })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}
