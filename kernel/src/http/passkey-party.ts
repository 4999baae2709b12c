import { relyingParty, type RelyingParty } from '../identity/index.ts'
import { workspaceUrl } from '../tenancy/index.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

/** Whom the passkeys of the workspace are for. */
export function partyOf(c: HttpContext, { config }: HttpServices): RelyingParty {
  const { slug, name } = c.get('tenant')
  return relyingParty(workspaceUrl(config, slug), name, c.req.header('origin'))
}
