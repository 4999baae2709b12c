import { join } from 'node:path'
import { boot, type Platform } from '../src/boot.ts'
import { testServers } from './support/boot-for-test.ts'
import { TEST_SECRET } from './support/index.ts'

/**
 * Boots a node in a process of its own, on the database and with the plugins of the test that started the process.
 *
 * @param adminUrl address of that database
 */
export function bootChild(adminUrl: string, pluginsFolder: string, logLevel: string): Promise<Platform> {
  return boot({
    adminUrl,
    secret: TEST_SECRET,
    config: {
      databaseUrl: undefined,
      secret: TEST_SECRET,
      port: 0,
      host: '127.0.0.1',
      domain: 'localhost',
      roles: new Set(['web']),
      pluginsFolder,
      demo: false,
      directory: pluginsFolder,
      filesFolder: join(pluginsFolder, 'files'),
      checkpointsFolder: join(pluginsFolder, 'checkpoints'),
      servers: testServers(adminUrl),
      connections: 4,
      prepared: true,
      spares: { schema: 0, database: 0 },
      operatorToken: undefined,
      timeZone: 'UTC',
      logLevel,
    },
  })
}
