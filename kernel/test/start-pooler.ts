import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Some systems keep it where only their administrator looks. */
const PROGRAMS = ['pgbouncer', '/usr/sbin/pgbouncer'] as const

/** The pgbouncer of this machine. */
export interface PoolerProgram {
  readonly path: string
  readonly version: string
  /** Whether it hands prepared statements from session to session, as it does from 1.21 on. */
  readonly prepares: boolean
}

/** The pgbouncer of this machine; undefined when there is none. */
export function poolerProgram(): PoolerProgram | undefined {
  for (const path of PROGRAMS) {
    const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
    const found = status === 0 ? /(\d+)\.(\d+)\.\d+/.exec(stdout) : null
    if (!found) continue
    const [version, major, minor] = [found[0], Number(found[1]), Number(found[2])]
    return { path, version, prepares: major > 1 || minor >= 21 }
  }
  return undefined
}

/**
 * Starts pgbouncer in transaction mode before a database server, with few connections: sessions are handed from transaction to transaction.
 *
 * @param adminUrl superuser login of the server
 */
export async function startPooler(
  adminUrl: string,
): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  const program = poolerProgram()
  if (!program) throw new Error('pgbouncer is not installed')
  const { hostname, port: serverPort, username, password } = new URL(adminUrl)
  const directory = mkdtempSync(join(tmpdir(), 'plinth-pooler-'))
  chmodSync(directory, 0o755)
  const port = await freePort()
  writeFileSync(
    join(directory, 'users.txt'),
    `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`,
  )
  writeFileSync(
    join(directory, 'pgbouncer.ini'),
    `[databases]
* = host=${decodeURIComponent(hostname)} port=${serverPort || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
auth_type = scram-sha-256
auth_file = ${join(directory, 'users.txt')}
auth_user = ${decodeURIComponent(username)}
auth_query = SELECT usename, coalesce(passwd, '') FROM pg_shadow WHERE usename = $1
server_check_delay = 0
${program.prepares ? 'max_prepared_statements = 500\n' : ''}`,
  )
  // It does not run as root.
  const asOther = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const child = spawn(program.path, ['-q', join(directory, 'pgbouncer.ini')], { stdio: 'ignore', ...asOther })
  const ended = once(child, 'exit')
  await reachable(port, () => child.exitCode !== null)
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function reachable(port: number, isGone: () => boolean): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const answers = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (answers) return
    if (isGone()) throw new Error('pgbouncer ended at once')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
