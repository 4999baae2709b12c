import type { Origin } from '../../data/index.ts'
import { ACCESS_SECONDS, type ClientRow, type Grant, type Renewed } from '../../identity/index.ts'
import type { HttpContext } from '../environment.ts'
import type { HttpServices } from '../services.ts'
import { tooOften } from './keep-rate.ts'
import { OAuthRefusal } from './refusal.ts'
import type { TokenAnswer } from './token-answer.ts'
import { wantedScopes } from './wanted-scopes.ts'

type Form = ReadonlyMap<string, string>

/** A token for a code a member has agreed to (RFC 6749, 4.1.3, with RFC 7636). */
export async function codeToken(
  c: HttpContext,
  services: HttpServices,
  client: ClientRow,
  form: Form,
  origin: Origin,
): Promise<TokenAnswer> {
  const [code, redirectUri, verifier] = [
    form.get('code'),
    form.get('redirect_uri'),
    form.get('code_verifier'),
  ]
  if (code === undefined || redirectUri === undefined || verifier === undefined)
    throw new OAuthRefusal('invalid_request', 'code, redirect_uri and code_verifier are needed.')
  const wish = { code, redirectUri, verifier, clientId: client.id }
  const grant = await services.grants.exchange(c.get('tenant').id, wish, origin)
  if (!grant) throw new OAuthRefusal('invalid_grant', 'The code is not good, or not good any more.')
  return answerFor(c, services, client, grant, grant.scopes)
}

/** A token for a refresh token, which is used up by that. */
export async function refreshedToken(
  c: HttpContext,
  services: HttpServices,
  client: ClientRow,
  form: Form,
  origin: Origin,
): Promise<TokenAnswer> {
  const token = form.get('refresh_token')
  if (token === undefined) throw new OAuthRefusal('invalid_request', 'refresh_token is missing.')
  const tenantId = c.get('tenant').id
  // Judged before the token is used up: who asks for too much has lost nothing and may ask for less.
  const scopesOf = (grant: Grant) => wantedScopes(form.get('scope') ?? grant.scopes.join(' '), grant)
  const judge = (grant: Grant, lately: number) => {
    if (lately > client.per_minute) throw tooOften(60)
    scopesOf(grant)
  }
  const wish = { token, clientId: client.id, judge }
  const grant = await services.grants.refresh(tenantId, wish, origin)
  if (!grant) throw new OAuthRefusal('invalid_grant', 'The refresh token is not good, or not good any more.')
  return answerFor(c, services, client, grant, scopesOf(grant))
}

async function answerFor(
  c: HttpContext,
  services: HttpServices,
  client: ClientRow,
  { id, memberId, refreshToken }: Renewed,
  scopes: readonly string[],
): Promise<TokenAnswer> {
  const wish = { clientId: client.id, subject: memberId, scopes, grantId: id }
  return {
    access_token: await services.accessTokens.issue(c.get('tenant'), wish),
    token_type: 'Bearer',
    expires_in: ACCESS_SECONDS,
    refresh_token: refreshToken,
    scope: scopes.join(' '),
  }
}
