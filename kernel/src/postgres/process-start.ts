import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Tells a process from a later one that got the same id.
 *
 * @returns undefined when no such process runs; otherwise a text that stays the same for its whole life. Where the
 *   system tells no start time it is empty, so that a live id counts as the same process.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxStart(pid)
  if (!isAlive(pid)) return undefined
  if (process.platform === 'win32') return ''
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  return ps.stdout.trim()
}

/** A process of another user counts as alive as well. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function linuxStart(pid: number): string | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The second field is the command in brackets and may hold spaces and brackets itself: count from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A killed process whose parent has not collected it yet still has an entry.
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  const ticksSinceBoot = fields[19] ?? ''
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${ticksSinceBoot}`
}
