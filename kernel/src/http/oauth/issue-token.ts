import { storeEntry, type Origin } from '../../data/index.ts'
import { ACCESS_SECONDS, clientIdentity, type ClientRow } from '../../identity/index.ts'
import type { HttpContext } from '../environment.ts'
import { visitorOf } from '../origin.ts'
import type { HttpServices } from '../services.ts'
import { clientOf } from './client-of.ts'
import { readForm } from './read-form.ts'
import { OAuthRefusal } from './refusal.ts'
import { withinScopes } from './within-scopes.ts'

/** The answer of the token endpoint (RFC 6749, 5.1). */
export interface TokenAnswer {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
}

/** Gives a client a token for what it brings. */
export async function issueToken(c: HttpContext, services: HttpServices): Promise<TokenAnswer> {
  const form = await readForm(c)
  const client = await clientOf(c, services, form)
  const kind = form.get('grant_type')
  if (kind === 'client_credentials') return ownToken(c, services, client, form.get('scope'))
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

/**
 * What a client asks for, within what it may have; everything when it says nothing.
 *
 * @throws OAuthRefusal `invalid_scope`
 */
export function wantedScopes(scope: string | undefined, { scopes }: Pick<ClientRow, 'scopes'>): string[] {
  const wanted = scope === undefined ? [...scopes] : [...new Set(scope.split(' ').filter(Boolean))]
  if (wanted.length === 0 || wanted.length > 200 || !withinScopes(wanted, scopes))
    throw new OAuthRefusal('invalid_scope', 'The client may not ask for this.')
  return wanted
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
