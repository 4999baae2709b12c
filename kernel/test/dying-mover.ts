import { join } from 'node:path'
import { boot } from '../src/boot.ts'
import { Mover } from '../src/moving/index.ts'
import { TEST_SECRET } from './support/index.ts'

/** A worker in a process of its own that is killed as it is about to take a step of a move. */
const [adminUrl, pluginsFolder, last] = process.argv.slice(2) as [string, string, string]
const { root } = await boot({
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
    servers: new Map(),
    connections: 4,
    prepared: true,
    spares: { schema: 0, database: 0 },
    operatorToken: undefined,
    logLevel: 'fatal',
  },
})
new Mover(root.cradle, (step) => {
  if (step === last) process.kill(process.pid, 'SIGKILL')
}).start()
// A mover keeps no process alive.
setInterval(() => undefined, 1_000)
