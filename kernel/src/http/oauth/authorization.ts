import { isDeepStrictEqual } from 'node:util'
import type { AuthorizationAnswer } from '@plinth/sdk'
import { matchesPermission } from '../../access/index.ts'
import { Failure } from '../../errors.ts'
import { isChallenge, type ClientRow } from '../../identity/index.ts'
import { workspaceUrl } from '../../tenancy/index.ts'
import type { HttpContext } from '../environment.ts'
import { originOf } from '../origin.ts'
import { knownPermissions } from '../read-scopes.ts'
import { requireRecent } from '../require-recent.ts'
import { requireMember } from '../routes/session.ts'
import { scopeLabel } from '../scope-words.ts'
import type { HttpServices } from '../services.ts'
import { onlyOnce } from './read-form.ts'
import { isNamed } from './redirect-uri.ts'
import { OAuthRefusal } from './refusal.ts'
import { wantedScopes } from './wanted-scopes.ts'

const LONGEST = 8_000

/** What a program asks of a member, as far as it can be judged without them. */
interface Wish {
  readonly client: ClientRow
  readonly redirectUri: string
  readonly state: string | undefined
  readonly scopes: readonly string[]
  readonly challenge: string
}

/** What a member is asked; or where the browser goes at once, with what is wrong. */
export async function askMember(
  c: HttpContext,
  services: HttpServices,
  query: string,
): Promise<AuthorizationAnswer> {
  requireMember(c.get('identity'))
  const wish = await readWish(c, services, query)
  if ('redirectTo' in wish) return wish
  const { client, scopes, redirectUri } = wish
  const { view } = c.get('plugins')
  return {
    client: { id: client.id, name: client.name, madeBy: client.maker },
    scopes: scopes.map((id) => ({ id, label: scopeLabel(id, view) })),
    returnsTo: redirectUri,
  }
}

/** What a member has decided. */
export interface Decision {
  readonly allow: boolean
  /** What they were shown. What the program may have can have changed since. */
  readonly scopes: readonly string[]
}

/**
 * Where the browser goes with what the member has decided. What a program is let in for outlasts the session, so a session somebody left
 * open is not enough for that.
 *
 * @throws Failure `authorization_changed` when it is not what the member was shown | `confirmation_needed`
 */
export async function decide(
  c: HttpContext,
  services: HttpServices,
  query: string,
  { allow, scopes: shown }: Decision,
): Promise<{ readonly redirectTo: string }> {
  const { member } = requireMember(c.get('identity'))
  const wish = await readWish(c, services, query)
  if ('redirectTo' in wish) return wish
  if (!allow) return back(c, services, wish, { error: 'access_denied' })
  await requireRecent(c, services)
  const { client, scopes, redirectUri, challenge } = wish
  if (!isDeepStrictEqual(scopes, shown)) throw new Failure('authorization_changed')
  const code = await services.grants.agree(
    c.get('tenant').id,
    { clientId: client.id, memberId: member.id, scopes, redirectUri, challenge },
    originOf(c, services),
  )
  return back(c, services, wish, { code })
}

/**
 * Reads what a program asks. Whatever is wrong is told to the program, by way of the browser; but only where it has said before that it
 * is to be found: anything else would send members to whoever asks for it.
 *
 * @throws Failure `authorization_invalid`
 */
async function readWish(
  c: HttpContext,
  services: HttpServices,
  query: string,
): Promise<Wish | { readonly redirectTo: string }> {
  const asked = parameters(query)
  const client = await services.clients.get(c.get('tenant').id, asked.get('client_id') ?? '')
  if (!client || client.kind === 'service')
    throw new Failure('authorization_invalid', { detail: 'This program is not known here.' })
  const redirectUri = asked.get('redirect_uri')
  if (redirectUri === undefined || !isNamed(redirectUri, client))
    throw new Failure('authorization_invalid', {
      detail: 'The program wants you to be sent to an address it has not named before.',
    })
  const state = asked.get('state')
  const place = { redirectUri, state }
  const refuse = (error: string, description: string) =>
    back(c, services, place, { error, error_description: description })
  if (asked.has('request') || asked.has('request_uri'))
    return refuse('request_not_supported', 'Request objects are not known here.')
  if (asked.get('response_type') !== 'code')
    return refuse('unsupported_response_type', 'Codes alone are given here.')
  if ((asked.get('response_mode') ?? 'query') !== 'query')
    return refuse('invalid_request', 'Answers come in the query alone.')
  const challenge = asked.get('code_challenge') ?? ''
  if (asked.get('code_challenge_method') !== 'S256' || !isChallenge(challenge))
    return refuse('invalid_request', 'PKCE with S256 is needed.')
  try {
    const known = knownPermissions(c)
    // Nobody can say in words what a plugin that is off, or not there, would let it do: that is left out.
    const scopes = wantedScopes(asked.get('scope'), client).filter((scope) =>
      known.some((permission) => matchesPermission(scope, permission)),
    )
    if (scopes.length === 0) return refuse('invalid_scope', 'There is nothing of that here.')
    return { client, redirectUri, state, challenge, scopes }
  } catch (error) {
    if (error instanceof OAuthRefusal) return refuse(error.code, error.message)
    throw error
  }
}

function parameters(query: string): ReadonlyMap<string, string> {
  try {
    if (query.length <= LONGEST) return onlyOnce(new URLSearchParams(query))
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error
  }
  throw new Failure('authorization_invalid', { detail: 'The program has asked in a way nobody understands.' })
}

/** The program's address with the answer in it. It says who answers (RFC 9207), so that no other server can pass for this one. */
function back(
  c: HttpContext,
  { config }: HttpServices,
  { redirectUri, state }: Pick<Wish, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
): { readonly redirectTo: string } {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  if (state !== undefined) url.searchParams.set('state', state)
  url.searchParams.set('iss', workspaceUrl(config, c.get('tenant').slug))
  return { redirectTo: url.href }
}
