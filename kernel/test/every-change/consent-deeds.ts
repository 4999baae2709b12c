import { consentQuery, letInAs, newVerifier } from '../consent.ts'
import { OAuthProgram } from '../oauth-client.ts'
import type { Deed, DeedWorld } from './deed-world.ts'

const CALLBACK = 'https://app.example/callback'
const MEMBERS = 'platform.kernel.member.read'
const DECISION = '/oauth/authorization/decision'

/** How members let programs in, and no longer. */
export function consentDeeds({ acme }: DeedWorld): Record<string, Deed> {
  const { admin } = acme
  const program = (): Promise<OAuthProgram> =>
    OAuthProgram.made(acme, admin, {
      kind: 'native',
      scopes: [MEMBERS],
      redirectUris: [CALLBACK],
    })
  return {
    [`POST ${DECISION}`]: async () => {
      const query = consentQuery(await program(), newVerifier(), { redirect_uri: CALLBACK })
      return () => admin.post(DECISION, { query, allow: true, scopes: [MEMBERS] })
    },
    'DELETE /oauth/grants/{client}': async () => {
      const pocket = await program()
      await letInAs(admin, pocket, { redirect_uri: CALLBACK })
      return () => admin.delete(`/oauth/grants/${pocket.id}`)
    },
  }
}
