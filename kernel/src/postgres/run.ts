import { spawn } from 'node:child_process'
import { parse } from 'node:path'
import type { ServerUser } from './server-user.ts'

export interface RunResult {
  /** Exit code; -1 when it could not be started or was ended by a signal. */
  readonly code: number
  /** What it printed, both streams. */
  readonly output: string
}

/**
 * Runs one program to its end, as another user of the operating system where one is given.
 * The environment is minimal on purpose: locale and PG* variables of the shell must not change what the server does.
 */
export function run(
  command: string,
  args: readonly string[],
  user: ServerUser | undefined,
): Promise<RunResult> {
  const windows = process.platform === 'win32'
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      // The current folder may be closed to the other user, and programs fail in a folder they cannot enter.
      cwd: parse(process.execPath).root,
      env: windows ? process.env : { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own: Ctrl-C in the terminal is for Plinth, which then stops the server in order.
      detached: !windows,
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    })
    let output = ''
    const collect = (chunk: Buffer) => (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ code: -1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? -1, output: output.trim() }))
  })
}
