import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether there is a pgbouncer on this machine. */
export function hasPooler(): boolean {
  return spawnSync('pgbouncer', ['--version']).status === 0
}

/**
 * Starts pgbouncer in transaction mode before a database server, with few connections: sessions are handed from transaction to transaction.
 *
 * @param adminUrl superuser login of the server
 */
export async function startPooler(
  adminUrl: string,
): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
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
`,
  )
  // It does not run as root.
  const asOther = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const child = spawn('pgbouncer', ['-q', join(directory, 'pgbouncer.ini')], { stdio: 'ignore', ...asOther })
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
