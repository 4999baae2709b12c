import { storeEntry, type Origin } from '../../data/index.ts'
import { ACCESS_SECONDS, clientIdentity, type ClientRow } from '../../identity/index.ts'
import type { HttpContext } from '../environment.ts'
import { visitorOf } from '../origin.ts'
import type { HttpServices } from '../services.ts'
import { clientOf } from './client-of.ts'
import { keepRate } from './keep-rate.ts'
import { codeToken, refreshedToken } from './member-token.ts'
import { readForm } from './read-form.ts'
import { OAuthRefusal } from './refusal.ts'
import type { TokenAnswer } from './token-answer.ts'
import { wantedScopes } from './wanted-scopes.ts'

/** Gives a client a token for what it brings. */
export async function issueToken(c: HttpContext, services: HttpServices): Promise<TokenAnswer> {
  const form = await readForm(c)
  const client = await clientOf(c, services, form)
  const kind = form.get('grant_type')
  if (kind === 'client_credentials') return ownToken(c, services, client, form.get('scope'))
  const actor = { kind: 'client', id: client.id, name: client.name } as const
  const origin = { ...visitorOf(c, services), actor }
  if (kind === 'authorization_code') return codeToken(c, services, client, form, origin)
  if (kind === 'refresh_token') return refreshedToken(c, services, client, form, origin)
  throw kind === undefined
    ? new OAuthRefusal('invalid_request', 'grant_type is missing.')
    : new OAuthRefusal('unsupported_grant_type', 'This kind of grant is not known here.')
}

/** A token in the client's own name. */
async function ownToken(
  c: HttpContext,
  services: HttpServices,
  client: ClientRow,
  scope: string | undefined,
): Promise<TokenAnswer> {
  const tenant = c.get('tenant')
  if (!clientIdentity(tenant.id, client))
    throw new OAuthRefusal('unauthorized_client', 'This client gets no tokens in its own name.')
  const scopes = wantedScopes(scope, client)
  await keepRate(services, tenant.id, client)
  const token = await services.accessTokens.issue(tenant, {
    clientId: client.id,
    subject: client.id,
    scopes,
    grantId: undefined,
  })
  const actor = { kind: 'client', id: client.id, name: client.name } as const
  await noteIssued(c, services, { ...visitorOf(c, services), actor }, client)
  return { access_token: token, token_type: 'Bearer', expires_in: ACCESS_SECONDS, scope: scopes.join(' ') }
}

async function noteIssued(
  c: HttpContext,
  { database }: HttpServices,
  origin: Origin,
  { id }: ClientRow,
): Promise<void> {
  const tenantId = c.get('tenant').id
  await database.transaction({ tenantId }, async (transaction) => {
    await transaction.run(
      storeEntry(tenantId, origin, {
        action: 'token.issued',
        subjectType: 'platform.client',
        subjectId: id,
      }),
    )
  })
}
