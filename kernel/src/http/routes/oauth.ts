import { Hono } from 'hono'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { clientOf } from '../oauth/client-of.ts'
import { issueToken } from '../oauth/issue-token.ts'
import { serverMetadata } from '../oauth/metadata.ts'
import { readForm } from '../oauth/read-form.ts'
import { answerOAuth, OAuthRefusal } from '../oauth/refusal.ts'
import { describe } from '../openapi/describe.ts'
import {
  introspectRoute,
  jwksRoute,
  metadataRoute,
  revokeRoute,
  tokenRoute,
} from '../openapi/oauth-descriptions.ts'
import { visitorOf } from '../origin.ts'
import type { HttpServices } from '../services.ts'

/** The authorisation server of a workspace, as programs see it. Browsers send nothing here by themselves: there is no cookie in it. */
export function oauthRoutes(services: HttpServices): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .get('/oauth/metadata', describe(metadataRoute), (c) => c.json(serverMetadata(c.get('tenant'), services)))
    .get('/oauth/jwks', describe(jwksRoute), (c) =>
      c.json({ keys: services.signingKeys.publicKeys(c.get('tenant').id) }),
    )
    .post('/oauth/token', describe(tokenRoute), (c) => answerOAuth(c, () => issueToken(c, services)))
    .post('/oauth/revoke', describe(revokeRoute), (c) => answerOAuth(c, () => revoke(c, services)))
    .post('/oauth/introspect', describe(introspectRoute), (c) =>
      answerOAuth(c, () => introspect(c, services)),
    )
}

/** RFC 7009: a token that is not the client's, or none at all, is no error. */
async function revoke(c: HttpContext, services: HttpServices): Promise<void> {
  const form = await readForm(c)
  const client = await clientOf(c, services, form)
  const token = tokenIn(form)
  const tenant = c.get('tenant')
  const actor = { kind: 'client', id: client.id, name: client.name } as const
  const origin = { ...visitorOf(c, services), actor }
  if (token.startsWith('plr_')) {
    await services.grants.giveBack(tenant.id, token, client.id, origin)
    return
  }
  const claims = await services.oauthTokens.describe(tenant, client, token)
  // What a member has agreed to ends as a whole: the program wants nothing more of it.
  if (claims?.grantId !== undefined) await services.grants.revoke(tenant.id, claims.grantId, origin)
  else if (claims) await services.oauthTokens.deny(tenant, claims, origin)
}

/** RFC 7662: a client asks about its own tokens. Of any other it learns that it is not good, and nothing else. */
async function introspect(c: HttpContext, services: HttpServices): Promise<object> {
  const form = await readForm(c)
  const client = await clientOf(c, services, form)
  if (client.secret_hash === null)
    throw new OAuthRefusal('invalid_client', 'Only a client with a secret may ask this.')
  const claims = await services.oauthTokens.describe(c.get('tenant'), client, tokenIn(form))
  if (!claims) return { active: false }
  return {
    active: true,
    token_type: 'Bearer',
    client_id: claims.clientId,
    sub: claims.subject,
    scope: claims.scopes.join(' '),
    iat: claims.issuedAt,
    exp: claims.expiresAt,
    jti: claims.id,
  }
}

function tokenIn(form: ReadonlyMap<string, string>): string {
  const token = form.get('token')
  if (token === undefined) throw new OAuthRefusal('invalid_request', 'token is missing.')
  return token
}
