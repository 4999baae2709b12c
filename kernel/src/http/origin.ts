import type { Actor } from '@plinth/sdk'
import type { Origin } from '../data/index.ts'
import { clientAddress } from './client-address.ts'
import type { HttpContext } from './environment.ts'
import type { HttpServices } from './services.ts'

const NOBODY: Actor = { kind: 'system', id: null, name: 'Plinth' }

/** In whose name a request comes, and from where. */
export function originOf(c: HttpContext, services: HttpServices): Origin {
  return { ...visitorOf(c, services), actor: c.get('identity').actor }
}

/** Where a request comes from that nobody has signed. */
export function visitorOf(c: HttpContext, { config }: HttpServices): Origin {
  return {
    actor: NOBODY,
    requestId: c.get('requestId'),
    address: clientAddress(c, config.proxies ?? 0),
    agent: c.req.header('user-agent') ?? null,
  }
}
