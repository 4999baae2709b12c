import { Failure } from '../../errors.ts'
import { ScimError } from '../../scim/index.ts'
import { answer } from '../answer.ts'
import { bearerToken } from '../bearer-token.ts'
import type { HttpContext } from '../environment.ts'
import { noteRefusal } from '../note-refusal.ts'
import { workspaceUrl } from '../../tenancy/index.ts'
import type { Provider } from '../../sign-on/index.ts'
import type { HttpServices } from '../services.ts'

export const SCIM_TYPE = 'application/scim+json'

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** Requests one token may make in a minute: Microsoft Entra ID makes up to 25 in a second. */
const PER_MINUTE = 1_800

/** What is answered: a resource, a list, or nothing. */
export interface ScimAnswer {
  readonly status?: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** Who asks: a provider with its token. */
export interface ScimAsker {
  readonly provider: Provider
  /** Address below which resources are. */
  readonly root: string
}

/** Answers a provider that comes with a good token; refusals in the words of SCIM, whoever refused. */
export async function answerScim(
  c: HttpContext,
  services: HttpServices,
  work: (asker: ScimAsker) => Promise<ScimAnswer>,
): Promise<Response> {
  try {
    const { status = 200, body, headers = {} } = await work(await whoAsks(c, services))
    return answer(c, status, body ? JSON.stringify(body) : null, {
      ...(body ? { 'content-type': SCIM_TYPE } : {}),
      ...headers,
    })
  } catch (error) {
    if (error instanceof Failure && error.status < 500)
      return refuse(c, new ScimError(error.status === 422 ? 400 : error.status, typeOf(error), error.message))
    if (!(error instanceof ScimError)) throw error
    return refuse(c, error)
  }
}

/** Whatever of these would say who may come in is refused alike: no token, a wrong one, one of another workspace, one that has run out. */
async function whoAsks(c: HttpContext, services: HttpServices): Promise<ScimAsker> {
  const tenant = c.get('tenant')
  const token = bearerToken(c.req.header('authorization'))
  const client = token === undefined ? undefined : await services.scimTokens.find(tenant.id, token)
  const provider =
    client && (await services.providers.list(tenant.id)).find(({ id }) => id === client.provider)
  if (!client || !provider?.enabled) {
    noteRefusal(c, services, new Failure('session_missing'))
    throw new ScimError(401, undefined, 'The token is missing, or opens nothing here.')
  }
  const room = await services.rates.take(tenant.id, client.tokenId, PER_MINUTE)
  services.usage.note(tenant.id, { kind: 'scim', id: client.tokenId })
  if (room.exceeded) {
    c.header('retry-after', String(room.reset))
    throw new ScimError(429, undefined, 'Too many requests.')
  }
  return { provider, root: scimRoot(services, tenant.slug) }
}

/** Address a provider is told, below which its resources are. */
export function scimRoot({ config }: Pick<HttpServices, 'config'>, slug: string): string {
  return `${workspaceUrl(config, slug)}/api/v1/scim/v2`
}

function refuse(c: HttpContext, { status, scimType, message }: ScimError): Response {
  const body = {
    schemas: [ERROR_SCHEMA],
    status: String(status),
    ...(scimType ? { scimType } : {}),
    detail: message,
  }
  const retryAfter = c.res.headers.get('retry-after')
  return answer(c, status, JSON.stringify(body), {
    'content-type': SCIM_TYPE,
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Plinth"' } : {}),
    ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
  })
}

function typeOf({ status }: Failure) {
  return status === 400 || status === 422 ? ('invalidSyntax' as const) : undefined
}
