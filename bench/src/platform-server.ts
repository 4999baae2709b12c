import { setTimeout } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { measureAccess } from './access-cost.ts'
import { signIn } from './sign-in.ts'
import { bootPlatform, EMAIL, populate, type Population } from './world.ts'

/** A platform in a process of its own, filled as told (or, where nothing is told, one more node of it), that answers its address and a signed-in session. */
const adminUrl = process.env['BENCH_ADMIN_URL']!
const population = process.env['BENCH_POPULATION']
const platform = await bootPlatform(adminUrl)
if (population !== undefined) await populate(platform, adminUrl, JSON.parse(population) as Population)
serve({ fetch: platform.app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  const base = `http://127.0.0.1:${port}/t/bench/api/v1`
  signIn(fetch, base, EMAIL).then(
    ({ headers }) => process.send!({ base: `${base}/ledger`, headers }),
    () => process.exit(1),
  )
})
process.on('message', (wish: 'memory' | 'access') => {
  const told = wish === 'memory' ? tellMemory() : tellAccess()
  told.catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
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

async function tellAccess(): Promise<void> {
  const { apiKeys, tenants } = platform.root.cradle
  const tenant = (await tenants.bySlug('bench'))!
  const origin = 'http://bench.localhost/api/v1'
  const { headers } = await signIn((url, init) => platform.app.request(url, init), origin, EMAIL)
  const permissions = ['bench.ledger.account0.read']
  const { key } = await apiKeys.create(tenant, 'Bench', permissions, null, { perMinute: 100_000 })
  const ways = { session: { cookie: headers.cookie }, 'API key': { authorization: `Bearer ${key}` } }
  process.send!(await measureAccess(platform, `${origin}/ledger/accounts-0`, permissions[0]!, ways))
}
