import { storeEntry } from '../../data/index.ts'
import type { ClientRow } from '../../identity/index.ts'
import type { HttpContext } from '../environment.ts'
import { visitorOf } from '../origin.ts'
import type { HttpServices } from '../services.ts'
import { OAuthRefusal } from './refusal.ts'

type Form = ReadonlyMap<string, string>

/**
 * The client a request to the authorisation server comes from: by HTTP Basic or by the form, never by both (RFC 6749, 2.3).
 *
 * @throws OAuthRefusal `invalid_client` | `invalid_request`
 */
export async function clientOf(c: HttpContext, services: HttpServices, form: Form): Promise<ClientRow> {
  const { id, secret } = credentials(c.req.header('authorization'), form)
  const tenantId = c.get('tenant').id
  const client = await services.clients.authenticate(tenantId, id, secret)
  if (client) return client
  await noteRefusal(c, services, id)
  throw new OAuthRefusal('invalid_client', 'There is no such client, or its secret is wrong.')
}

function credentials(header: string | undefined, form: Form): { id: string; secret: string | undefined } {
  const [id, secret] = [form.get('client_id'), form.get('client_secret')]
  if (header === undefined) {
    if (id === undefined) throw new OAuthRefusal('invalid_client', 'The client has not said who it is.')
    return { id, secret }
  }
  if (secret !== undefined)
    throw new OAuthRefusal('invalid_request', 'A client proves who it is in one way only.')
  const basic = /^basic ([A-Za-z0-9+/=]+)$/i.exec(header)?.[1]
  const [name, ...rest] = Buffer.from(basic ?? '', 'base64')
    .toString()
    .split(':')
  const known = { id: decoded(name ?? ''), secret: decoded(rest.join(':')) }
  if (id !== undefined && id !== known.id)
    throw new OAuthRefusal('invalid_request', 'The client says of itself to be two.')
  return known
}

/** Both are form-encoded before they are put together. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}

/** Once a minute at most for a client and an address, so that nobody fills the log. */
async function noteRefusal(c: HttpContext, services: HttpServices, id: string): Promise<void> {
  const tenantId = c.get('tenant').id
  const visitor = visitorOf(c, services)
  const known = await services.clients.get(tenantId, id)
  const what = `client refused ${known?.id ?? ''} ${visitor.address}`
  if ((await services.attempts.take(tenantId, what, { max: 1, seconds: 60 })) > 0) return
  await services.database.transaction({ tenantId }, async (transaction) => {
    const subjectId = known?.id ?? 'unknown'
    await transaction.run(
      storeEntry(tenantId, visitor, {
        action: 'client.refused',
        subjectType: 'platform.client',
        subjectId,
        after: { address: visitor.address },
      }),
    )
  })
}
