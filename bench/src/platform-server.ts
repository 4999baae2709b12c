import { setTimeout } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { bootPlatform, EMAIL, PASSWORD, populate, type Population } from './world.ts'

/** A platform in a process of its own, filled as told, that answers its address and a signed-in session. */
const adminUrl = process.env['BENCH_ADMIN_URL']!
const population = JSON.parse(process.env['BENCH_POPULATION']!) as Population
const platform = await bootPlatform(adminUrl)
await populate(platform, adminUrl, population)
serve({ fetch: platform.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  signIn(`http://127.0.0.1:${port}/t/bench/api/v1`).then(
    (ready) => process.send!(ready),
    () => process.exit(1),
  )
})
process.on('message', () => void tellMemory())
process.on('disconnect', () => process.exit())

async function tellMemory(): Promise<void> {
  // Pages go back to the system some collections after nothing is left on them.
  for (let count = 0; count < 8; count += 1) {
    gc!()
    await setTimeout(250)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send!({ resident: rss, used: heapUsed + external })
}

async function signIn(
  base: string,
): Promise<{ base: string; headers: { cookie: string; 'x-csrf-token': string } }> {
  const response = await fetch(`${base}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  })
  const cookie = response.headers.get('set-cookie')!.split(';')[0]!
  const { csrf } = (await response.json()) as { csrf: string }
  return { base: `${base}/ledger`, headers: { cookie, 'x-csrf-token': csrf } }
}
