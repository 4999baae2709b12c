import { serve } from '@hono/node-server'
import { bootChild } from './boot-child.ts'

/** A platform in a process of its own that is killed when its first creation is committed, before the answer leaves. */
const [adminUrl, pluginsFolder] = process.argv.slice(2) as [string, string]
const { app } = await bootChild(adminUrl, pluginsFolder, 'silent')
const fetch = async (request: Request): Promise<Response> => {
  const answer = await app.fetch(request)
  if (answer.status === 201 && !request.url.endsWith('/session')) process.kill(process.pid, 'SIGKILL')
  return answer
}
serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.stdout.write(`${port}\n`))
