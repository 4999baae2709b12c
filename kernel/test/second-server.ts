import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../src/postgres/index.ts'

const log = { info() {}, warn: (message: string) => console.warn(message) }

/** Starts another database server beside the one all tests share. */
export async function startSecondServer(): Promise<{
  readonly adminUrl: string
  readonly stop: () => Promise<void>
  readonly remove: () => Promise<void>
}> {
  const directory = mkdtempSync(join(tmpdir(), 'plinth-test-'))
  // Run as root, the server works as another user, who must be able to enter.
  chmodSync(directory, 0o755)
  const server = await startEmbeddedPostgres({ directory, log, durable: false })
  return {
    adminUrl: server.adminUrl,
    stop: () => server.stop(),
    async remove() {
      await server.stop()
      await removeEmbeddedPostgres({ directory, log })
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
