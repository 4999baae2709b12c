import type { SignInWay } from '@plinth/sdk'
import { workspaceUrl } from '../tenancy/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** What the sign-in page offers at the address the browser is at. */
export async function waysIn(
  c: HttpContext,
  { accountLinks, config }: HttpServices,
  hasProviders: boolean,
): Promise<SignInWay[]> {
  const tenant = c.get('tenant')
  const home = new URL(workspaceUrl(config, tenant.slug)).hostname
  const host = new URL(`http://${c.req.header('host') ?? new URL(c.req.url).host}`).hostname
  const [reset, link] = await Promise.all([
    accountLinks.isOffered(tenant.id, 'reset'),
    accountLinks.isOffered(tenant.id, 'signIn'),
  ])
  const offered = { password: true, reset, link, passkey: host === home, provider: hasProviders }
  return (Object.keys(offered) as SignInWay[]).filter((way) => offered[way])
}
