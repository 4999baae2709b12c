import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { recordedPid, stopServer, type Cluster } from './cluster.ts'
import { isAlive } from './process-start.ts'

const PATIENCE_MS = 5000

/**
 * Ends what an earlier Plinth left behind on this data folder: a server whose Plinth was killed, or the processes of a
 * server that was itself killed. The caller holds the instance lock, so nobody alive is using them.
 *
 * @returns what was found, for the log.
 */
export async function clearLeftovers(cluster: Cluster): Promise<'nothing' | 'orphan' | 'crashed'> {
  const postmaster = recordedPid(cluster)
  if (postmaster === undefined) return 'nothing'
  const orphan = serverProcesses(cluster, postmaster).includes(postmaster)
  if (orphan) await stopServer(cluster)
  // Without their postmaster the other processes end by themselves as soon as they look up from their work.
  const deadline = Date.now() + PATIENCE_MS
  while (serverProcesses(cluster, postmaster).length > 0 && Date.now() < deadline) await sleep(20)
  for (const pid of serverProcesses(cluster, postmaster)) process.kill(pid, 'SIGKILL')
  // The id may belong to a process of something else by now, which PostgreSQL would take for its own.
  if (isAlive(postmaster) && serverProcesses(cluster, postmaster).length === 0)
    rmSync(join(cluster.data, 'postmaster.pid'), { force: true })
  return orphan ? 'orphan' : 'crashed'
}

/**
 * Live processes of this server: the postmaster by its data folder, the others by the cluster's name in their title.
 * Where the system has no /proc, only the recorded postmaster can be seen, and its id is trusted.
 */
function serverProcesses({ name, data }: Cluster, postmaster: number): number[] {
  if (process.platform !== 'linux') return isAlive(postmaster) ? [postmaster] : []
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      const title = commandLine(pid)
      const words = title.split('\0')
      return (
        title.startsWith(`postgres: ${name}: `) ||
        (words[1] === '-D' && words[2] === data && words[0]?.endsWith('postgres'))
      )
    })
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
