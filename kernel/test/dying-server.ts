import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { boot } from '../src/boot.ts'
import { TEST_SECRET } from './support/index.ts'

/** A platform in a process of its own that is killed when its first creation is committed, before the answer leaves. */
const [adminUrl, pluginsFolder] = process.argv.slice(2) as [string, string]
const { app } = await boot({
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
    logLevel: 'silent',
  },
})
const fetch = async (request: Request): Promise<Response> => {
  const answer = await app.fetch(request)
  if (answer.status === 201 && !request.url.endsWith('/session')) process.kill(process.pid, 'SIGKILL')
  return answer
}
serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.stdout.write(`${port}\n`))
